"""The clock of introductions: who is silent, and whose data are to be forgotten."""

from __future__ import annotations

from typing import Final

from procrastinate.contrib.django import app

from warmhand.apps.alliances import services as alliances
from warmhand.apps.followups import services as follow_ups
from warmhand.apps.introductions import services
from warmhand.jobs.everywhere import everywhere

ELSEWHERE: Final = services.Elsewhere(
    of_need=alliances.forget_enquiries,
    of_referral=follow_ups.forget_words,
    last_of_need=alliances.last_enquired,
    last_of_referral=follow_ups.last_words,
)
"""Who else holds words about a third person."""


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="introductions_move_on", lock="introductions_move_on")
def move_introductions_on(timestamp: int) -> int:
    """Ask the next provider where one let their days pass, in every workspace."""
    return sum(everywhere(services.move_on))


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="introductions_forget", lock="introductions_forget")
def forget_third_persons(timestamp: int) -> int:
    """Forget third persons a month after the last thing that happened (GDPR Art. 14)."""
    return sum(everywhere(lambda: services.forget_unused(ELSEWHERE)))
