"""Anybody's own words for an ask, checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import BaseModel, Field
from pydantic import StringConstraints as Limits

from warmhand.api.door import route
from warmhand.api.fields import In, Line, Text
from warmhand.api.keys import Call
from warmhand.listening.encoder import encoder_or_none
from warmhand.wording import CODES, Channel, Formality, Kind, Moment, check, context_from

router = Router(tags=["wording"])
Names = Annotated[list[Line], Field(max_length=1000)]


class ContextIn(In):
    """What is known around the text; all of it may be left out."""

    kind: Literal[tuple(Kind)] | None = Field(  # type: ignore[valid-type]
        None, description="The kind of ask that the text is meant as."
    )
    moment: Literal[tuple(Moment)] = "other"  # type: ignore[valid-type]
    channel: Literal[tuple(Channel)] = "spoken"  # type: ignore[valid-type]
    formality: Literal[tuple(Formality)] = "neutral"  # type: ignore[valid-type]
    client: Line = ""
    company: Line = ""
    case: Line = Field("", description="The concern that was resolved.")
    agreed: Line = Field("", description="What was agreed and delivered.")
    delivered: Line = Field("", description="The day it was delivered, as it is to be said.")
    liked: Text = Field("", description="The client's own words on it.")
    other_clients: Names = Field([], description="Names that may not be said.")
    facts: Names = Field([], description="Facts of others that may not be said.")
    reward: bool = Field(False, description="Something is given for it.")
    disclosure: Text = Field("", description="What must then stand in the text.")


class WordingIn(In):
    """A text, as somebody means to say or send it."""

    text: Annotated[str, Limits(min_length=1, max_length=10_000)]
    context: ContextIn = Field(default_factory=lambda: ContextIn.model_validate({}))


class BreachOut(BaseModel):
    """One thing that is wrong."""

    code: Literal[tuple(CODES)]  # type: ignore[valid-type]
    span: list[int] = Field(description="From and up to, in characters of the text.")
    sentence: str
    suggestion: str = Field(description="What to say instead.")
    practice: str


class HasOut(BaseModel):
    """What the text has."""

    we: bool = Field(description="It speaks as 'we'.")
    reconfirm: bool = Field(description="It says or asks that their concern is resolved.")
    help: bool = Field(description="It offers help to somebody else.")


class WhyNotOut(BaseModel):
    """Why a text wasn't read."""

    code: str = Field(description="'other_language': the text isn't English.")
    sentence: str
    lift: str = Field(description="What to do instead.")


class CheckedOut(BaseModel):
    """What a text asks for, what it has, and what it gets wrong."""

    kind: Literal["intro", "rec", "none"] = Field(
        description="An introduction; a recommendation, reference or review; or nothing."
    )
    breaches: list[BreachOut]
    has: HasOut
    read_by: str = Field(
        description="'rules and encoder', 'rules' where there is no encoder, or 'nothing'."
    )
    reason: WhyNotOut | None = Field(
        None,
        description="Why it wasn't read, as where it isn't English; then `breaches` has only "
        "names and facts that may not be said, and a disclosure that is left out.",
    )


@route(router, "POST", "/wording/check", CheckedOut, scope="read")
def check_wording(request: Call, body: WordingIn) -> Any:
    """Check anybody's own words for an ask; nothing is written.

    Each breach comes with its place in the text and a suggested wording. English; of a text in
    another language `reason` says so.
    """
    context = context_from(body.context.model_dump(exclude_unset=True))
    return check(body.text, context, encoder=encoder_or_none()).as_dict()
