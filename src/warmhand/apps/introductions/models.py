"""An introduction, whom it may go to, and how good a referral given is (P32, P33)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from warmhand.apps.island.scoped import Link, Record
from warmhand.matching.quality import Quality, parts_of_words, quality_of

KEPT_UNUSED = dt.timedelta(days=30)
"""For so long a third person's data stay where nothing came of it (GDPR Art. 14: a month)."""


class Introduction(Record):
    """Our wish to put a client, or somebody a client knows, in touch with a provider.

    Personal data: the words about the need, and after a yes the details the person lets us pass on.
    What a third person gave is forgotten where it isn't used; the row stays, without a name.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Client not asked yet"
        ASKED = "asked", "Client has the link"
        SEEKING = "seeking", "Asking providers"
        CONNECTED = "connected", "Connected"
        CARD = "card", "They call themselves"
        DECLINED = "declined", "Client said no"
        WITHDRAWN = "withdrawn", "Consent taken back"
        STOPPED = "stopped", "Stopped"

    class Via(models.TextChoices):
        SPOKEN = "spoken", "Said to a colleague"
        LINK = "link", "On their own page"

    OPEN: ClassVar[tuple[str, ...]] = (State.DRAFT, State.ASKED, State.SEEKING)
    UNANSWERED: ClassVar[tuple[str, ...]] = (State.DRAFT, State.ASKED, State.DECLINED)
    """Before a yes; a no may be thought over on the same page."""
    MAY_GROW: ClassVar[tuple[str, ...]] = (*OPEN, State.STOPPED)
    """Its list takes one more provider."""

    client = Link("people.Client", related_name="introductions")
    need = Link("giving.Need", null=True, blank=True, related_name="introductions")
    member = Link("accounts.Member", null=True, blank=True, related_name="introductions")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    need_words = models.TextField("the need, as the provider will read it")
    context = models.TextField("what else helps them to help", blank=True)
    why_confident = models.TextField("why one can be confident", blank=True)
    expects_call = models.BooleanField("the provider calls and sets it up", default=True)
    tells = models.JSONField("facts the provider may be told", default=list, blank=True)
    """Codes of `facts.FACTS`: first what we propose, after the yes what the person allowed."""
    phone = models.CharField("phone number to pass on", max_length=40, blank=True)
    email = models.EmailField("e-mail address to pass on", blank=True)
    wants_mail = models.BooleanField("they want a mail when it is arranged", default=False)

    consent_at = models.DateTimeField(null=True, blank=True)
    consent_via = models.CharField(max_length=6, choices=Via, blank=True)
    consent_words = models.TextField("what they said", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was connected, declined, taken back or stopped."""
    ended_why = models.CharField(max_length=300, blank=True)
    mails_on = models.BooleanField("we mail the brief to those who hear from us", default=True)
    origin = models.CharField(max_length=200, blank=True, editable=False)
    """Under which address our pages are reached, such as `https://warmhand.example`."""
    given = Link("giving.ReferralGiven", null=True, blank=True, related_name="+", editable=False)

    relation = models.CharField("who it is to the client", max_length=80, blank=True)
    """Set where it isn't the client themself but somebody they know, such as 'my sister'."""
    person_name = models.CharField(max_length=200, blank=True)
    """Their name, from themselves; empty until they act."""
    notice_at = models.DateTimeField("shown the privacy notice", null=True, blank=True)
    notice_version = models.CharField(max_length=60, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("workspace", "client"), name="introduction_of_client"),
            models.Index(fields=("workspace", "state"), name="introduction_by_state"),
        )

    def __str__(self) -> str:
        return self.need_words

    @property
    def for_other(self) -> bool:
        """Whether it is about somebody the client knows, who isn't ours."""
        return bool(self.relation)

    @property
    def parts(self) -> set[str]:
        """The parts of a good referral that it has by now (P32)."""
        found = parts_of_words(
            why_confident=self.why_confident, need_words=self.need_words, context=self.context
        )
        if self.state == self.State.CARD:
            return found | {"direct_contact"}
        if self.consent_at is not None:
            found |= {"consent"} | ({"direct_contact"} if self.phone or self.email else set())
            found |= {"expected_call"} if self.expects_call else set()
        if self.state == self.State.CONNECTED:
            found.add("connected")
        return found

    @property
    def quality(self) -> Quality:
        """How good its referral is by now."""
        return quality_of(self.parts)

    @property
    def forget_on(self) -> dt.datetime:
        """When a third person's data go where nothing came of it."""
        return (self.notice_at or self.created_at) + KEPT_UNUSED


class Candidate(Record):
    """A provider in the order of an introduction: at most one of them is being asked at a time."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for their turn"
        TURN = "turn", "Their turn: hand them the brief"
        ASKED = "asked", "Has the brief"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        SILENT = "silent", "Didn't answer"
        SKIPPED = "skipped", "Passed over"
        WITHDRAWN = "withdrawn", "Taken back"

    CURRENT: ClassVar[tuple[str, ...]] = (State.TURN, State.ASKED, State.ACCEPTED)
    """Whom it is about now: at most one of an introduction."""

    introduction = Link(Introduction, related_name="candidates")
    provider = Link("directory.Provider", related_name="introduced_to")
    place = models.PositiveSmallIntegerField("place in the order")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField("their reason, or ours", blank=True)
    tell_since = models.DateTimeField("to be told of the withdrawal since", null=True, blank=True)
    """They held something of the person when the consent was taken back."""
    told_at = models.DateTimeField("told of the withdrawal", null=True, blank=True)
    told_via = models.CharField(max_length=10, blank=True)
    """mail, member or page: how they learned of it."""

    class Meta:
        ordering = ("introduction", "place", "id")
        indexes = (
            models.Index(fields=("workspace", "introduction"), name="candidate_of_introduction"),
            models.Index(fields=("workspace", "provider"), name="candidate_by_provider"),
            models.Index(  # the clock looks for these, every few minutes
                fields=("workspace", "answer_by"),
                name="candidate_being_asked",
                condition=Q(state="asked"),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "introduction"),
                name="one_provider_at_a_time",
                condition=Q(state__in=("turn", "asked", "accepted"), removed_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=("workspace", "introduction", "provider"),
                name="one_place_per_provider",
                condition=Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.provider)

    @property
    def must_be_told(self) -> bool:
        """Whether they still have to learn that the consent was taken back."""
        return self.tell_since is not None and self.told_at is None


class GivenQuality(Record):
    """What a referral had when it was given, of the parts that make one good (P32).

    Kept as it was, since a need's words and an introduction change afterwards; the score is always
    reckoned from it (`matching.quality.quality_of`).
    """

    given = Link("giving.ReferralGiven", related_name="qualities")
    parts = models.JSONField(default=list, blank=True)
    """Codes of `matching.quality.PARTS` that it had."""

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "qualities of referrals given"
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "given"),
                name="one_quality_per_referral",
                condition=Q(removed_at__isnull=True),
            ),
        )
