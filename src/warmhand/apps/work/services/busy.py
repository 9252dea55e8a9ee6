"""Busy times of companies, kept apart by at least a day; quarter ends among them (P15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from dateutil.relativedelta import relativedelta

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import company_by_id
from warmhand.apps.work.models import BusyTime
from warmhand.apps.work.queries import busy_time_by_id
from warmhand.problems import Invalid

QUARTERS_AHEAD = 5
_MONTHS = 3


def set_busy_time(
    *,
    by: Actor,
    company_id: int,
    starts_on: dt.date,
    ends_on: dt.date,
    label: str = "",
    kind: str = BusyTime.Kind.BUSY,
    instead_of_id: int | None = None,
) -> BusyTime:
    """A time in which the company isn't to be bothered, both days included.

    Times that it overlaps, or that follow without a day between, become one with it: one entry,
    and an undo brings them all back. `instead_of_id` is the one that it corrects.
    """
    company = company_by_id(company_id, lock=True)  # one at a time: they must not touch
    wanted = _period(company_id, starts_on, ends_on)
    old = [busy_time_by_id(instead_of_id, lock=True)] if instead_of_id else []
    merged = _grow(wanted, but={each.pk for each in old})
    return journal.create(
        BusyTime,
        by=by,
        sentence=f"Noted a busy time of {company.name}: {wanted.starts_on} to {wanted.ends_on}.",
        instead_of=[*old, *merged],
        company=company,
        starts_on=min([wanted.starts_on, *(each.starts_on for each in merged)]),
        ends_on=max([wanted.ends_on, *(each.ends_on for each in merged)]),
        label=_label(label, merged),
        kind=kind,
    )


def _period(company_id: int, starts_on: dt.date, ends_on: dt.date) -> BusyTime:
    days.planned("starts_on", starts_on)
    days.planned("ends_on", ends_on)
    if ends_on < starts_on:
        raise Invalid.at("ends_on", "It ends before it starts.")
    return BusyTime(company_id=company_id, starts_on=starts_on, ends_on=ends_on)


def _grow(wanted: BusyTime, but: set[int]) -> list[BusyTime]:
    """What `wanted` touches. Those don't touch each other, so no second look is needed."""
    return list(wanted.touching().exclude(pk__in=but).select_for_update())


def _label(label: str, merged: Sequence[BusyTime]) -> str:
    named = dict.fromkeys([label, *(each.label for each in merged)])
    return "; ".join(name for name in named if name)[:200]


def remove_busy_time(*, by: Actor, busy_time_id: int, why: str = "") -> BusyTime:
    """They aren't busy then after all."""
    busy = busy_time_by_id(busy_time_id, lock=True)
    sentence = f"Removed a busy time of {busy.company.name}: {busy.starts_on} to {busy.ends_on}."
    return journal.remove(busy, by=by, sentence=sentence, why=why)


def add_quarter_ends(*, by: Actor, company_id: int, days_before: int) -> list[BusyTime]:
    """The last `days_before` days of the company's coming five quarters, as busy times.

    The policy's `quarter_end_days` says how many. Quarters already on record are left alone;
    returns what was added (nothing where the month in which their year ends isn't known).
    """
    company = company_by_id(company_id, lock=True)
    if not company.year_end_month or days_before < 1:
        return []
    added = []
    for start, end in quarter_end_times(company.year_end_month, days.today(), days_before):
        if not _covered(company_id, start, end):
            added.append(
                set_busy_time(
                    by=by,
                    company_id=company_id,
                    starts_on=start,
                    ends_on=end,
                    label=f"Quarter end {end:%Y-%m}",
                    kind=BusyTime.Kind.QUARTER_END,
                )
            )
    return added


def _covered(company_id: int, start: dt.date, end: dt.date) -> bool:
    covering = BusyTime.objects.filter(company_id=company_id, starts_on__lte=start)
    return covering.filter(ends_on__gte=end).exists()


def quarter_end_times(
    year_end_month: int, today: dt.date, days_before: int
) -> Iterator[tuple[dt.date, dt.date]]:
    """The last `days_before` days of the coming five quarters, first and last day of each."""
    for end in quarter_ends(year_end_month, today):
        yield end - dt.timedelta(days=days_before - 1), end


def quarter_ends(year_end_month: int, today: dt.date) -> Iterator[dt.date]:
    """The last days of the coming five quarters, this one's included, of such a year."""
    months_left = (year_end_month - today.month) % _MONTHS
    for nth in range(QUARTERS_AHEAD):
        yield today + relativedelta(months=months_left + nth * _MONTHS, day=31)
