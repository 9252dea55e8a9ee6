"""What we know of providers when one is chosen: for a need and an enquiry alike (P31, P37).

What came of earlier referrals and what they declined counts for everybody. What they gave back, and
that they are an ally, counts only where the law of both sides lets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from warmhand.apps.followups.queries import outcomes_of_providers
from warmhand.apps.introductions.matches import Known, provider_ids
from warmhand.matching import Declined, Exchange, Outcome

from .models import Enquiry
from .queries.ledger import exchanges_that_count


def known_for_need(need_id: int) -> Known:
    """What is known of every provider, seen from a client's need."""
    return _known(Enquiry.objects.filter(need=need_id), {})


def known_for_enquiry(enquiry: Enquiry, lines: Mapping[int, Sequence[str]]) -> Known:
    """The same, seen from an enquiry. Noted anew for somebody else it is still the same one."""
    same = Enquiry.objects.filter(
        words=enquiry.words, client=enquiry.client_id, asker=enquiry.asker
    )
    return _known(same, lines)


def _known(same: Iterable[Enquiry], lines: Mapping[int, Sequence[str]]) -> Known:
    outcomes, exchanges = outcomes_of_providers(provider_ids()), exchanges_that_count()
    return Known(
        outcomes={pk: Outcome(each.followed_up, each.good) for pk, each in outcomes.items()},
        exchanges={pk: Exchange(*numbers) for pk, numbers in exchanges.items()},
        allies=frozenset(exchanges),
        declined=_declined({each.pk for each in same}),
        lines=lines,
    )


_NOES: Final[Mapping[str, str]] = {
    Enquiry.Answer.DECLINED: "",
    Enquiry.Answer.WRONG_FIT: "not what they do",
}
"""Answers that are a no, and what they say of why."""


def _declined(same: set[int]) -> dict[int, list[Declined]]:
    """Enquiries that a provider declined, the newest first; those in `same` are this very one."""
    found: dict[int, list[Declined]] = defaultdict(list)
    noes = Enquiry.objects.filter(answer__in=_NOES, provider__isnull=False)
    for pk, provider, answer in noes.order_by("-answered_on", "-pk").values_list(
        "pk", "provider_id", "answer"
    ):
        found[provider].append(Declined(_NOES[answer], pk in same))
    return found
