"""The moment: a case was just resolved, confirmed or reopened; may we ask, and in which words?"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import Day, Id, In, Line, Title
from warmhand.api.keys import Call
from warmhand.api.verdicts import DecisionOut, VerdictOut
from warmhand.apps.moves import moments
from warmhand.apps.people import queries as people
from warmhand.wording import Channel, Formality

router = Router(tags=["moments"])


class ClientKey(In):
    """A client by an e-mail address, or by the name another system has for them."""

    email: Line = ""
    source: Line = Field("", max_length=60)
    ref: Line = ""


class CaseKey(In):
    """A case by the name another system has for it; opened under `title` if it isn't on record."""

    source: Line = Field("", max_length=60)
    ref: Line = ""
    title: Title = "A concern"


class MomentIn(In):
    """What just happened to which case."""

    what: Literal["resolved", "confirmed", "reopened"]
    client: Id | ClientKey | None = Field(None, description="May be left out with a case's number.")
    case: Id | CaseKey
    on: Day | None = Field(None, description="Today when left out.")
    channel: Literal[tuple(Channel)] = Field(  # type: ignore[valid-type]
        "spoken", description="How the ask would reach them."
    )
    formality: Literal[tuple(Formality)] = "neutral"  # type: ignore[valid-type]
    language: str = Field(
        "", max_length=12, description="Such as 'de'; the client's own when left out."
    )


class CaseShort(BaseModel):
    """The case as it stands now."""

    id: int
    title: str
    state: str


class StepOut(BaseModel):
    """One thing to say."""

    title: str
    say: str
    practice: str


class WordingOut(BaseModel):
    """The words of an ask: reconfirm first, then 'we', and whom we might help."""

    text: str
    variant: str = Field(description="Names the wording, so that answers can be compared.")
    kind: str
    moment: str
    channel: str
    formality: str
    subject: str = Field(description="Of an e-mail; empty otherwise.")
    steps: list[StepOut]


class MomentOut(BaseModel):
    """The verdict in the moment."""

    case: CaseShort
    what: str
    verdict: VerdictOut
    if_confirmed: DecisionOut = Field(description="The decision behind the client's 'yes'.")
    wording: WordingOut | None = Field(description="Null where an ask isn't right.")


@route(router, "POST", "/moments", MomentOut, scope="moments")
def tell_moment(request: Call, body: MomentIn) -> Any:
    """Tell what just happened to a case, and get the verdict and the words.

    Send an `Idempotency-Key`, so that a repeated call has one effect and the same answer.
    """
    ref = _case_ref(body)
    manner = moments.Manner(Channel(body.channel), Formality(body.formality), body.language)
    told = moments.tell(by=request.auth.by, ref=ref, what=body.what, on=body.on, manner=manner)
    return told.as_dict()


def _case_ref(body: MomentIn) -> moments.CaseRef:
    client_id = _client_id(body.client)
    if isinstance(body.case, int):
        return moments.CaseRef(case_id=body.case, client_id=client_id)
    return moments.CaseRef(
        client_id=client_id,
        source=body.case.source,
        source_ref=body.case.ref,
        title=body.case.title,
    )


def _client_id(client: int | ClientKey | None) -> int | None:
    if client is None:
        return None
    if isinstance(client, int):
        return people.client_by_id(client).pk
    key = people.client_by_reference(
        email=client.email, source=client.source, source_ref=client.ref
    )
    return key.pk
