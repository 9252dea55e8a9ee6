"""The sentences of an ask in English; `texts/<language>.po` holds them in other languages.

`_` only marks a text for the catalogues: it is looked up when it is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .choices import Formality, Kind, Moment

Manner = Mapping[Formality, str]


def _(text: str) -> str:
    return text


def _manner(relaxed: str, neutral: str, formal: str) -> Manner:
    return {Formality.RELAXED: relaxed, Formality.NEUTRAL: neutral, Formality.FORMAL: formal}


THANKS: Final[Mapping[Moment, Manner]] = {
    Moment.REVIEW: _manner(
        _("thanks for going through it all with us."),
        _("thank you for taking the time to review our work with us."),
        _("we are grateful for the time you took to review our work with us."),
    ),
}
"""Said before anything else, where the moment has something to thank for."""

CASE: Final = _manner(
    _("is '{case}' all sorted for you now?"),
    _("before anything else: can you confirm that your concern '{case}' is resolved?"),
    _("before anything else, may we ask you to confirm that your concern '{case}' is resolved?"),
)
DELIVERED: Final = _manner(
    _("are you still happy with '{what}', nothing left open?"),
    _("before anything else: are you still happy with '{what}', and is nothing left open?"),
    _(
        "before anything else, may we ask whether you are still satisfied with '{what}', and "
        "whether nothing is left open?"
    ),
)
IF_NOT: Final = _manner(
    _("If not, tell us and we'll carry on; the rest can wait."),
    _("If it isn't, tell us and we go on with it; the rest of this message can wait."),
    _("If it is not, please let us know: we shall attend to it, and the rest can wait."),
)
"""In writing nobody can interrupt: a 'no' ends the ask (P12)."""

ANY_CONCERN: Final = _manner(
    _("First, is everything sorted the way you wanted?"),
    _("Before anything else: is everything resolved the way you wanted it?"),
    _("Before anything else, may we ask whether everything is resolved to your satisfaction?"),
)
DISCLOSURE: Final = _("Please tell them that you receive something from us for it.")
RELATION: Final = _("We work with others in your position, too.")

AGREED: Final = _("We agreed on {what}, and we delivered it.")
AGREED_ON: Final = _("We agreed on {what}, and we delivered it on {delivered}.")
AGREED_DUE: Final = _("We agreed on {what} by {due}, and we delivered it.")
AGREED_DUE_ON: Final = _("We agreed on {what} by {due}, and we delivered it on {delivered}.")
DAY: Final = _("d MMMM y")
"""How a day is written, in the letters of Unicode's dates."""
WHAT: Final = _("'{what}'")
WHAT_WITH_TARGET: Final = _("'{what}' ({target})")
LIKED: Final = _manner(
    _("You said: '{liked}'"), _("You told us: '{liked}'"), _("In your own words: '{liked}'")
)

EARNED: Final = _manner(
    _("So, have we earned a question? {question}"),
    _("Have we earned the right to ask you something? {question}"),
    _("If you feel that we have earned it, may we ask you something? {question}"),
)
"""Asks leave first (P14)."""

WHO: Final = _manner(
    _("Who else do you know that we could help like that?"),
    _("Who else do you know whom we might be able to help in the same way?"),
    _("Whom else do you know that we might be able to help in the same way?"),
)
WHO_OUTSIDE: Final = _manner(
    _("Who else do you know outside {company} that we could help like that?"),
    _("Who else do you know outside {company} whom we might be able to help in the same way?"),
    _("Whom else do you know outside {company} that we might be able to help in the same way?"),
)
COLLEAGUE: Final = _manner(
    _(
        "Is there a colleague in another part of {company} we could help too, and would you come "
        "along to a first lunch or call?"
    ),
    _(
        "Is there a colleague in another part of {company} whom we might be able to help, and "
        "would you join us for a first lunch or call?"
    ),
    _(
        "Is there a colleague in another part of {company} whom we might be able to help, and "
        "would you be willing to accompany us to a first lunch or call?"
    ),
)
YOUR_COMPANY: Final = _manner(_("your firm"), _("your company"), _("your company"))
MORE: Final = _manner(
    _("Is there something else we could help you with?"),
    _("Is there something else that we might be able to help you with?"),
    _("Is there any other matter in which we might be able to help you?"),
)
PASS_ON: Final = _manner(
    _("If it's easier, just pass this on: {offer}."),
    _("If that is easier for you, there is something you may pass on: {offer}."),
    _("Should that be easier for you, you are welcome to pass this on: {offer}."),
)
"""Something valuable for the other person makes it easy (P22)."""

WAY_OUT: Final = _manner(
    _("If nobody comes to mind, that's perfectly fine."),
    _("If nobody comes to mind, or it isn't the time, that is perfectly fine."),
    _("Should nobody come to mind, or should it not be the time, that is perfectly fine."),
)
WAY_OUT_MORE: Final = _manner(
    _("If not, that's perfectly fine."),
    _("If there is nothing, or it isn't the time, that is perfectly fine."),
    _("Should there be nothing, or should it not be the time, that is perfectly fine."),
)
GREETING: Final = _manner(_("Hi {name},"), _("Hello {name},"), _("Dear {name},"))
GREETING_NAMELESS: Final = _manner(_("Hi,"), _("Hello,"), _("Good day,"))
CLOSING: Final = _manner(_("All the best,"), _("Kind regards,"), _("Yours sincerely,"))
SUBJECT_CASE: Final = _("Is '{case}' resolved?")
SUBJECT_DELIVERED: Final = _("How is '{what}' going?")

TITLE_RECONFIRM: Final = _("Reconfirm first; a 'no' ends the ask")
TITLE_SHOW: Final = _("Show what was agreed, delivered and liked")
TITLE_ASK: Final = _("Ask, as 'we', to help")
TITLE_PASS_ON: Final = _("Make it easy to pass on")
TITLE_NAMES: Final = _("Names they might think of")
TITLE_WAY_OUT: Final = _("Leave an easy way out")

QUESTIONS: Final[Mapping[Kind, Manner]] = {
    Kind.CLIENT: WHO,
    Kind.COWORKER: COLLEAGUE,
    Kind.MORE: MORE,
}
