"""The texts of the pages that clients open without an account, in their language.

Every text stands here once; `version_of` names the very words that somebody answered to, which is
kept as proof.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from .catalogue import Catalogue


def version_of(page: str, catalogue: Catalogue, texts: Any) -> str:
    """A name for the words of a page, such as 'survey-de-1f2e3d4c5b6a': other words, other name."""
    plain = json.dumps(asdict(texts), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{page}-{catalogue.language}-{digest}"


@dataclass(frozen=True, slots=True)
class GoneTexts:
    """What somebody reads whose link opens nothing; the same for every cause."""

    title: str
    sentence: str
    lift: str


def gone_texts(catalogue: Catalogue) -> GoneTexts:
    """Wrong, cut off, out of time, withdrawn, answered long ago: no telling which."""
    say = catalogue.say
    return GoneTexts(
        title=say("This page isn't open"),
        sentence=say(
            "The link may have been cut off on its way to you, or its time is over, or all is "
            "answered already."
        ),
        lift=say("If you were going to tell us something, please answer the person who sent it."),
    )


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """What stands round every page of a client, and what is said when a form can't be taken."""

    skip: str
    sent_by: str
    private: str
    too_quick: str
    once_more: str
    meanwhile: str
    not_taken: str


def frame_texts(catalogue: Catalogue, *, workspace: str) -> FrameTexts:
    """The frame, in the name of the workspace."""
    say = catalogue.say
    return FrameTexts(
        skip=say("Skip to the content"),
        sent_by=say("A page of {workspace}", workspace=workspace),
        private=say(
            "This page sets no cookies and notes nothing until you press Send. Your answer is kept "
            "with its time and the address it came from, as proof that nobody else gave it."
        ),
        too_quick=say(
            "That was quicker than anybody reads, so we didn't take it: mail scanners press "
            "buttons too. Please look at your answer and press Send once more."
        ),
        once_more=say("This page was open for a long time. Please press Send once more."),
        meanwhile=say(
            "An answer has come in meanwhile. You see it below; correct it if it isn't right."
        ),
        not_taken=say("We couldn't take this yet. Please look at what is marked below."),
    )
