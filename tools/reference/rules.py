"""One page per rule, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rulebook.cases import ONLY, TODAY, policy_for, with_
from warmhand.apps.accounts.abilities import ROLES, Ability, Role
from warmhand.rulebook import FACTS, MOVES, NEVER, RULES, SETTINGS, Lift, Policy, Reason, decide
from warmhand.rulebook.rule import Rule

from .conditions import readable
from .text import ARTICLES, NOTICE, code, fields, sources, table, value, words

LIFTS = {
    Lift.TIME: "Time: it goes by itself, on a day that the verdict names.",
    Lift.CLIENT: "The client: only they can change it.",
    Lift.US: "We: it is gone as soon as we have done what is said below, and recorded it.",
    Lift.NEVER: "Nothing.",
}

INTRODUCTION = """\
# Rules

A rule permits an ask or objects to it. Every objection that stands is told, not only the first.
The code is stable: programs may rely on it, and its page is always `reference/rules/CODE`. [Why
there are rules](../../explanation/rulebook.md) is told elsewhere.

"""


def pages() -> Iterator[tuple[str, str]]:
    """The list, then each rule's page."""
    yield "rules/index.md", _index()
    for rule in RULES.values():
        yield f"rules/{rule.code}.md", _page(rule)


def _index() -> str:
    rows = [
        (f"[{rule.title}]({name}.md)", code(name), rule.lift.value, sources(rule.practice))
        for name, rule in RULES.items()
    ]
    listed = "\n".join(RULES)
    tree = f"\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    return NOTICE + INTRODUCTION + table(("rule", "code", "what lifts it", "practice"), rows) + tree


def _page(rule: Rule) -> str:
    return "\n".join(
        (
            f"{NOTICE}# {rule.title}\n",
            f"{sources(' '.join(rule.meaning.split()))}\n",
            _about(rule),
            "## The condition\n",
            "Nothing objects while this holds:\n",
            f"```text\n{readable(rule.permits)}\n```\n",
            _settings(rule),
            _facts(rule),
            _example(rule),
        )
    )


def _about(rule: Rule) -> str:
    move = MOVES[rule.mended_by]
    return fields(
        (
            ("Code", code(rule.code)),
            ("Practice", sources(rule.practice)),
            ("Article", f"{rule.article}, “{ARTICLES[rule.article]}”"),
            ("What lifts it", LIFTS[rule.lift]),
            ("What to do", words(rule.mend) if isinstance(rule.mend, str) else "As it says."),
            ("The move that mends it", f"[{move.title}](#move-{move.move})"),
            ("Who may lift it by hand", _who(rule)),
        )
    )


def _who(rule: Rule) -> str:
    if not rule.overridable:
        return "Nobody."
    roles = ", ".join(role.title for role in Role if role in ROLES[Ability.OVERRIDE])
    return f"{roles}; with a reason and a last day, both kept in the journal."


def _settings(rule: Rule) -> str:
    if not rule.settings:
        return "No setting tunes this rule.\n"
    rows = [
        (f"[{info.title}](#setting-{name})", code(name), value(info.default), info.allowed)
        for name, info in ((name, SETTINGS[name]) for name in rule.settings)
    ]
    head = ("setting", "name", "default", "allowed")
    return f"## The settings that tune it\n\n{table(head, rows)}"


def _facts(rule: Rule) -> str:
    rows = [(code(name), FACTS[name].sentence, FACTS[name].unit.value) for name in rule.facts]
    return f"## The facts it looks at\n\n{table(('fact', 'meaning', 'unit'), rows)}"


def _example(rule: Rule) -> str:
    """The objection as it is told for a client who has earned everything else."""
    change = ONLY[rule.code]
    policy = policy_for(rule.code)
    decision = decide(with_(change), policy, TODAY)
    reason = next(each for each in decision.reasons if each.code == rule.code)
    told = ", ".join(f"`{name}` is {_number(value)}" for name, value in change.items())
    move = MOVES[decision.move].title
    return (
        "## Example\n\n"
        f"A client has earned the ask, but {told}. {_under(policy)}, on {TODAY:%d %B %Y}, a person "
        f"is told:\n\n> **{reason.sentence}** {reason.mend}\n\n"
        f"It is gone by time alone: {_gone(reason)}. The move is “{move}”.\n"
    )


def _under(policy: Policy) -> str:
    defaults = Policy().to_values()
    other = {k: v for k, v in policy.to_values().items() if v != defaults[k]}
    told = ", ".join(f"`{name}` set to `{value(put)}`" for name, put in other.items())
    return f"With {told}" if told else "With the default settings"


def _number(value: int) -> str:
    return "without an end" if value >= NEVER else str(value)


def _gone(reason: Reason) -> str:
    return f"on {reason.until:%d %B %Y}" if reason.until else "never"
