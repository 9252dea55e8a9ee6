"""What a wording can get wrong: each code once, with its practice and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """One way to ask wrongly. `code` is stable: programs may rely on it."""

    code: str
    practice: str
    sentence: str
    mend: str


CODES: Final = {
    each.code: each
    for each in (
        Code(
            "no_reconfirmation",
            "P12",
            "The ask comes before they have said that their concern is resolved.",
            "Ask first whether it is; if it isn't, they will say so, and you go on solving.",
        ),
        Code(
            "i_not_we",
            "P13",
            "It says 'I' where 'we' belongs.",
            "You act for everybody here, so say 'we', 'us' and 'our'.",
        ),
        Code(
            "no_help",
            "P13",
            "It asks for a name, and offers that person no help.",
            "Ask whom we might help.",
        ),
        Code(
            "bare_referrals",
            "P17",
            "It asks for referrals outright and shows nothing that has earned them.",
            "Name what was agreed, delivered and liked, then ask for one person.",
        ),
        Code(
            "recommend_not_introduce",
            "P8",
            "'Recommend' or 'reference' is heard as saying good things when asked.",
            "If you mean an introduction, ask for one.",
        ),
        Code(
            "reward_to_coworker",
            "P20",
            "It offers something for a colleague's name; that puts them in a conflict of interest.",
            "Leave the reward out. Here it is never possible.",
        ),
        Code(
            "reward_undisclosed",
            "P20",
            "It offers something, and doesn't say that the other person must be told of it.",
            "Add the disclosure. The legal pack us-ftc-255 asks for it, and fairness does.",
        ),
        Code(
            "others_facts",
            "P24",
            "It tells something about another client.",
            "Say no more of them than that you work together.",
        ),
        Code(
            "pressure",
            "P18",
            "It puts them under pressure.",
            "Make a 'no' easy: a name that is pressed out of somebody helps nobody.",
        ),
    )
}
