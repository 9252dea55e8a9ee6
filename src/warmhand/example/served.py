"""A client who has been served long and well: what a review pack is made of (P14)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from warmhand.apps.giving.models import Favour, ReferralGiven
from warmhand.apps.work.models import Case, Commitment, Rating, Review

from .lives import Life

# Days before today: agreed, due, delivered; then what shows it, and what it was worth in euros.
_AGREED: tuple[tuple[str, str, str, tuple[int, int, int | None], tuple[str, str], int], ...] = (
    ("project", "Move the payroll to the new system", "no pay day missed", (285, 230, 236), ("figure", "Nine pay days since, none missed"), 18400),
    ("project", "New telephone system for the branches", "all branches within a week", (250, 190, 190), ("link", "https://harbour.example/reports/telephones"), 9600),
    ("trial", "Trial of the route planner", "one depot, one month", (215, 170, 161), ("figure", "Two hours less on the road each day"), 0),
    ("project", "Back-up and recovery plan", "restored within four hours", (180, 140, 148), ("file", "recovery-test.pdf"), 5200),
    ("information", "Overview of the new reporting duties", "before their board meets", (150, 130, 133), ("none", ""), 0),
    ("project", "Security check of the branch offices", "nothing red left", (95, 60, 64), ("figure", "Nothing red left; three points closed the same day"), 3900),
    ("sale", "Licences for the booking desk", "ready before the season", (35, -25, None), ("none", ""), 0),
)  # fmt: skip
# Days before today: opened, resolved, confirmed.
_CASES = (
    ("The scanners lose the network", 262, 257, 255),
    ("Wrong tax on one invoice", 208, 207, 205),
    ("The booking page is slow", 166, 158, 157),
    ("The new colleague has no access", 112, 111, 111),
    ("A report misses the last week", 71, 69, 66),
)
_RATINGS = ((228, 8, "Went better than we feared."), (155, 7, "Fine, if a little late."))
_FAVOURS = ((240, "Read over their tender before it went out"), (98, "Found them a speaker for their open day"))  # fmt: skip
# ruff: noqa: E501 - a table reads better with one record a line


def well_served(life: Life) -> None:
    """Agreed, delivered, solved and given to, over most of a year, and a review ahead."""
    for row in _AGREED:
        _agreed(life, *row)
    for title, opened, resolved, confirmed in _CASES:
        _case(life, title, _ago(life, opened), _ago(life, resolved), _ago(life, confirmed))
    for days, score, said in _RATINGS:
        _rated(life, _ago(life, days), score, said)
    for days, what in _FAVOURS:
        _add(
            life,
            Favour,
            days,
            f"Did for them: {what}.",
            what=what,
            done_on=_ago(life, days),
            minutes=40,
            member=life.keeper,
        )
    provider = "Tidewater Removals"
    _add(
        life,
        ReferralGiven,
        130,
        f"Referred them to {provider}.",
        provider=provider,
        given_on=_ago(life, 130),
        member=life.keeper,
    )
    _reviewed(life)


def _ago(life: Life, days: int) -> dt.date:
    return life.setting.today - dt.timedelta(days=days)


def _add(life: Life, model: Any, days: int, sentence: str, **values: Any) -> Any:
    return life.add(model, _ago(life, days), sentence, **values)


def _agreed(
    life: Life,
    kind: str,
    title: str,
    target: str,
    days: tuple[int, int, int | None],
    shown: tuple[str, str],
    euros: int,
) -> None:
    agreed, due, delivered = days
    worth = {"value": Decimal(euros), "currency": "EUR"} if euros else {}
    made = _add(
        life, Commitment, agreed, f"Agreed: {title}.", kind=kind, title=title, target=target,
        agreed_on=_ago(life, agreed), agreed_by=life.client.name, due_on=_ago(life, due),
        member=life.keeper, **worth,
    )  # fmt: skip
    if delivered is not None:
        on = _ago(life, delivered)
        proof = {"evidence_kind": shown[0], "evidence": shown[1]}
        made.then(on, life.keeper, f"Delivered: {title}.", delivered_on=on, **proof)


def _case(life: Life, title: str, opened: dt.date, resolved: dt.date, confirmed: dt.date) -> None:
    sentence = f"Opened the case '{title}' of {life.client.name}."
    made = life.add(Case, opened, sentence, title=title, opened_on=opened, member=life.keeper)
    made.then(resolved, life.keeper, f"Resolved: the case '{title}'.", resolved_on=resolved)
    said = f"The client confirmed as solved: the case '{title}'."
    made.then(confirmed, life.keeper, said, confirmed_on=confirmed)


def _rated(life: Life, on: dt.date, score: int, said: str) -> None:
    sentence = f"{life.client.name} rated us {score} of 10."
    life.add(Rating, on, sentence, on=on, score=score, words=said, source="note")


def _reviewed(life: Life) -> None:
    """One review held long ago, the next in a fortnight."""
    name = life.client.name
    held = {"held_on": _ago(life, 290), "rating": 8}
    review = _add(life, Review, 290, f"Held a review with {name}.", **held)
    sentence = f"{name} rated us 8 of 10."
    rated = {"on": held["held_on"], "score": 8, "source": "review", "review": review.record}
    _add(life, Rating, 290, sentence, **rated)
    ahead = life.setting.today + dt.timedelta(days=14)
    _add(life, Review, 3, f"Planned a review with {name} on {ahead}.", planned_on=ahead)
