"""Asks, what lifts a refusal by hand, and each client's standing."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from warmhand.apps.island.order import require
from warmhand.apps.island.scoped import Link, Record, Scoped
from warmhand.wording import choices

OWN_WORDS = "own"
"""The variant of an ask that was made in the person's own words."""

REWARD_STANDS = "A reward goes with this ask; with that it can't be of another kind."


class Ask(Record):
    """One ask, with the facts, policy and decision it rested on; one or two chances (P16)."""

    class Kind(models.TextChoices):
        CLIENT = choices.Kind.CLIENT.value, "Client to client"
        COWORKER = choices.Kind.COWORKER.value, "Client to co-worker"
        MORE = choices.Kind.MORE.value, "More business"

    class Moment(models.TextChoices):
        CASE = choices.Moment.CASE.value, "After a case was solved"
        REVIEW = choices.Moment.REVIEW.value, "In or after a review"
        OTHER = choices.Moment.OTHER.value, "Another moment"

    class Channel(models.TextChoices):
        SPOKEN = choices.Channel.SPOKEN.value, "Spoken"
        EMAIL = choices.Channel.EMAIL.value, "E-mail"
        CHAT = choices.Channel.CHAT.value, "Chat"

    class Formality(models.TextChoices):
        RELAXED = choices.Formality.RELAXED.value, "Relaxed"
        NEUTRAL = choices.Formality.NEUTRAL.value, "Neutral"
        FORMAL = choices.Formality.FORMAL.value, "Formal"

    class Outcome(models.TextChoices):
        NAME = "name", "Gave a name"
        WILL_INTRODUCE = "will_introduce", "Will introduce"
        PASSED_ON = "passed_on", "Passed on an offer"
        LATER = "later", "Later"
        NO = "no", "No"
        NOT_ASKED = "not_asked", "Not asked after all"

    client = Link("people.Client", related_name="asks")
    company = Link("people.Company", null=True, blank=True, related_name="asks")
    member = Link("accounts.Member", null=True, related_name="asks")
    case = Link("work.Case", null=True, blank=True, related_name="asks")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CLIENT)
    moment = models.CharField(max_length=6, choices=Moment, default=Moment.OTHER)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.SPOKEN)
    # Empty where nobody noted it.
    formality = models.CharField(max_length=7, choices=Formality, blank=True)
    # The key of the composed wording that was used, or OWN_WORDS.
    variant = models.CharField("wording", max_length=60, blank=True)
    words = models.TextField(blank=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    later_on = models.DateField(null=True, blank=True)
    # When we ask how a promised introduction stands; empty once that is known.
    follow_up_on = models.DateField(null=True, blank=True)
    # What they took to pass on, where they did (the pass itself is in `offers`).
    offer = Link("offers.Offer", null=True, blank=True, related_name="+")
    outcome_words = models.TextField(blank=True)
    # The three things that asking itself brings, also when no name was given (P21).
    resolved_confirmed = models.BooleanField(null=True, blank=True)
    trust_confirmed = models.BooleanField(null=True, blank=True)
    help_offered = models.BooleanField(null=True, blank=True)
    # What it rested on.
    facts = models.JSONField(default=dict, editable=False)
    decision = models.JSONField(default=dict, editable=False)
    policy_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=("workspace", "client"), name="ask_of_client"),
            models.Index(fields=("workspace", "company"), name="ask_of_company"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "client"),
                name="one_open_ask_per_client",
                condition=Q(outcome="", removed_at__isnull=True),
            ),
            # What rewards and referrals refer to, so that neither can be of another kind (P20).
            models.UniqueConstraint(fields=("workspace", "id", "kind"), name="ask_with_its_kind"),
        )

    @property
    def title(self) -> str:
        """What the ask was for, in words."""
        return Ask.Kind(self.kind).label

    @property
    def wording_title(self) -> str:
        """How it was worded, in words."""
        return variant_title(self.variant)

    def clean(self) -> None:
        """A rewarded ask stays client to client (P20); the database holds it as well."""
        rewarded = self.kind != self.Kind.CLIENT and self.pk and self._holds_a_reward()
        require(not rewarded, "kind", REWARD_STANDS)

    def _holds_a_reward(self) -> bool:
        rewards: Any = Ask._meta.get_field("rewards").related_model  # kept by `gratitude`, above
        return bool(rewards.held(ask_id=self.pk).exists())


