"""Alliances between organisations, enquiries passed on, exchanges recorded (P36-P38)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record
from warmhand.apps.people.categories import require_category
from warmhand.apps.policies.packs import SECTORS, UNKNOWN, Mode

SECTOR_CHOICES = tuple(SECTORS.items())
MODE_CHOICES = tuple((mode.value, mode.label) for mode in Mode)


class OurTrade(Record):
    """What our own organisation does, and where: one side of every alliance's legal mode."""

    sector = models.CharField("our trade", max_length=24, choices=SECTOR_CHOICES, default=UNKNOWN)
    place = models.CharField("our place, such as DE or US-NY", max_length=6, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace",), name="one_own_trade", condition=Q(removed_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return "our trade"


class Alliance(Record):
    """Two organisations that have agreed to send each other people, with terms (P36, P38).

    The other side is a provider of the directory, a company whose people are our clients, a client,
    or several of these: what we gave them, and they us, is found by all of them.
    """

    name = models.CharField("the ally", max_length=200)
    provider = Link("directory.Provider", null=True, blank=True, related_name="alliances")
    company = Link("people.Company", null=True, blank=True, related_name="alliances")
    client = Link("people.Client", null=True, blank=True, related_name="alliances")
    keeper = Link("accounts.Member", null=True, blank=True, related_name="alliances")
    terms = models.TextField("what was agreed", blank=True)
    categories = models.JSONField("categories (codes)", default=list, blank=True)
    """Codes of the scheme (NAICS 2022) in which we send them people."""
    exclusive = models.BooleanField("we send nobody else in these categories", default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    warn_days = models.PositiveSmallIntegerField(
        "days of warning before the end", default=60, validators=(MaxValueValidator(730),)
    )
    sector = models.CharField("their trade", max_length=24, choices=SECTOR_CHOICES, default=UNKNOWN)
    place = models.CharField("their place, such as DE or US-NY", max_length=6, blank=True)
    at_most = models.CharField(
        "keep at most", max_length=7, choices=MODE_CHOICES, default=Mode.COUNT.value
    )
    """Stricter than the law asks for, where somebody wants it so; never looser."""
    spoke_on = models.DateField("last spoke about the exchange on", null=True, blank=True)
    document = models.CharField(max_length=60, blank=True, editable=False)
    """The name under which the signed paper is kept in the data folder; empty: none."""
    document_name = models.CharField(max_length=200, blank=True, editable=False)
    signed_on = models.DateField("signed on", null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("workspace", "name"), name="alliance_by_name"),
            # Which alliance a client or a company belongs to: asked with every referral.
            models.Index(fields=("workspace", "company"), name="alliance_of_company"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """With somebody; from a day on until a later one."""
        somebody = self.provider_id or self.company_id or self.client_id
        require(somebody, "provider", "Name the ally: a provider, a company or a client of yours.")
        check_order(self, ("starts_on", "ends_on", "It ends before it starts."))


class Enquiry(Record):
    """Somebody asked us for what we don't offer (P36).

    Of somebody new only a name is kept, and nothing by which they could be reached.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", "No answer yet"
        TAKEN = "taken", "Taken"
        DECLINED = "declined", "Declined"
        WRONG_FIT = "wrong_fit", "Not what they do"

    client = Link("people.Client", null=True, blank=True, related_name="enquiries")
    asker = models.CharField("who asked", max_length=200, blank=True)
    words = models.TextField("what they asked for, in their words")
    category = models.CharField("category code", max_length=12, blank=True)
    noted_on = models.DateField()
    member = Link("accounts.Member", null=True, blank=True, related_name="+")
    need = Link("giving.Need", null=True, blank=True, related_name="enquiries")
    provider = Link("directory.Provider", null=True, blank=True, related_name="enquiries")
    alliance = Link(Alliance, null=True, blank=True, related_name="enquiries")
    given = Link("giving.ReferralGiven", null=True, blank=True, related_name="enquiries")
    routed_on = models.DateField(null=True, blank=True)
    reason = models.TextField("why to them", blank=True)
    client_informed = models.BooleanField("told that they may go to anybody", default=False)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField("closed without sending on", null=True, blank=True)

    class Meta:
        ordering = ("-noted_on", "-id")
        verbose_name_plural = "enquiries"
        indexes = (
            models.Index(fields=("workspace", "noted_on"), name="enquiry_by_day"),
            models.Index(fields=("workspace", "provider"), name="enquiry_to_provider"),
        )

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Of a category that there is; noted, then sent on, then answered."""
        require_category(self.category)
        check_order(
            self,
            ("noted_on", "routed_on", "Sent on before it was noted."),
            ("routed_on", "answered_on", "Answered before it was sent on."),
            ("noted_on", "closed_on", "Closed before it was noted."),
        )

    @property
    def who(self) -> str:
        """What the one who asked is called."""
        if self.client is not None:
            return str(self.client.title)
        return self.asker or "Somebody new"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to be found for it."""
        return self.routed_on is None and self.closed_on is None


class Network(Record):
    """Who gave what to whom among third parties, as brought in from a file."""

    name = models.CharField(max_length=120)
    unit = models.CharField("unit of its values", max_length=8, default="points")
    sector = models.CharField("their trade", max_length=24, choices=SECTOR_CHOICES, default=UNKNOWN)
    place = models.CharField("their place", max_length=6, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    ends_on = models.DateField("last day on record", null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "name"),
                name="network_name_once",
                condition=Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Party(Record):
    """A member of a network of third parties; known by what the file calls them."""

    network = Link(Network, related_name="parties")
    ref = models.CharField(max_length=120)

    class Meta:
        ordering = ("ref", "id")
        verbose_name_plural = "parties"
        constraints = (
            models.UniqueConstraint(fields=("workspace", "network", "ref"), name="party_once"),
        )

    def __str__(self) -> str:
        return self.ref


class Exchange(Record):
    """Something given, recorded by itself: with an ally of ours, or between two of a network.

    With an ally, `incoming` says whether they gave it; in a network, giver and receiver do. What
    values a referral on record (`given`, `received`) adds its value to it and is no second one.
    """

    class Kind(models.TextChoices):
        REFERRAL = "referral", "A referral"
        WORK = "work", "Work, paid to us or them"
        HELP = "help", "Help or advice"
        OTHER = "other", "Something else"

    alliance = Link(Alliance, null=True, blank=True, related_name="exchanges")
    network = Link(Network, null=True, blank=True, related_name="exchanges")
    giver = Link(Party, null=True, blank=True, related_name="given", db_index=False)
    receiver = Link(Party, null=True, blank=True, related_name="received", db_index=False)
    incoming = models.BooleanField("they gave it to us", default=False)
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REFERRAL)
    value = models.BigIntegerField("value in minor units, or points", null=True, blank=True)
    unit = models.CharField("currency, or points", max_length=8, blank=True)
    what = models.CharField(max_length=300, blank=True)
    referral_given = Link("giving.ReferralGiven", null=True, blank=True, related_name="valued_by")
    referral_received = Link(
        "referrals.ReferralReceived", null=True, blank=True, related_name="valued_by"
    )

    class Meta:
        ordering = ("-on", "-id")
        indexes = (
            # The ledger of an ally reads its exchanges by day; that of a network, all pairs.
            models.Index(fields=("workspace", "alliance", "on"), name="exchange_of_alliance"),
            models.Index(fields=("workspace", "network"), name="exchange_of_network"),
            # Whoever leaves a network is looked for on both sides, in the columns of the keys: with
            # an index of one column each the planner walks the whole workspace for every party.
            models.Index(fields=("workspace", "giver"), name="exchange_by_giver"),
            models.Index(fields=("workspace", "receiver"), name="exchange_by_receiver"),
        )
        constraints = (
            models.CheckConstraint(
                name="exchange_between_two", condition=~Q(giver_id=F("receiver_id"))
            ),
        )

    def __str__(self) -> str:
        return self.what or self.get_kind_display()

    def clean(self) -> None:
        """A value has its unit."""
        require(self.value is None or self.unit, "unit", "Say in which currency, or in points.")
