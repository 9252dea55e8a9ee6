"""A review pack from real records (P14): what one client may read, and nothing else (P24).

Every value that gets into a pack is named here, one by one: it is the list of what is allowed.
Not on it: notes, wishes not to be asked, keys, asks and their budgets, verdicts, minutes spent,
words of ratings that were not happy, what we say of providers, who of theirs agreed, other clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import brand
from warmhand.apps.asks.queries import Verdict, verdict_of
from warmhand.apps.giving.models import Favour, Need, ReferralGiven
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case, Commitment, Rating, Review
from warmhand.printing import Concern, Deed, Entry, Item, Pack, Point, Said, Score
from warmhand.problems import Invalid
from warmhand.wording.pack_texts import pack_texts, recovery_texts

from .favourable import objections
from .queries.agendas import agenda_of
from .queries.places import language_of

USUAL_MONTHS = 12
"""How far a pack reaches back where no review was held yet."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A client's records, each kind read in one query."""

    commitments: list[Commitment]
    cases: list[Case]
    ratings: list[Rating]
    favours: list[Favour]
    given: list[ReferralGiven]
    needs: list[Need]
    thanks: list[ThankYou]
    reviews: list[Review]
    hurts: list[ReferralReceived]


def pack_of(
    client_id: int,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    language: str = "",
) -> Pack:
    """The review pack of a client, from what is on record now.

    From the last review held (else twelve months back) until today, unless other days are named;
    in the client's language (their company's, the workspace's), English where we have no texts. The
    agenda is that of the next review planned, where it is in the same language.
    Where nothing favourable is to show the pack holds objections, and what to put right, instead
    (P5). A fixed number of queries, however much is on record. Raises NotFound, and Invalid at
    `since` or `until`.
    """
    client = client_by_id(client_id)
    verdict = verdict_of(client_id)
    held = _read(client)
    first, last = _period(held, verdict.today, since, until)
    entries = tuple(_entry(each) for each in held.commitments if _within(each, first, last))
    own = language or language_of(client)
    against = objections(verdict.decision, entries, since=first, until=last, today=verdict.today)
    texts = {**pack_texts("en"), **recovery_texts()} if against else pack_texts(own)
    return Pack(
        brand=brand(logo=True),
        client=client.name,
        company=client.company.name if client.company else "",
        since=first,
        until=last,
        today=verdict.today,
        texts=texts,
        prepared_by=client.keeper.name if client.keeper else "",
        entries=entries,
        cases=tuple(_concern(each) for each in held.cases if _told(each, first, last)),
        ratings=tuple(Score(each.on, each.score) for each in _ratings(held, first, last)),
        said=_said(held, verdict, first, last),
        deeds=tuple(_deeds(held, first, last)),
        open_points=tuple(_open(held, verdict.today)),
        next_steps=tuple(sorted(_next(held, verdict.today), key=_by_day)),
        agenda=() if against else tuple(_agenda(held, verdict.today, texts["language"])),
        objections=against,
        put_right=tuple(_to_put_right(held, verdict)) if against else (),
    )


def _read(client: Client) -> _Held:
    """Theirs alone; of their company what was agreed with nobody by name, none of a colleague."""
    ours = Q(client_id=client.pk)
    company = Q(client_id=None, company_id=client.company_id)
    agreed = ours | company if client.company_id else ours
    return _Held(
        commitments=list(Commitment.objects.filter(agreed)),
        cases=list(Case.objects.filter(ours)),
        ratings=list(Rating.objects.filter(ours).order_by("on", "pk")),
        favours=list(Favour.objects.filter(ours)),
        given=list(ReferralGiven.objects.filter(ours)),
        needs=list(Need.objects.filter(ours, met_on=None)),
        thanks=list(ThankYou.objects.filter(ours, given_on=None)),
        reviews=list(Review.objects.filter(ours)),
        hurts=list(ReferralReceived.objects.filter(ours, hurt_on__isnull=False, mended_on=None)),
    )


def _period(
    held: _Held, today: dt.date, since: dt.date | None, until: dt.date | None
) -> tuple[dt.date, dt.date]:
    last = until or today
    if last > today:
        raise Invalid.at("until", f"A pack tells what was: name a day until {days.said(today)}.")
    reviews = [each.held_on for each in held.reviews if each.held_on and each.held_on < last]
    first = since or max(reviews, default=last - relativedelta(months=USUAL_MONTHS))
    if first > last:
        raise Invalid.at("since", f"Name a day until {days.said(last)}.")
    return first, last


def _within(it: Commitment, first: dt.date, last: dt.date) -> bool:
    """Agreed by the last day, and not over before the first."""
    over = it.delivered_on or it.cancelled_on
    begun = it.agreed_on or over or it.due_on
    return (over is None or over >= first) and (begun is None or begun <= last)


