"""The texts of a review pack and of a recovery sheet, in the client's language (P14, P5)."""

from __future__ import annotations

from collections.abc import Callable

from .catalogue import catalogue


def pack_texts(language: str = "en") -> dict[str, str]:
    """Every text of a pack by its name; `{places}` are still to be filled.

    `language` tells which language they are in.
    """
    texts = catalogue(language)

    def say(text: str) -> str:
        return texts.texts.get(text) or text

    return {"language": texts.language, **_head(say), **_sections(say), **_marks(say)} | _charts(
        say
    )


Say = Callable[[str], str]


def _head(say: Say) -> dict[str, str]:
    return {
        "title": say("Review pack"),
        "for_client": say("for {client}"),
        "period": say("{since} to {until}"),
        "prepared_by": say("Prepared by {member}, {day}"),
        "prepared": say("Prepared on {day}"),
        "page": say("Page {page} of {pages}"),
        "lead_one": say("What we agreed on was delivered on or before the day."),
        "lead_all": say(
            "We agreed on {agreed} things, and delivered every one on or before the day."
        ),
        "lead_some": say(
            "Of the {agreed} things we agreed on, {delivered} are delivered, "
            "{kept} of them on or before the day."
        ),
        "lead_plain": say("What we agreed on, what came of it, and what comes next."),
        "tile_delivered": say("delivered, of what was agreed"),
        "tile_kept": say("on or before the day agreed"),
        "tile_solve": say("days to solve a case, half of them faster"),
        "tile_rating": say("your latest rating, {day}"),
        "tile_deeds": say("done for you besides, unpaid"),
        "of": say("{part} of {whole}"),
        "you_said": say("You told us on {day}"),
    }


def _sections(say: Say) -> dict[str, str]:
    return {
        "time_line": say("What we agreed, and when it came"),
        "cases": say("Your concerns, and how long they took"),
        "returns": say("What it brought"),
        "ratings": say("How satisfied you were"),
        "deeds": say("What we did besides"),
        "deeds_lede": say("None of this was on an invoice."),
        "open": say("What is still open"),
        "open_none": say("Nothing is open."),
        "next": say("What comes next"),
        "next_none": say("Nothing is planned yet: let us agree on it."),
        "agenda": say("For our meeting"),
        "more": say("and {count} more"),
        "value": say("Value of what was delivered"),
        "what": say("What"),
        "agreed": say("Agreed"),
        "due": say("Due"),
        "delivered": say("Delivered"),
        "result": say("Result"),
        "number": say("No."),
        "case": say("Concern"),
        "opened": say("Opened"),
        "solved": say("Solved"),
        "days": say("Days"),
        "you_confirmed": say("You confirmed"),
        "when": say("When"),
        "rating": say("Rating, of 10"),
    }


def _marks(say: Say) -> dict[str, str]:
    return {
        "on_time": say("on the day"),
        "early_one": say("1 day early"),
        "early": say("{days} days early"),
        "late_one": say("1 day late"),
        "late": say("{days} days late"),
        "is_delivered": say("delivered"),
        "is_open": say("under way"),
        "overdue": say("overdue"),
        "cancelled": say("cancelled"),
        "not_yet": say("not yet"),
        "point_case": say("Open concern"),
        "point_unconfirmed": say("Solved: is it, for you?"),
        "point_commitment": say("Agreed"),
        "point_favour": say("Promised"),
        "point_need": say("You are looking for"),
        "point_thanks": say("Our thanks for your introduction"),
        "point_review": say("Our next review"),
        "deed_favour": say("Favour"),
        "deed_referral": say("Introduced you to"),
        "since": say("since {day}"),
        "by": say("by {day}"),
        "was_due": say("was due {day}"),
        "on": say("on {day}"),
    }


def _charts(say: Say) -> dict[str, str]:
    return {
        "today": say("today"),
        "legend_span": say("from agreed to delivered"),
        "legend_due": say("day agreed for delivery"),
        "legend_kept": say("delivered on or before the day"),
        "legend_late": say("delivered later"),
        "legend_open": say("under way"),
        "legend_cancelled": say("cancelled"),
        "legend_confirmed": say("solved, and confirmed by you"),
        "legend_solved": say("solved"),
        "legend_median": say("median: {days} days"),
        "alt_time_line": say(
            "Time line of {count} things agreed, each from the day agreed to the day delivered, "
            "with the day due. On or before the day: {kept}. Later: {late}. Not delivered: {rest}. "
            "The table below holds every day."
        ),
        "alt_cases": say(
            "Bars: days to solve each of {count} concerns, from {least} to {most}, median {median}."
            " The table below holds every number."
        ),
        "alt_ratings": say(
            "Line of your ratings from {first} to {last}, in order: {scores} of 10. "
            "The table below holds every day."
        ),
        "alt_logo": say("Logo of {name}"),
    }


def recovery_texts() -> dict[str, str]:
    """The texts of a recovery sheet.

    It is for ourselves alone, so in the language of the rules, and in no catalogue.
    """
    return {
        "language": "en",
        "title": "Recovery sheet",
        "internal": "For ourselves only. Not for the client.",
        "lead": "There is no favourable overview to show yet. Put these right first.",
        "why": "Why there is no pack to show",
        "put_right": "What to put right",
        "put_right_none": "Nothing is overdue, open or owed: what is missing is something to show.",
        "point_rating": "Unhappy, not made good",
        "point_hurt": "Their name hurt, with",
        "point_commitment": "Overdue",
        "point_favour": "Promised, overdue",
        "point_need": "They are looking for",
        "point_thanks": "Thanks owed",
        "point_unconfirmed": "Solved, not confirmed",
        "then": "Then make the pack: it shows what was agreed and delivered, and is ready at once.",
    }
