"""Clients and companies, how to reach them, what they agreed to, and whom they know."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from warmhand.apps.island.order import require
from warmhand.apps.island.scoped import Link, Record, Scoped


class Company(Record):
    """An organisation in which clients work."""

    name = models.CharField(max_length=200)
    domain = models.CharField("web domain", max_length=200, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=120, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12, blank=True)
    year_end_month = models.PositiveSmallIntegerField(
        "month in which their financial year ends",
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(12)),
    )
    parent = Link("self", null=True, blank=True, related_name="subsidiaries")
    source = models.CharField(max_length=60, blank=True, editable=False)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "companies"
        indexes = (models.Index(fields=("workspace", "name"), name="company_by_name"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="company_source_once",
                condition=~Q(source_ref=""),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Client(Record):
    """A person we serve, usually at a company.

    Personal data: name, job, contact points, notes; kept to serve the client; pseudonymised on
    erasure. An empty name means that the company is known and the contact isn't named yet.
    """

    name = models.CharField(max_length=200, blank=True)
    company = Link(Company, null=True, blank=True, related_name="clients")
    job_title = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    keeper = Link("accounts.Member", null=True, blank=True, related_name="clients")
    client_since = models.DateField(null=True, blank=True)
    do_not_ask = models.BooleanField(default=False)
    do_not_ask_until = models.DateField(null=True, blank=True)
    do_not_ask_why = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True, editable=False)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("workspace", "name"), name="client_by_name"),
            models.Index(fields=("workspace", "company"), name="client_of_company"),
            models.Index(fields=("workspace", "keeper"), name="client_in_care_of"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="client_source_once",
                condition=~Q(source_ref=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Named, or at least somebody at a company; an end of a wish belongs to a wish."""
        require(self.name or self.company_id, "name", "Name the client or their company.")
        endless = self.do_not_ask_until and not self.do_not_ask
        require(not endless, "do_not_ask_until", "There is no such wish to end.")

    @property
    def title(self) -> str:
        """The name, or whose contact it is while nobody is named."""
        return self.title_of(self.name, self.company.name if self.company else "")

    @staticmethod
    def title_of(name: str, company: str) -> str:
        """What a client is called, from the two names on record."""
        if name:
            return name
        return f"{company} (contact not named yet)" if company else "Unnamed client"


class ContactPoint(Record):
    """An e-mail address or a phone number of a client."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Phone"

    client = Link(Client, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=254)
    """Normalised: lower-case address, or E.164."""
    as_given = models.CharField(max_length=254, blank=True)
    label = models.CharField(max_length=60, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ("kind", "-is_primary", "id")
        indexes = (
            models.Index(fields=("workspace", "value"), name="contact_by_value"),
            models.Index(fields=("workspace", "client"), name="contact_of_client"),
        )

    def __str__(self) -> str:
        return self.as_given or self.value


class Consent(Scoped):
    """A client's yes or no to being asked, as said; never changed, only followed by another."""

    append_only: ClassVar[bool] = True
    may_move: ClassVar[tuple[str, ...]] = ("client_id",)

    client = Link(Client, related_name="consents")
    given = models.BooleanField()
    on = models.DateField()
    words = models.TextField("as said", blank=True)
    source = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="consent_of_client"),)