def _entry(it: Commitment) -> Entry:
    return Entry(
        what=it.title,
        target=it.target,
        agreed=it.agreed_on,
        due=it.due_on,
        delivered=it.delivered_on,
        cancelled=it.cancelled_on,
        proof=_proof(it),
        value=it.value,
        currency=it.currency,
    )


def _proof(it: Commitment) -> str:
    """The figure or the address; of a file its name alone, never where it lies."""
    if it.evidence_kind != Commitment.Evidence.FILE:
        return it.evidence
    return it.kept_file or PurePath(it.evidence.replace("\\", "/")).name


def _told(it: Case, first: dt.date, last: dt.date) -> bool:
    return it.opened_on <= last and (it.resolved_on is None or it.resolved_on >= first)


def _concern(it: Case) -> Concern:
    return Concern(it.title, it.opened_on, it.resolved_on, it.confirmed_on)


def _ratings(held: _Held, first: dt.date, last: dt.date) -> list[Rating]:
    return [each for each in held.ratings if first <= each.on <= last]


def _said(held: _Held, verdict: Verdict, first: dt.date, last: dt.date) -> Said | None:
    """The latest words that came with a happy rating."""
    happy = [
        each
        for each in _ratings(held, first, last)
        if each.words.strip() and each.score >= verdict.policy.happy_at_least
    ]
    return Said(happy[-1].words, happy[-1].on) if happy else None


def _deeds(held: _Held, first: dt.date, last: dt.date) -> Iterator[Deed]:
    for favour in held.favours:
        if favour.done_on and first <= favour.done_on <= last:
            yield Deed(favour.what, favour.done_on)
    for given in held.given:
        if first <= given.given_on <= last:
            yield Deed(given.provider, given.given_on, referral=True)


def _open(held: _Held, today: dt.date) -> Iterator[Item]:
    """What is open today, whatever the period."""
    yield from _overdue(held, today)
    for case in held.cases:
        if case.resolved_on is None:
            yield Item(Point.CASE, case.title, case.opened_on)
        elif case.confirmed_on is None:
            yield Item(Point.UNCONFIRMED, case.title, case.resolved_on)
    for need in held.needs:
        yield Item(Point.NEED, need.words, need.noted_on)
    for thanks in held.thanks:
        yield Item(Point.THANKS, "", thanks.owed_on)


def _overdue(held: _Held, today: dt.date) -> Iterator[Item]:
    for it in held.commitments:
        if _running(it) and it.due_on and it.due_on < today:
            yield Item(Point.COMMITMENT, it.title, it.due_on)
    for favour in held.favours:
        if favour.done_on is None and favour.due_on and favour.due_on < today:
            yield Item(Point.FAVOUR, favour.what, favour.due_on)


def _next(held: _Held, today: dt.date) -> Iterator[Item]:
    """What is planned or promised, from today on."""
    for review in held.reviews:
        if review.held_on is None and review.planned_on and review.planned_on >= today:
            yield Item(Point.REVIEW, "", review.planned_on)
    for it in held.commitments:
        if _running(it) and not (it.due_on and it.due_on < today):
            yield Item(Point.COMMITMENT, it.title, it.due_on)
    for favour in held.favours:
        if favour.done_on is None and not (favour.due_on and favour.due_on < today):
            yield Item(Point.FAVOUR, favour.what, favour.due_on)


def _agenda(held: _Held, today: dt.date, language: str) -> Iterator[str]:
    """What is gone through in the next review, as far as the client may read it."""
    ahead = [
        each
        for each in held.reviews
        if each.held_on is None and each.planned_on and each.planned_on >= today
    ]
    for review in sorted(ahead, key=lambda each: each.planned_on or today)[:1]:
        agenda = agenda_of(review.pk)
        points = agenda.for_paper if agenda.language == language else ()
        for point in points:
            own = point.lines if point.part in agenda.edited else ()
            yield ": ".join(filter(None, (point.title, "; ".join(own))))


def _running(it: Commitment) -> bool:
    return it.delivered_on is None and it.cancelled_on is None


def _by_day(item: Item) -> dt.date:
    return item.on or dt.date.max


def _to_put_right(held: _Held, verdict: Verdict) -> Iterator[Item]:
    """For ourselves: what went wrong and isn't made good, then what is open."""
    for rating in held.ratings:
        unhappy = rating.score <= verdict.policy.unhappy_at_most
        if unhappy and rating.recovered_on is None:
            words = f": “{rating.words}”" if rating.words else ""
            yield Item(Point.RATING, f"{rating.score} of 10{words}", rating.on)
    for referral in held.hurts:
        yield Item(Point.HURT, referral.new_person, referral.hurt_on)
    yield from _open(held, verdict.today)
