"""Builds the example workspace: invented, from a seed, and always the same relative to today."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from warmhand.apps.accounts.models import Member, Workspace
from warmhand.apps.accounts.queries import today as today_in
from warmhand.apps.accounts.services import found_workspace
from warmhand.apps.asks.models import Ask, CoworkerPlan, CoworkerTask
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import Favour, Need, ReferralGiven
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.offers.models import Offer, OfferPass
from warmhand.apps.people.models import Client, Company, Consent, ContactPoint, KeyRingEntry
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.work.models import BusyTime, Case, Commitment, Rating, Review, Survey
from warmhand.apps.work.services.busy import quarter_ends

from . import directory, words
from .alliances import MODELS as ALLIED
from .alliances import allied
from .followed import follow_up
from .insight import MODELS as AIMED
from .insight import goals
from .introduced import MODELS as INTRODUCED
from .introduced import introduce, open_pages
from .ledger import Ledger
from .lives import HISTORY_DAYS, Life, Setting, live, working
from .story import CAST, Character
from .team import TEAM, join_team, provide_users

NAME, ZONE, COLOUR = "Harbour Advisers", "Europe/Berlin", "#1d4e6b"
COMPANIES, CLIENTS = 60, 300
ORDER = (
    Company, Client, ContactPoint, Consent, KeyRingEntry, Commitment, Case, Survey, Review,
    ReviewInvitation, Rating,
    BusyTime, Favour, Need, *directory.ORDER, *(it for it in ALLIED if it not in directory.ORDER),
    ReferralGiven, Offer, Ask, CoworkerPlan,
    CoworkerTask, ReferralReceived, OfferPass, ThankYou, FollowUp, *AIMED, *INTRODUCED,
)  # fmt: skip
_LOCK = 7_203_915_488_112_302  # any number of ours: one process builds at a time


@dataclass(frozen=True, slots=True)
class Summary:
    """What the example workspace holds; `built` is false where it was there already."""

    slug: str
    name: str
    built: bool
    members: int
    companies: int
    clients: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "workspace": {"slug": self.slug, "name": self.name},
            "built": self.built,
            "members": self.members,
            "companies": self.companies,
            "clients": self.clients,
        }


def build_example(
    *, slug: str = "harbour", today: dt.date | None = None, seed: int = 2026
) -> Summary:
    """Build the example workspace and its users, or keep the one that is there.

    Same seed and day, same workspace. One transaction: whole or not at all.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        users = provide_users()
        there = Workspace.objects.filter(slug=slug).first()
        workspace = (
            there
            or found_workspace(
                name=NAME, slug=slug, timezone_name=ZONE, owner=users["owner"], via="example"
            )[0]
        )
        with workspace_scope(workspace.pk):
            if there is None:
                Workspace.objects.filter(pk=workspace.pk).update(colour=COLOUR)
                _fill(join_team(users), today or today_in(workspace), seed)
            return _summary(workspace, built=there is None)


def _summary(workspace: Workspace, *, built: bool) -> Summary:
    return Summary(
        slug=workspace.slug,
        name=workspace.name,
        built=built,
        members=Member.objects.count(),
        companies=Company.objects.count(),
        clients=Client.objects.count(),
    )


