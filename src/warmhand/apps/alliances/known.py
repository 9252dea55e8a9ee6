"""What we know of providers when one is chosen: for a need and an enquiry alike (P31, P37).

What came of earlier referrals and what they declined counts for everybody. What they gave back, and
that they are an ally, counts only where the law of both sides lets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import BooleanField, Case, Q, Value, When

from warmhand.apps.accounts import days
from warmhand.apps.followups.queries import outcomes_of_providers
from warmhand.apps.introductions.matches import Known, provider_ids
from warmhand.matching import Declined, Exchange, Outcome

from .models import Enquiry
from .queries.ledger import Allied, allied, exchanges_that_count


def known_for_need(need_id: int) -> Known:
    """What is known of every provider, seen from a client's need."""
    return _known(Q(need=need_id), {}, allied(days.today()))


def known_for_enquiry(
    enquiry: Enquiry, lines: Mapping[int, Sequence[str]], allies: Allied
) -> Known:
    """The same, seen from an enquiry. Noted anew for somebody else it is still the same one."""
    same = Q(words=enquiry.words, client=enquiry.client_id, asker=enquiry.asker)
    return _known(same, lines, allies)


def _known(same: Q, lines: Mapping[int, Sequence[str]], allies: Allied) -> Known:
    outcomes, exchanges = outcomes_of_providers(provider_ids()), exchanges_that_count(allies)
    return Known(
        outcomes={pk: Outcome(each.followed_up, each.good) for pk, each in outcomes.items()},
        exchanges={pk: Exchange(*numbers) for pk, numbers in exchanges.items()},
        allies=frozenset(exchanges),
        declined=_declined(same),
        lines=lines,
    )


_NOES: Final[Mapping[str, str]] = {
    Enquiry.Answer.DECLINED: "",
    Enquiry.Answer.WRONG_FIT: "not what they do",
}
"""Answers that are a no, and what they say of why."""


def _declined(same: Q) -> dict[int, list[Declined]]:
    """Enquiries that a provider declined, the newest first; those that fit `same` are this one."""
    found: dict[int, list[Declined]] = defaultdict(list)
    this = Case(When(same, then=Value(True)), default=Value(False), output_field=BooleanField())
    noes = Enquiry.objects.filter(answer__in=_NOES, provider__isnull=False).annotate(this=this)
    for provider, answer, is_this in noes.order_by("-answered_on", "-pk").values_list(
        "provider_id", "answer", "this"
    ):
        found[provider].append(Declined(_NOES[answer], is_this))
    return found
