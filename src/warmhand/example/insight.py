"""What the team aims for: two targets, for every member."""

from __future__ import annotations

import datetime as dt
from typing import Final

from warmhand.apps.accounts.models import Member
from warmhand.apps.insight.models import GivingTarget

from .lives import Setting

MODELS: Final = (GivingTarget,)
"""Written after members."""


def goals(setting: Setting, owner: Member) -> None:
    """Some points a quarter, some favours a month."""
    on = setting.today - dt.timedelta(days=60)
    for measure, amount, every in (("points", 30, "quarter"), ("favours", 4, "month")):
        sentence = f"Set a target: Every member, {amount} {measure}."
        setting.ledger.add(
            GivingTarget, on, owner, sentence, measure=measure, amount=amount, every=every,
            set_by=owner,
        )  # fmt: skip
