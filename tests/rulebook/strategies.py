"""Facts and policies for property tests: every fact on both sides of every threshold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from warmhand.rulebook import FACTS, NEVER, SETTINGS, Facts, Policy, Unit

EDGES = (0, 1, 7, 29, 30, 31, 89, 90, 91, 179, 180, 181, 182, 183, 364, 365, 366, 1000)
AGES = st.sampled_from(EDGES) | st.just(NEVER) | st.integers(-3, 800)
COUNTDOWNS = st.integers(-40, 40)
BY_UNIT = {
    Unit.COUNT: st.integers(0, 3),
    Unit.FLAG: st.integers(0, 1),
    Unit.AGE: AGES,
    Unit.COUNTDOWN: COUNTDOWNS,
    Unit.SCORE: st.integers(-1, 10),
}
BUSY = (("busy_starts_in", "busy_days_left"), ("next_busy_starts_in", "next_busy_days_left"))
LINES = (
    [f"days_since_ask_{nth}" for nth in range(1, 5)],
    [f"days_since_company_ask_{nth}" for nth in range(1, 7)],
)


def fact(name: str):
    """A value that a fact can have, its declared default among them."""
    info = FACTS[name]
    return BY_UNIT[info.unit] | st.just(info.default)


@st.composite
def some_facts(draw) -> Facts:
    """Facts of a client: usually a good one with a few things different."""
    from tests.rulebook.cases import EARNED

    names = draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=12, unique=True))
    start = draw(st.sampled_from((EARNED, EARNED, Facts())))
    changed = {name: draw(fact(name)) for name in names}
    if "consent" in changed:
        changed["consent"] = draw(st.integers(-1, 1))
    return in_line(replace(start, **changed))


def in_line(facts: Facts) -> Facts:
    """The latest ask is not older than the one before it; a busy time has two ends or none."""
    values = facts.as_dict()
    for names in LINES:
        for name, value in zip(names, sorted(values[name] for name in names), strict=True):
            values[name] = value
    for start, left in BUSY:
        if abs(values[start]) >= NEVER or abs(values[left]) >= NEVER:
            values[start] = values[left] = NEVER
    return Facts(**values)


def setting(name: str):
    """An allowed value of a setting."""
    info = SETTINGS[name]
    if info.choices:
        return st.sampled_from(info.choices)
    if info.kind == "yes or no":
        return st.booleans()
    return st.integers(info.minimum, info.maximum)


@st.composite
def some_policies(draw) -> Policy:
    """The default with a few settings changed."""
    names = draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=6, unique=True))
    return Policy.from_values({name: draw(setting(name)) for name in names})
