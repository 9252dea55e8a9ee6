"""What we agreed, what we delivered, how the client feels about it (P3, P4)."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record

SCORE = (MinValueValidator(0), MaxValueValidator(10))


class Int8Range(Func):
    """The database's range of whole numbers."""

    function = "int8range"
    output_field = BigIntegerRangeField()


class TsTzRange(Func):
    """The database's range of moments, its end left out."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Commitment(Record):
    """We agreed on X, we delivered X, the client is happy with X; paid or not (P3, P4)."""

    class Kind(models.TextChoices):
        SALE = "sale", "Sale"
        ORDER = "order", "Order"
        PROJECT = "project", "Project"
        TRIAL = "trial", "Trial"
        PROMISE = "promise", "Promise"
        INFORMATION = "information", "Piece of information"

    class Evidence(models.TextChoices):
        NONE = "none", "Nothing yet"
        LINK = "link", "Link"
        FILE = "file", "File"
        FIGURE = "figure", "Figure"

    client = Link("people.Client", null=True, blank=True, related_name="commitments")
    company = Link("people.Company", null=True, blank=True, related_name="commitments")
    member = Link("accounts.Member", null=True, blank=True, related_name="commitments")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROMISE)
    title = models.CharField("what", max_length=300)
    target = models.TextField("target agreed", blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField("agreed by whom", max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    evidence_kind = models.CharField(max_length=6, choices=Evidence, default=Evidence.NONE)
    evidence = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    source = models.CharField(max_length=60, blank=True, editable=False)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("-agreed_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="commitment_of_client"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="commitment_source_once",
                condition=~Q(source_ref=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Somebody's, in the order of time, and with evidence of the kind it says."""
        require(self.client_id or self.company_id, "client", "Name the client or the company.")
        check_order(
            self,
            ("agreed_on", "due_on", "Due before it was agreed."),
            ("agreed_on", "delivered_on", "Delivered before it was agreed."),
            ("agreed_on", "cancelled_on", "Cancelled before it was agreed."),
        )
        both = self.cancelled_on and self.delivered_on
        require(not both, "cancelled_on", "What was delivered can't be cancelled.")
        shown = self.evidence_kind != self.Evidence.NONE
        require(shown or not self.evidence, "evidence_kind", "Say what kind of evidence this is.")
        require(self.evidence or not shown, "evidence", "Give the link, the file or the figure.")
        safe = self.evidence.startswith(("https://", "http://"))
        is_link = self.evidence_kind == self.Evidence.LINK
        require(safe or not is_link, "evidence", "A link starts with https:// or http://.")

    @property
    def kept_file(self) -> str:
        """The name of the file that is kept as evidence; empty where it's something else."""
        key, slash, name = self.evidence.partition("/")
        is_file = self.evidence_kind == self.Evidence.FILE and slash and len(key) == 32
        return name if is_file else ""

    @property
    def late(self) -> bool:
        """Delivered after the day agreed."""
        return bool(self.due_on and self.delivered_on and self.delivered_on > self.due_on)


