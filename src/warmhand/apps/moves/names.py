"""The names of a key ring that may be held up in an ask: none before it is earned, then two (P1).

Who fits is decided by `warmhand.matching`, how it is said by `warmhand.wording.names`; here the
records are brought to them, and what was held up is noted: not again within the period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q

from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import Verdict
from warmhand.apps.asks.queries import asks as all_asks
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people import queries as people
from warmhand.apps.people.models import Client, Company, KeyRingEntry
from warmhand.apps.people.services import note_named
from warmhand.apps.policies.queries import current
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Commitment
from warmhand.matching import About, Fitting, Key, Offered, Side, fitting
from warmhand.matching.alike import folded, named_in, one_order
from warmhand.matching.keys import offered as held_up
from warmhand.rulebook import ASKS
from warmhand.wording import names
from warmhand.wording.catalogue import ENGLISH as ENGLISH

SIDES: Final = {"ask": Side.OUTSIDE, "ask_coworker": Side.INSIDE, "ask_more": Side.NOBODY}
"""Where each kind of ask looks for names: more business is with the client themself (P19)."""
DELIVERED_COUNTED: Final = 20


@dataclass(frozen=True, slots=True)
class Names:
    """What may be held up now: at most two names, the question, and why nobody where there is none.

    `question` is in the client's language, `why_nobody` for us.
    """

    offered: tuple[Offered, ...] = ()
    question: str = ""
    why_nobody: str = ""

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Each name with why, for pages."""
        return [
            {"name": each.name, "company": each.company, "because": names.because(each)}
            for each in self.offered
        ]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"question": self.question, "names": self.reasons, "why_nobody": self.why_nobody}


def names_for(verdict: Verdict, kind: str = "") -> Names:
    """The names for an ask of this kind (the decided move, unless named), and why or why nobody.

    One statement where it isn't earned; six where it is.
    """
    decision = verdict.decision
    earned = decision.may_ask and decision.move in ASKS
    side = SIDES.get(kind or decision.move.value, Side.NOBODY)
    if not earned or side is Side.NOBODY:
        return _said(fitting((), About(), side=side, earned=earned, period_days=1), "")
    client = _client(verdict.client_id)
    found = _fitting(client, side, verdict.today, verdict.policy.period_days)
    return _said(found, people.language_of(client, ENGLISH))


def _fitting(client: Client, side: Side, today: dt.date, period_days: int) -> Fitting:
    """Who fits an ask that is earned."""
    about = about_of(client)
    keys = _keys(client, about, today)
    return fitting(keys, about, side=side, earned=True, period_days=period_days)


def names_of_ask(ask: Ask) -> Names:
    """The names that were taken along into an ask, for its words."""
    rows = KeyRingEntry.objects.filter(named_in=ask.pk).order_by("pk")
    if not rows:
        return Names()
    client = _client(ask.client_id)
    about = about_of(client)
    found = tuple(held_up(_key(row, ask.asked_on), about) for row in rows)
    return _said(Fitting(found), people.language_of(client, ENGLISH))


@journal.one_act()
def record_ask(*, by: Actor, client_id: int, kind: str = "ask", **how: Any) -> Ask:
    """Record that we ask (see `asks.services.record_ask`), and which names are held up with it.

    The names are those that fit at this minute; noted with the ask and undone with it.
    """
    ask = asks.record_ask(by=by, client_id=client_id, kind=kind, **how)
    found = _names_for_new(ask)
    note_named(by=by, key_ids=[each.key_id for each in found], ask_id=ask.pk, on=ask.asked_on)
    return ask


def _names_for_new(ask: Ask) -> tuple[Offered, ...]:
    """By the decision that the ask rests on: it has just been taken, and no other may be now."""
    side = SIDES[ask.kind]
    if ask.decision.get("move") not in ASKS or side is Side.NOBODY:
        return ()
    period_days = current().policy.period_days
    return _fitting(_client(ask.client_id), side, ask.asked_on, period_days).offered