def _fill(team: list[Member], today: dt.date, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    ledger = Ledger(ZoneInfo(ZONE), chance)
    setting = Setting(ledger, chance, today, _offers(ledger, team[0], today))
    companies = _companies(setting, team)
    for number, character in enumerate(CAST):
        _play(setting, character, companies[character.company], team[1 + number % 5])
    crowd = [name for name in companies if name not in {c.company for c in CAST}]
    for person in range(CLIENTS - len(CAST)):
        company = companies[crowd[person % len(crowd)] if person < 60 else chance.choice(crowd)]
        _ordinary(setting, company, team)
    ordinary = [draft.record for draft in ledger.drafts[Client][len(CAST) :]]
    directory.furnish(ledger, team, ordinary, today)
    allied(setting, team)
    follow_up(setting)
    goals(setting, team[0])
    introductions = introduce(setting)
    ledger.write(*ORDER)
    open_pages(introductions)
    touch(everyone=True)


def _offers(ledger: Ledger, owner: Member, today: dt.date) -> list[Any]:
    on = working(today - dt.timedelta(days=HISTORY_DAYS))
    how = "Say what it was worth to you, hand over the card, and leave it to them."
    title = "A free check of how quickly you would be back after a breakdown"
    open_one = ledger.add(
        Offer, on, owner, f"Made the offer '{title}'.", title=title, how_to_pass_on=how
    )
    title = "A seat at our spring breakfast"
    closed = ledger.add(Offer, on, owner, f"Made the offer '{title}'.", title=title, active=False)
    return [open_one.record, closed.record]


def _companies(setting: Setting, team: list[Member]) -> dict[str, Any]:
    """Sixty by name: those of the story, then the crowd."""
    named = [character.company for character in CAST]
    taken = {name.split()[0] for name in named}
    free = [name for name in words.COMPANY_NAMES if name not in taken]
    ends = list(words.SECTORS)
    setting.chance.shuffle(ends)
    crowd = [f"{name} {ends[n % len(ends)]}" for n, name in enumerate(free)]
    names = [*named, *crowd][:COMPANIES]
    return {name: _company(setting, team, name, name not in named) for name in names}


def _company(setting: Setting, team: list[Member], name: str, crowd: bool) -> Any:
    chance, place = setting.chance, setting.chance.choice(words.PLACES)
    first, end = name.split()
    on = working(setting.today - dt.timedelta(days=chance.randint(500, HISTORY_DAYS)))
    draft = setting.ledger.add(
        Company, on, team[0], f"Added the company {name}.", name=name, country=place.country,
        city=place.city, timezone=place.timezone, language=place.language,
        domain=f"{first.lower()}-{end.lower()}.example", sector=words.SECTORS[end],
        year_end_month=chance.choice((12, 12, 12, 3, 6, 9, 1)) if crowd else None,
    )  # fmt: skip
    if crowd:
        _busy_times(setting, draft.record, team[0], on)
    return draft.record


def _busy_times(setting: Setting, company: Any, by: Member, on: dt.date) -> None:
    """Half of them have quarter ends that count; some a season of their own, well apart."""
    chance = setting.chance
    spans = []
    if chance.random() < 0.4:
        for end in quarter_ends(company.year_end_month, setting.today):
            label = f"Quarter end {end:%Y-%m}"
            spans.append((end - dt.timedelta(days=9), end, label, "quarter_end"))
    elif chance.random() < 0.4:
        start = setting.today + dt.timedelta(days=chance.randint(-15, 200))
        length = dt.timedelta(days=chance.randint(5, 30))
        spans.append((start, start + length, chance.choice(words.BUSY), "busy"))
    for start, end, label, kind in spans:
        sentence = f"Noted a busy time of {company.name}: {start} to {end}."
        setting.ledger.add(
            BusyTime, on, by, sentence, company=company, starts_on=start, ends_on=end,
            label=label, kind=kind,
        )  # fmt: skip


def _play(setting: Setting, character: Character, company: Any, keeper: Member) -> None:
    since = setting.today - dt.timedelta(days=500)
    client = _client(setting, company, keeper, character.name, since, (character.job, "Management"))
    life = Life(setting, client, keeper, 1.0, since)
    for part in character.parts:
        part(life)


def _ordinary(setting: Setting, company: Any, team: list[Member]) -> None:
    chance = setting.chance
    place = next(p for p in words.PLACES if p.country == company.country)
    number = chance.choices(range(6), (1, 2, 6, 6, 5, 2))[0]
    since = working(setting.today - dt.timedelta(days=chance.randint(40, HISTORY_DAYS)))
    name = _unused_name(setting, place)
    client = _client(setting, company, team[number], name, since, chance.choice(words.JOBS))
    if chance.random() < 0.02:
        client.do_not_ask, client.do_not_ask_why = True, "Told us so on the telephone."
    care = min(1.0, max(0.05, chance.gauss(TEAM[number].care, 0.2)))
    live(Life(setting, client, team[number], care, since))


def _unused_name(setting: Setting, place: words.Place) -> str:
    """A name that nobody else bears: two of the same name would only confuse."""
    used = {draft.record.name for draft in setting.ledger.drafts.get(Client, [])}
    anywhere = [family for each in words.PLACES for family in each.family]
    for families in (place.family, anywhere):  # who moved there bears a name from elsewhere
        names = [f"{a} {b}" for a, b in product(place.given, families)]
        if free := [name for name in names if name not in used]:
            return setting.chance.choice(free)
    raise LookupError("more clients than names")


def _client(
    setting: Setting, company: Any, keeper: Member, name: str, since: dt.date, job: tuple[str, str]
) -> Any:
    ledger = setting.ledger
    draft = ledger.add(
        Client, since, keeper, f"Added the client {name}.", name=name, company=company,
        job_title=job[0], department=job[1], keeper=keeper, client_since=since,
        language=company.language, timezone=company.timezone,
    )  # fmt: skip
    _reach(setting, draft.record, keeper, since)
    return draft.record


def _reach(setting: Setting, client: Any, keeper: Member, since: dt.date) -> None:
    """An address each, a telephone for most."""
    place = next(p for p in words.PLACES if p.country == client.company.country)
    address = f"{_plain(client.name)}@{client.company.domain}"
    found = [("email", address)]
    if setting.chance.random() < 0.7:
        found.append(("phone", f"{place.dialling}{setting.chance.randint(200000, 999999)}"))
    for kind, value in found:
        setting.ledger.add(
            ContactPoint, since, keeper, f"Added {value} to {client.name}.", client=client,
            kind=kind, value=value, as_given=value, is_primary=True,
        )  # fmt: skip


_LETTERS = str.maketrans("áéíóúàâãçñńłżźćśęąøåäöüêô ", "aeiouaaacnnlzzcseaoaaoueo.")


def _plain(name: str) -> str:
    """`Ciarán Folan` is ciaran.folan in an address."""
    letters = name.lower().replace("æ", "ae").translate(_LETTERS)
    return "".join(letter for letter in letters if letter.isascii() and letter in _ALLOWED)


_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyz.-")