def variant_title(variant: str) -> str:
    """A wording's key in words: "Client to client, after a case was solved, e-mail, formal".

    `variant` is what an ask holds: the key of a composed wording, OWN_WORDS, or nothing. A key of
    another making, such as one that came over HTTP, is told as it is.
    """
    if not variant or variant == OWN_WORDS:
        return "In their own words" if variant else "Not noted"
    key = variant.removesuffix(".named")
    choices_of = (Ask.Kind, Ask.Moment, Ask.Channel, Ask.Formality)
    try:
        pairs = zip(choices_of, key.split("."), strict=True)
        said = [str(choice(part).label) for choice, part in pairs]
    except ValueError:
        return variant
    said += ["with a name"] if key != variant else []
    return ", ".join([said[0], *(each[0].lower() + each[1:] for each in said[1:])])


class CoworkerPlan(Record):
    """How an introduction inside the client's company is prepared: with more hand-holding (P19).

    No reward goes with it (P20).
    """

    class Meeting(models.TextChoices):
        LUNCH = "lunch", "A joint lunch"
        CALL = "call", "A joint call"

    client = Link("people.Client", related_name="coworker_plans")
    ask = Link(Ask, related_name="coworker_plans")
    # Who speaks for us inside; empty: the client themself.
    champion = models.CharField(max_length=200, blank=True)
    department = models.CharField("department to reach", max_length=200, blank=True)
    meeting = models.CharField(max_length=5, choices=Meeting, default=Meeting.LUNCH)
    meeting_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("workspace", "client"), name="plan_of_client"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "ask"),
                name="one_plan_per_ask",
                condition=Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"Introduction inside {self.client.company or 'their company'}"

    @property
    def champion_name(self) -> str:
        """Who speaks for us inside: somebody named, or the client."""
        return self.champion or self.client.title


class CoworkerTask(Record):
    """One thing to do so that an introduction inside goes well."""

    client = Link("people.Client", related_name="coworker_tasks")
    plan = Link(CoworkerPlan, related_name="tasks")
    step = models.CharField(max_length=12, blank=True)
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        indexes = (
            models.Index(fields=("workspace", "plan"), name="task_of_plan"),
            # Today: which steps are due.
            models.Index(
                fields=("workspace", "due_on"),
                name="task_still_due",
                condition=Q(done_on__isnull=True, removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.what


class Override(Record):
    """Somebody lifts one of our own objections for a time, and says why."""

    client = Link("people.Client", related_name="overrides")
    code = models.CharField(max_length=40)
    until = models.DateField()
    reason = models.TextField()
    member = Link("accounts.Member", null=True, related_name="+")

    class Meta:
        ordering = ("-until", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="override_of_client"),)


class Standing(Scoped):
    """What the rulebook says of one client, kept so that lists need no deciding.

    Re-decided when a fact changes (before that commit) or when its day comes (`review_on`).
    """

    client = Link("people.Client", related_name="standings")
    move = models.CharField(max_length=20)
    weight = models.BigIntegerField(default=0)
    may_ask = models.BooleanField(default=False)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    facts = models.JSONField(default=dict)
    policy_number = models.PositiveIntegerField(default=0)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    review_on = models.DateField(null=True)

    class Meta:
        indexes = (
            # Today: the moves of a workspace, by move, best first.
            models.Index(fields=("workspace", "move", "-weight"), name="standing_by_move"),
            # The nightly job: whose day has come.
            models.Index(fields=("workspace", "review_on"), name="standing_by_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=("workspace", "client"), name="one_standing_each"),
        )