def about_of(client: Client) -> About:
    """The client's company and trade, and what we delivered to them, in the records' words."""
    done = Commitment.objects.filter(
        client=client, delivered_on__isnull=False, cancelled_on__isnull=True
    ).order_by("-delivered_on", "-pk")
    texts = [text for row in done[:DELIVERED_COUNTED] for text in (row.title, row.target) if text]
    company = client.company
    return About(
        company=company.name if company else "",
        trade=company.sector if company else "",
        delivered=tuple(texts),
    )


def _client(client_id: int) -> Client:
    return Client.objects.select_related("company").get(pk=client_id)


def _said(found: Fitting, language: str) -> Names:
    if not found.offered:
        return Names(why_nobody=names.nobody({str(k): n for k, n in found.without.items()}))
    return Names(found.offered, names.question(found.offered, language))


def _keys(client: Client, about: About, today: dt.date) -> list[Key]:
    """The ring as `matching` wants it: five queries, however many keys."""
    rows = list(KeyRingEntry.objects.filter(client=client))
    if not rows:
        return []
    others = _Others.load(rows)
    return [others.told(_key(row, today)) for row in rows]


def _key(row: KeyRingEntry, today: dt.date) -> Key:
    return Key(
        id=row.pk,
        name=row.name,
        company=row.company_name,
        position=row.position,
        relation=row.relation,
        inside=row.inside,
        closeness=row.closeness,
        confirmed_days=_age(row.confirmed_on, today),
        connected_days=_age(row.connected_on, today),
        named_days=_age(row.named_on, today),
        declined=row.declined_on is not None,
    )


def _age(day: dt.date | None, today: dt.date) -> int | None:
    return max(0, (today - day).days) if day else None


MOST_WORDS: Final = 300
"""With more names on a ring, reading all costs less than looking for so many words."""


def _sharing(field: str, names: Iterable[str]) -> Q:
    """Rows whose `field` holds the longest word of one of these names, in whatever case.

    Whoever is the same person, in whatever order of the parts, shares it.
    """
    parts = (re.findall(r"\w+", folded(name)) for name in names)
    longest = {max(words, key=len) for words in parts if words}
    if len(longest) > MOST_WORDS:
        return Q()
    found = "|".join(sorted(word.replace("ss", "(ss|ß)") for word in longest))
    return Q(**{f"{field}__iregex": found}) if found else Q(pk=None)


@dataclass(slots=True)
class _Others:
    """What the rest of the workspace knows of the people on a ring."""

    clients: set[str]
    referred: list[str]
    declined: set[str]
    trades: dict[str, str]
    not_asked: set[int]

    @classmethod
    def load(cls, rows: Iterable[KeyRingEntry]) -> _Others:
        """Five queries, which bring only what shares a word with a name on the ring."""
        rows = list(rows)
        asked = {row.pk: row.named_in for row in rows if row.named_in}
        named = _sharing("name", (row.name for row in rows))
        withdrawn = set(
            all_asks()
            .filter(pk__in=asked.values(), outcome=Ask.Outcome.NOT_ASKED)
            .values_list("pk", flat=True)
        )
        firms = _sharing("name", (row.company_name for row in rows))
        sectors = Company.objects.filter(firms).exclude(sector="").values_list("name", "sector")
        declined = KeyRingEntry.objects.filter(named, declined_on__isnull=False)
        people = Client.objects.filter(named)
        came = ReferralReceived.objects.filter(_sharing("new_person", (row.name for row in rows)))
        return cls(
            clients={one_order(name) for name in people.values_list("name", flat=True)},
            referred=list(came.values_list("new_person", flat=True)),
            declined={one_order(name) for name in declined.values_list("name", flat=True)},
            trades={folded(name): sector for name, sector in sectors},
            not_asked={key for key, ask in asked.items() if ask in withdrawn},
        )

    def told(self, key: Key) -> Key:
        """A key with what the other records say of it.

        A no to contact counts from whatever ring it was said; an ask that was not asked after all
        named nobody.
        """
        return replace(
            key,
            trade=self.trades.get(folded(key.company), ""),
            our_client=one_order(key.name) in self.clients,
            referred=any(named_in(key.name, person) for person in self.referred),
            declined=key.declined or one_order(key.name) in self.declined,
            named_days=None if key.id in self.not_asked else key.named_days,
        )