class Case(Record):
    """A concern of a client, until *they* confirm that it is resolved (P11, P12)."""

    client = Link("people.Client", related_name="cases")
    member = Link("accounts.Member", null=True, blank=True, related_name="cases")
    title = models.CharField(max_length=300)
    opened_on = models.DateField()
    resolved_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    reopened_times = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.CharField(max_length=60, blank=True, editable=False)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("-opened_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="case_of_client"),)
        constraints = (
            models.CheckConstraint(
                name="case_confirmed_after_resolved",
                condition=Q(confirmed_on__isnull=True) | Q(resolved_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="case_source_once",
                condition=~Q(source_ref="") & Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Opened, then resolved, then confirmed."""
        unresolved = self.confirmed_on and not self.resolved_on
        require(not unresolved, "confirmed_on", "Only what is resolved can be confirmed.")
        check_order(
            self,
            ("opened_on", "resolved_on", "Resolved before it was opened."),
            ("resolved_on", "confirmed_on", "Confirmed before it was resolved."),
        )

    @property
    def state(self) -> str:
        """open, resolved (we think so) or confirmed (the client said so)."""
        if self.resolved_on is None:
            return "open"
        return "confirmed" if self.confirmed_on else "resolved"


class Survey(Record):
    """Four questions kept apart: recommending is not introducing (P8)."""

    client = Link("people.Client", related_name="surveys")
    sent_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    satisfied = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCORE)
    would_recommend = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCORE)
    would_be_reference = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCORE)
    would_introduce = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCORE)
    words = models.TextField("in their own words", blank=True)

    class Meta:
        ordering = ("-answered_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="survey_of_client"),)

    @property
    def answers(self) -> tuple[int | None, ...]:
        """The four answers, in the order asked."""
        return (
            self.satisfied,
            self.would_recommend,
            self.would_be_reference,
            self.would_introduce,
        )

    def clean(self) -> None:
        """Answers come with the day of the answer, after the day it was sent."""
        said = any(answer is not None for answer in self.answers)
        require(self.answered_on or not said, "answered_on", "Say when it was answered.")
        something = said or self.words.strip() or not self.answered_on
        require(something, "satisfied", "Give at least one of the four answers, or their words.")
        check_order(self, ("sent_on", "answered_on", "Answered before it was sent."))


class Review(Record):
    """The meeting in which we show what we delivered and hear how it was (P14).

    A planned one may have its time, who of us comes, and the place. No two planned meetings of a
    member overlap: the database refuses the second.
    """

    class Kind(models.TextChoices):
        LUNCH = "lunch", "Lunch"
        CALL = "call", "Call"
        VISIT = "visit", "Visit"

    client = Link("people.Client", related_name="reviews")
    member = Link("accounts.Member", null=True, blank=True, related_name="reviews")
    planned_on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=5, choices=Kind, blank=True)
    place = models.CharField("place or link", max_length=300, blank=True)
    held_on = models.DateField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCORE)
    words = models.TextField("in their own words", blank=True)

    class Meta:
        ordering = ("-held_on", "-planned_on", "-id")
        indexes = (
            models.Index(fields=("workspace", "client"), name="review_of_client"),
            # What lies ahead of a member: Today, and what is free when times are proposed.
            models.Index(
                fields=("workspace", "member", "starts_at"),
                name="review_ahead",
                condition=Q(held_on=None, removed_at=None),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="review_ends_after_start",
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            # A range over the member's number needs no extension, unlike equality in a GiST index.
            ExclusionConstraint(
                name="one_review_at_a_time",
                expressions=(
                    (Int8Range("member_id", "member_id", Value("[]")), RangeOperators.OVERLAPS),
                    (TsTzRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ),
                condition=Q(
                    member__isnull=False, starts_at__isnull=False, held_on=None, removed_at=None
                ),
            ),
        )

    @property
    def minutes(self) -> int:
        """How long it is planned for; 0 where no time is named."""
        if self.starts_at is None or self.ends_at is None:
            return 0
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def clean(self) -> None:
        """Planned or held; a rating comes from a meeting that was held."""
        require(self.planned_on or self.held_on, "planned_on", "Name the day of the meeting.")
        unheld = self.rating is not None and self.held_on is None
        require(not unheld, "held_on", "Say when the meeting was held.")
        check_order(self, ("starts_at", "ends_at", "It ends before it starts."))
        whole = (self.starts_at is None) == (self.ends_at is None)
        require(whole, "ends_at", "A time has a start and an end.")


class Rating(Record):
    """How the client felt, when and in what words; an unhappy one stands until recovered (P7)."""

    class Source(models.TextChoices):
        COMMITMENT = "commitment", "About something delivered"
        REVIEW = "review", "In a review"
        SURVEY = "survey", "In a survey"
        CASE = "case", "About a case"
        NOTE = "note", "Said in passing"

    client = Link("people.Client", related_name="ratings")
    on = models.DateField()
    score = models.PositiveSmallIntegerField(validators=SCORE)
    words = models.TextField("in their own words", blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.NOTE)
    commitment = Link(Commitment, null=True, blank=True, related_name="ratings")
    case = Link(Case, null=True, blank=True, related_name="ratings")
    survey = Link(Survey, null=True, blank=True, related_name="ratings")
    review = Link(Review, null=True, blank=True, related_name="ratings")
    recovered_on = models.DateField("made good on", null=True, blank=True)

    class Meta:
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="rating_of_client"),)

    def clean(self) -> None:
        """Made good after it was said."""
        check_order(self, ("on", "recovered_on", "Made good before it was said."))


class BusyTime(Record):
    """A time in which a company isn't to be bothered: quarter ends, their season (P15).

    The service keeps the times of a company apart by at least a day, so that the end of one
    is a day on which something can be asked.
    """

    class Kind(models.TextChoices):
        BUSY = "busy", "Busy time"
        QUARTER_END = "quarter_end", "Quarter end"

    company = Link("people.Company", related_name="busy_times")
    starts_on = models.DateField()
    ends_on = models.DateField()
    label = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.BUSY)

    class Meta:
        ordering = ("starts_on", "id")
        indexes = (models.Index(fields=("workspace", "company"), name="busy_of_company"),)
        constraints = (
            models.CheckConstraint(
                name="busy_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
        )

    def touching(self) -> models.QuerySet[BusyTime]:
        """The company's other times that overlap this one or follow it without a day between."""
        day = dt.timedelta(days=1)
        return BusyTime.objects.filter(
            company_id=self.company_id,
            starts_on__lte=self.ends_on + day,
            ends_on__gte=self.starts_on - day,
        ).exclude(pk=self.pk)

    def clean(self) -> None:
        """Ends after it starts, and leaves a day before the next one."""
        check_order(self, ("starts_on", "ends_on", "It ends before it starts."))
        free = not self.touching().exists()
        require(free, "starts_on", "It touches another busy time of theirs.")
