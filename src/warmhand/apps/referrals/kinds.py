"""It turned out to be of another kind: an ask, with the referrals that came of it (P19, P20)."""

from __future__ import annotations

from warmhand.apps.asks import plans
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.services import KINDS, check_has_colleagues
from warmhand.apps.gratitude.rewards import check_unrewarded
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, Invalid

from .models import ReferralReceived
from .queries import referral_by_id


@journal.one_act()
def change_kind(*, by: Actor, ask_id: int, kind: str, why: str = "") -> Ask:
    """An ask was, or turned out to be, of another kind; its referrals go with it.

    Refused while a reward goes with it and the new kind isn't client to client (P20). One for a
    co-worker gets its plan.
    """
    if kind not in KINDS:
        raise Invalid.at("kind", f"Choose one of: {', '.join(KINDS)}.")
    ask = one(Ask, ask_id, "ask", lock=True, related=("client",))
    check_unrewarded(kind, ask_id=ask.pk)
    if kind == Ask.Kind.COWORKER:
        check_has_colleagues(ask.client)
    label = Ask.Kind(kind).label.lower()
    sentence = f"The ask of {ask.client.title} was {label}."
    changed = journal.change(ask, by=by, sentence=sentence, why=why, kind=kind)
    for referral in ReferralReceived.objects.filter(ask=ask).select_for_update():
        _change_referral(by, referral, kind, why)
    if kind == Ask.Kind.COWORKER:
        plans.make_plan(by=by, ask=changed)
    return changed


def _change_referral(by: Actor, referral: ReferralReceived, kind: str, why: str) -> None:
    label = Ask.Kind(kind).label.lower()
    sentence = f"The introduction of {referral.new_person} is {label}."
    journal.change(referral, by=by, sentence=sentence, why=why, kind=kind)


@journal.one_act()
def found_inside(*, by: Actor, referral_id: int, why: str = "") -> ReferralReceived:
    """The new person works at the client's own company: from now on it is client to co-worker.

    The ask that it came of was one then, too. Refused while a reward goes with it (P20). Where the
    ask brought somebody else besides, the ask stays what it was and this one leaves it.
    """
    referral = referral_by_id(referral_id, lock=True)
    if referral.kind == Ask.Kind.COWORKER:
        raise Conflict(
            "inside_already",
            f"{referral.new_person} is on record as a co-worker.",
            lift="Reload the page to see how it stands.",
        )
    check_has_colleagues(referral.client)
    if referral.ask_id is None:
        _change_referral(by, referral, Ask.Kind.COWORKER, why)
    elif ReferralReceived.objects.filter(ask_id=referral.ask_id).exclude(pk=referral.pk).exists():
        _leave_the_ask(by, referral, why)
    else:
        change_kind(by=by, ask_id=referral.ask_id, kind=Ask.Kind.COWORKER, why=why)
    return referral_by_id(referral_id)


def _leave_the_ask(by: Actor, referral: ReferralReceived, why: str) -> None:
    check_unrewarded(Ask.Kind.COWORKER, referral_id=referral.pk)
    sentence = f"{referral.new_person} works at the company of {referral.client.title}."
    kind = Ask.Kind.COWORKER
    journal.change(referral, by=by, sentence=sentence, why=why, kind=kind, ask=None)
