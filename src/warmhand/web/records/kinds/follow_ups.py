"""What can be noted about a referral given after it was given: what both sides say of it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from warmhand.apps.followups import queries, services
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import fields as fields_forms
from warmhand.web.records.forms import follow_ups as forms
from warmhand.web.records.places import page_of_follow_up, page_of_link

_PAGE = "One choice and Send, in their language. Nothing is sent before you do."


def _note(side: str) -> Any:
    return partial(services.note_answer, side=side)


def _ask(side: str) -> Any:
    return partial(services.ask_side, side=side)


ABOUT_A_REFERRAL: Final = {
    "client-says": Act(
        "Follow up",
        forms.SaysForm,
        _note("client"),
        "chat-bubble-left-right",
        "What the client says: are they doing business, are they happy?",
        shows=page_of_follow_up,
    ),
    "provider-says": Act(
        "Follow up with the provider",
        forms.SaysForm,
        _note("provider"),
        "building-storefront",
        "What they say. Name the client to them only where the client is fine with it.",
        shows=page_of_follow_up,
    ),
    "ask-client": Act(
        "Ask the client by a link",
        fields_forms.NoFields,
        _ask("client"),
        "paper-airplane",
        _PAGE,
        then=page_of_link,
        submit="Make the link",
    ),
    "ask-provider": Act(
        "Ask the provider by a link",
        forms.AskProvider,
        _ask("provider"),
        "paper-airplane",
        _PAGE,
        then=page_of_link,
        submit="Make the link",
    ),
}
FOLLOW_UP: Final = Kind(
    "follow-up",
    queries.follow_up_by_id,
    "follow_up_id",
    {"edit": change(forms.SaysForm, services.change_answer)},
    services.remove_answer,
)
