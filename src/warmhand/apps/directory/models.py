"""Providers, their services, who vouches for them, and what clients do well (P30, P31)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record
from warmhand.apps.people.categories import require_category


class Provider(Record):
    """A firm or a person to whom a client may be sent; a client of ours can be one (P30, P31)."""

    class Kind(models.TextChoices):
        FIRM = "firm", "Firm"
        PERSON = "person", "Person"

    class Capacity(models.TextChoices):
        OPEN = "open", "Takes new clients"
        LIMITED = "limited", "Takes a few"
        FULL = "full", "Takes nobody now"

    class Price(models.IntegerChoices):
        LOW = 1, "Low"
        FAIR = 2, "Fair"
        HIGH = 3, "High"
        HIGHEST = 4, "Highest"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.FIRM)
    client = Link("people.Client", null=True, blank=True, related_name="provides_as")
    contact_name = models.CharField("whom to speak to", max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    about = models.TextField("what they are good at", blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField("country (two letters)", max_length=2, blank=True)
    latitude = models.FloatField(
        null=True, blank=True, validators=(MinValueValidator(-90), MaxValueValidator(90))
    )
    longitude = models.FloatField(
        null=True, blank=True, validators=(MinValueValidator(-180), MaxValueValidator(180))
    )
    reach_km = models.PositiveSmallIntegerField("how far they come (km)", null=True, blank=True)
    languages = models.JSONField("languages they work in", default=list, blank=True)
    """Language codes, such as `["en", "de"]`; an empty list: not known."""
    capacity = models.CharField(max_length=7, choices=Capacity, default=Capacity.OPEN)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_until = models.DateField("licence ends on", null=True, blank=True)
    price = models.PositiveSmallIntegerField("price band", choices=Price, null=True, blank=True)
    why_confident = models.TextField("why one can be confident", blank=True)
    hears_from_us_since = models.DateField("agreed to mails from us on", null=True, blank=True)
    is_public = models.BooleanField("on our public page", default=False)
    public_words = models.TextField("what the public page says", blank=True)
    source = models.CharField(max_length=60, blank=True, editable=False)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)
    carried = models.JSONField(default=dict, blank=True, editable=False)
    """What came with an import and has no field of its own: an export gives it back."""

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("workspace", "name"), name="provider_by_name"),
            models.Index(fields=("workspace", "client"), name="provider_that_is_client"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="provider_source_once",
                condition=~Q(source_ref="") & Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Away from a day on until a later one; a place has both its numbers."""
        check_order(self, ("away_from", "away_until", "Back before they went away."))
        both = (self.latitude is None) == (self.longitude is None)
        require(both, "longitude", "A place has a latitude and a longitude.")


class Service(Record):
    """Something a provider does; `category` is a code of the scheme (NAICS 2022)."""

    provider = Link(Provider, related_name="services")
    name = models.CharField(max_length=200)
    words = models.TextField("in plain words", blank=True)
    category = models.CharField("category code", max_length=12, blank=True)
    source_ref = models.CharField(max_length=200, blank=True, editable=False)
    carried = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("workspace", "provider"), name="service_of_provider"),
            models.Index(fields=("workspace", "category"), name="service_by_category"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A category that there is."""
        require_category(self.category)


class Vouch(Record):
    """One of us answers for a provider, and says from what they know it (P31, P32)."""

    class Basis(models.TextChoices):
        WORKED = "worked", "Worked with them"
        CLIENT = "client", "Clients told us"
        KNOWN = "known", "Knows them well"

    provider = Link(Provider, related_name="vouches")
    member = Link("accounts.Member", related_name="vouches")
    why_confident = models.TextField("why one can be confident")
    basis = models.CharField(max_length=6, choices=Basis, default=Basis.WORKED)
    since = models.DateField("vouches since")

    class Meta:
        ordering = ("-since", "-id")
        verbose_name_plural = "vouches"
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "provider", "member"),
                name="one_vouch_each",
                condition=Q(removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.why_confident

    @property
    def why(self) -> str:
        """The same, to read: `why` is no field, as it is the reason of a change in the journal."""
        return self.why_confident


class Expertise(Record):
    """What a client does for *their* clients, and could do for another of ours (P30)."""

    client = Link("people.Client", related_name="expertise")
    words = models.TextField("in their own words")
    category = models.CharField("category code", max_length=12, blank=True)
    noted_on = models.DateField()
    may_pass_on = models.BooleanField("we may tell others", null=True, blank=True)
    """None: not asked yet."""

    class Meta:
        ordering = ("-noted_on", "-id")
        verbose_name_plural = "expertise"
        indexes = (models.Index(fields=("workspace", "client"), name="expertise_of_client"),)

    def clean(self) -> None:
        """A category that there is."""
        require_category(self.category)

    def __str__(self) -> str:
        return self.words


class PublicDirectory(Record):
    """The page on which a workspace names providers of its choice to anybody; off by default."""

    slug = models.SlugField("address", max_length=60, unique=True)
    on = models.BooleanField("anybody may see it", default=False)
    intro = models.TextField("what stands at its head", blank=True)

    may_also_see: ClassVar[str] = "slug = current_setting('app.public_directory', true)"

    class Meta:
        verbose_name_plural = "public directories"
        constraints = (models.UniqueConstraint(fields=("workspace",), name="one_public_directory"),)

    def __str__(self) -> str:
        return self.slug