class KeyList(Record):
    """A list of connections that a client gave us, and how far it was taken over (P1).

    Until somebody has chosen, `rows` hold names, companies, positions and days of the list:
    never an address of a third person. They are forgotten when the choosing ends, or after a day.
    """

    client = Link(Client, related_name="key_lists")
    member = Link("accounts.Member", null=True, related_name="+")
    name = models.CharField("file", max_length=200)
    given_on = models.DateField("given to us on")
    their_word = models.TextField("how it came to us")
    rows = models.JSONField(default=list, editable=False)
    refused = models.JSONField(default=list, editable=False)
    """Rows that couldn't be read: line, field and why."""
    rows_read = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    choosing = models.BooleanField("still to be chosen from", default=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = "list of connections"
        indexes = (models.Index(fields=("workspace", "client"), name="key_list_of_client"),)

    def __str__(self) -> str:
        return self.name


class KeyRingEntry(Record):
    """Somebody a client could introduce us to: hidden from asks until it is earned (P1).

    Of a third person nothing is kept by which they could be reached. `named_on` and `named_in`
    (the number of an ask) say in which ask the client was last asked about them.
    """

    class Source(models.TextChoices):
        TYPED = "typed", "Typed in"
        LINKEDIN = "linkedin", "Their list from LinkedIn"
        REVIEW = "review", "A review meeting"
        NOTE = "note", "A note"

    client = Link(Client, related_name="key_ring")
    name = models.CharField(max_length=200)
    company_name = models.CharField("company", max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    inside = models.BooleanField("works at the client's own company", default=False)
    relation = models.CharField("how they know each other", max_length=200, blank=True)
    closeness = models.PositiveSmallIntegerField(
        "how well (1 to 5)",
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(5)),
    )
    notes = models.TextField(blank=True)
    connected_on = models.DateField("connected since", null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.TYPED)
    confirmed_on = models.DateField("last told or corrected on", null=True, blank=True)
    key_list = Link(KeyList, null=True, blank=True, related_name="keys")
    declined_on = models.DateField("said no to contact on", null=True, blank=True)
    named_on = models.DateField("last named in an ask on", null=True, blank=True, editable=False)
    named_in = models.BigIntegerField("number of that ask", null=True, blank=True, editable=False)

    class Meta:
        ordering = (models.F("closeness").desc(nulls_last=True), "name", "id")
        verbose_name = "key"
        indexes = (models.Index(fields=("workspace", "client"), name="key_of_client"),)

    def __str__(self) -> str:
        return self.name


class ImportMapping(Record):
    """How somebody's columns become our fields, saved for the next time."""

    name = models.CharField(max_length=120)
    body = models.JSONField(default=dict)

    class Meta:
        ordering = ("name", "id")


class ImportRun(Record):
    """One import: what was read and what became of every row."""

    class State(models.TextChoices):
        DRAFT = "draft", "Mapping"
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    name = models.CharField(max_length=200)
    member = Link("accounts.Member", null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    source = models.CharField(max_length=60, blank=True)
    file_path = models.CharField(max_length=400, blank=True)
    """The folder of an uploaded file, under the installation's data; emptied when done."""
    mapping = models.JSONField(default=dict, blank=True)
    shift_days = models.IntegerField(null=True, blank=True)
    """By how many days all dates of the source are moved; kept for its next imports."""
    counts = models.JSONField(default=dict, blank=True)
    """What became of the rows, file by file, and what was made besides."""
    rows_total = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")


class ImportRow(Scoped):
    """A row that was refused: its line, its field and why."""

    run = Link(ImportRun, related_name="refused_rows")
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=60)
    sentence = models.TextField()
    mend = models.TextField(blank=True)

    class Meta:
        ordering = ("file", "line", "id")


class ImportOrigin(Scoped):
    """Which record a row of a source became, and the values it had when last imported.

    The values tell, at the next import, what changed in the file from what a person changed here.
    """

    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    source_ref = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    seen = models.JSONField(default=dict)

    class Meta:
        indexes = (
            # A merge moves the origins of the client that goes.
            models.Index(fields=("workspace", "kind", "object_id"), name="origin_of_object"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "kind", "source_ref"), name="origin_once"
            ),
        )


class DuplicatePair(Record):
    """Two clients who may be one person, with the evidence; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", "To decide"
        MERGED = "merged", "Merged"
        APART = "apart", "Two people"

    first = Link(Client, related_name="+")
    second = Link(Client, related_name="+")
    score = models.PositiveSmallIntegerField(default=0)
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        ordering = ("-score", "id")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "first", "second"), name="pair_once"),
            models.CheckConstraint(
                name="pair_in_order", condition=Q(first_id__lt=models.F("second_id"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def both(self) -> tuple[Client, Client]:
        """The two, in the order of their making."""
        return self.first, self.second


class Merge(Record):
    """Two clients made one; `moved` holds what it takes to undo it."""

    kept = Link(Client, related_name="+")
    gone = Link(Client, related_name="+")
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
