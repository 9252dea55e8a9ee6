"""Reviews in the stories: one soon, one invited, one who wishes for another time, some held."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.work.models import Review
from warmhand.matching.weekdays import next_working

from .lives import Life

_MINUTES = 60


def meets_soon(life: Life) -> None:
    """Picked a time on the page of an invitation: lunch in a few days."""
    on = _working(life.setting.today + dt.timedelta(days=3))
    start = _at(life, on, 12)
    name = life.client.name
    review = _planned(life, on, start, 90, kind="lunch", place="The Net Loft, Quay 4")
    later = [_at(life, _working(on + dt.timedelta(days=n)), 12) for n in (1, 4)]
    invitation = _invited(life, 4, [start, *later], kind="lunch", minutes=90)
    invitation.then(
        _ago(life, 2), life.keeper, f"{name} takes {start:%d %B %Y} for the review.",
        state="picked", review=review.record, sequence=1,
        answered_at=_at(life, _ago(life, 2), 17),
    )  # fmt: skip
    invitation.record.place = "The Net Loft, Quay 4"


def was_invited(life: Life) -> None:
    """Invited two days ago, and thinking about it."""
    _invited(life, 2, _times(life))


def wishes_for_another_time(life: Life) -> None:
    """None of the times suits; said so yesterday."""
    said = "We have the auditors in the house until Thursday. The week after, mornings?"
    _invited(life, 3, _times(life)).then(
        _ago(life, 1), life.keeper, f"{life.client.name} wishes for another time for the review.",
        state="wish", wish=said, sequence=1,
        answered_at=_at(life, _ago(life, 1), 9),
    )  # fmt: skip


def met_yesterday(life: Life) -> None:
    """A meeting that was planned and is over; nobody has recorded it."""
    on = _ago(life, 1)
    _planned(life, on, _at(life, on, 10), _MINUTES, kind="call")


def was_met(life: Life) -> None:
    """A good review before the ask of last month."""
    on, name = _ago(life, 33), life.client.name
    life.add(
        Review, on, f"Held a review with {name}.", held_on=on, rating=9, member=life.keeper,
        kind="visit", words="Everything on the day you named. I would do it again.",
    )  # fmt: skip


def told_us_in_a_review(life: Life) -> None:
    """The low rating was given in a review: recovery comes before anything else."""
    on, name = _ago(life, 6), life.client.name
    life.add(
        Review, on, f"Held a review with {name}.", held_on=on, rating=2, member=life.keeper,
        kind="call", words="Nobody called back for three days.",
    )  # fmt: skip


def _times(life: Life) -> list[dt.datetime]:
    first = _working(life.setting.today + dt.timedelta(days=5))
    days = (first, _working(first + dt.timedelta(days=1)), _working(first + dt.timedelta(days=2)))
    return [_at(life, day, hour) for day, hour in zip(days, (10, 14, 11), strict=True)]


def _planned(life: Life, on: dt.date, start: dt.datetime, minutes: int, **values: Any) -> Any:
    sentence = f"Planned a review with {life.client.name} on {on}."
    return life.add(
        Review, _ago(life, 2), sentence, planned_on=on, starts_at=start, member=life.keeper,
        ends_at=start + dt.timedelta(minutes=minutes), **values,
    )  # fmt: skip


def _invited(life: Life, days: int, starts: list[dt.datetime], **values: Any) -> Any:
    client = life.client
    values = {"kind": "call", "minutes": _MINUTES, **values}
    return life.add(
        ReviewInvitation, _ago(life, days), f"Invited {client.name} to a review.",
        member=life.keeper, times=[each.isoformat() for each in sorted(set(starts))],
        subject="A look back on our work: when does it suit you?",
        words="We would like to look back with you on our work, and hear how satisfied you are.",
        language=client.language, timezone=client.timezone,
        uid=f"{uuid.uuid5(uuid.NAMESPACE_DNS, client.name).hex}@warmhand", **values,
    )  # fmt: skip


def _ago(life: Life, days: int) -> dt.date:
    return life.setting.today - dt.timedelta(days=days)


def _at(life: Life, on: dt.date, hour: int) -> dt.datetime:
    here = dt.datetime.combine(on, dt.time(hour), tzinfo=life.setting.ledger.zone)
    return here.astimezone(dt.UTC)


def _working(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend."""
    return next_working(day)
