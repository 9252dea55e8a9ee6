"""The tree, its reference evaluation, and what tracing refuses."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import quantiles

import pytest
from hypothesis import given

import warmhand.rulebook as rulebook
from tests.rulebook.cases import TODAY
from tests.rulebook.strategies import some_facts, some_policies
from warmhand.rulebook import FACTS, RULES, Policy, decide
from warmhand.rulebook.compiled import bound, verdict_function
from warmhand.rulebook.edges import NotTraceableError, edges
from warmhand.rulebook.moves import PROPOSALS
from warmhand.rulebook.rule import FactNames, SettingNames
from warmhand.rulebook.sources import COMMITMENT
from warmhand.rulebook.tree import Certain, Const, Known, holds, settle

f, p = FactNames(), SettingNames()


@given(some_facts(), some_policies())
def test_generated_python_says_what_the_tree_says(facts, policy):
    """The compiled rulebook against a plain walk over the trees as they were traced."""
    known = Known(facts=facts.as_dict(), settings=policy.numbers)
    raw = {code for code, rule in RULES.items() if not holds(rule.permits, known)}
    lifted = {code for code in raw if facts.as_dict().get(f"override_{code}", 0) > 0}
    objections = {code: code in raw - lifted for code in RULES}
    whole = Known(facts=known.facts, settings=known.settings, objections=objections)
    places = tuple(at for at, each in enumerate(PROPOSALS) if holds(each.when, whole))
    codes, overridden, moves = verdict_function(policy)(facts)
    assert (set(codes), set(overridden), moves) == (raw - lifted, lifted, places)


@given(some_facts(), some_policies())
def test_filling_in_the_settings_changes_nothing(facts, policy):
    known = Known(facts=facts.as_dict(), settings=policy.numbers)
    for rule in RULES.values():
        assert holds(settle(rule.permits, policy.numbers), known) == holds(rule.permits, known)


def test_python_truth_is_refused_while_tracing():
    with pytest.raises(TypeError, match="use &"):
        _ = (f.open_cases < 1) and (f.hurts < 1)
    with pytest.raises(TypeError, match="compare it"):
        _ = f.open_cases or f.hurts


def test_unknown_names_are_refused_while_tracing():
    with pytest.raises(AttributeError, match="no fact is called open_case"):
        _ = f.open_case
    with pytest.raises(AttributeError, match="no setting is called rest"):
        _ = p.rest


def test_a_column_that_may_be_empty_must_say_what_empty_means():
    with pytest.raises(KeyError):
        COMMITMENT["due_day"]
    with pytest.raises(KeyError):
        COMMITMENT.any("id")


@pytest.mark.parametrize(
    "truth",
    [
        f.tenure.equals(3),
        f.tenure > f.days_since_ask_1,
        f.tenure * 2 > 3,
        f.tenure + f.open_cases > 3,
    ],
)
def test_comparisons_whose_day_cannot_be_derived_are_refused(truth):
    with pytest.raises(NotTraceableError):
        edges([truth], {})


def test_not_true_is_false():
    assert settle(~Certain(True), {}) == Certain(False)
    assert not holds(~(Const(1) < 2), Known())


def test_settings_that_decide_alone_leave_nothing_to_compute():
    objects = bound(Policy(asks_per_period=0)).objects["ask_budget_spent"]
    assert objects == Certain(True)


def test_facts_are_never_null_and_say_what_they_are():
    for info in FACTS.values():
        assert isinstance(info.default, int)
        assert info.sentence
        assert info.practice


def test_public_names_are_pinned():
    assert sorted(rulebook.__all__, key=str) == sorted(set(rulebook.__all__), key=str)
    assert all(hasattr(rulebook, name) for name in rulebook.__all__)


def test_functions_of_the_rulebook_stay_small():
    sizes = [
        node.end_lineno - node.lineno + 1
        for path in Path(rulebook.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    assert quantiles(sizes, n=20)[-1] <= 15
    assert quantiles(sizes, n=2)[0] <= 8


def test_deciding_writes_nothing_and_reads_no_clock():
    first = decide(rulebook.Facts(), Policy(), TODAY)
    assert decide(rulebook.Facts(), Policy(), TODAY) == first
