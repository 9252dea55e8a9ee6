"""The reference is written from the code: nothing is missing from it, nothing points nowhere."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tools import reference
from tools.reference import codes, commands, practice
from tools.reference.problems_found import SOURCE, Reader, Unreadable
from tools.reference.text import MARK
from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.people.importing.problems import PROBLEMS
from warmhand.cli.exits import Exit
from warmhand.cli.frame import COMMANDS
from warmhand.config import env
from warmhand.rulebook import FACTS, MOVES, RULES, SETTINGS

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(reference.pages())


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_page_at_the_address_that_follows_from_its_code(code, pages):
    told, rule = pages[f"rules/{code}.md"], RULES[code]
    assert f":Code: `{code}`" in told
    assert f"[{rule.practice}](#" in told
    assert rule.article in told
    assert "What lifts it" in told
    for name in rule.settings:
        assert f"#setting-{name}" in told, "the setting that tunes it"
    assert re.search(r"> \*\*.+\*\* .+", told), "the sentence a person sees"


def test_only_what_may_be_lifted_by_hand_says_so(pages):
    by_hand = {
        code for code in RULES if "with a reason and a last day" in pages[f"rules/{code}.md"]
    }
    assert by_hand == {code for code, rule in RULES.items() if rule.overridable}
    assert {"do_not_ask", "no_consent", "unhappy"}.isdisjoint(by_hand)


def test_every_move_fact_setting_variable_ability_and_exit_code_is_told(pages):
    for move in MOVES:
        assert f"(move-{move})=" in pages["moves.md"]
    for fact in FACTS:
        assert f"| `{fact}` |" in pages["facts.md"]
    for name, info in SETTINGS.items():
        assert f"(setting-{name})=" in pages["policy.md"]
        assert info.allowed in pages["policy.md"]
    for setting in env.SETTINGS:
        assert f"| `{setting.name}` | {setting.sentence} |" in pages["environment.md"]
    for ability in Ability:
        assert f"`{ability}`" in pages["roles.md"]
    for code in Exit:
        assert f"| {int(code)} | {code.meaning} |" in pages["commands.md"]


def test_every_command_and_option_is_told(pages):
    listed = [name for name, _ in commands.commands()]
    known = {setting.name for setting in env.SETTINGS}
    assert {f"warmhand {name}" for name in COMMANDS} <= set(listed)
    for name, command in commands.commands():
        assert command.help, name
        section = pages["commands.md"].partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert section, name
        for parameter in command.params:
            is_option = parameter.param_type_name == "option"
            assert not is_option or parameter.help, f"{name}: {parameter.name}"
            assert parameter.envvar is None or parameter.envvar in known, parameter.envvar
            for spelled in parameter.opts if is_option else ():
                assert spelled in section, f"{name} {spelled}"


def test_every_error_code_is_told_with_what_to_do(pages):
    for each in codes.found():
        assert f"(error-{each.code})=" in pages["errors.md"]
        assert each.sentence, each
        assert each.lift or each.status == 500, f"{each.place}: {each.code} says not what to do"
    for code in PROBLEMS:
        assert f"(error-{code})=" in pages["errors.md"]


def test_no_problem_of_the_source_is_overlooked():
    """Whatever is raised with something like a code in first place is a problem that was found."""
    found = {each.code for each in codes.found()} | set(PROBLEMS)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Raise(ast.Call(ast.Name(), [ast.Constant(str(code)), *_])) if _is_code(
                    code
                ):
                    assert code in found or f"unknown_{code}" in found, f"{path}:{node.lineno}"


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(_[a-z]+)+", text))


def test_a_problem_whose_code_cannot_be_read_stops_the_build(tmp_path):
    (tmp_path / "problems.py").write_text("class Problem(Exception): ...\n")
    (tmp_path / "odd.py").write_text("def f(code):\n    raise Problem(code, 'No.')\n")
    with pytest.raises(Unreadable, match=r"odd\.py:2"):
        list(Reader(tmp_path).found())


def test_every_route_of_the_api_is_told(pages):
    document = json.loads((DOCS / "reference" / "openapi.json").read_text())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"## {method.upper()} {path}\n" in pages["api.md"]
            assert f"({operation['operationId']})=" in pages["api.md"]


def test_whatever_the_code_cites_is_told():
    told = "\n".join(path.read_text() for path in (DOCS / "explanation").glob("*.md"))
    there = set(re.findall(r"^\(([peh]\d+)\)=$", told, re.M))
    cited = {mark.lower() for path in SOURCE.rglob("*.py") for mark in _marks(path)}
    assert cited <= there
    assert {mark.lower() for mark, _ in practice.cited()} <= cited


def _marks(path: Path) -> set[str]:
    return set(re.findall(MARK, path.read_text()))


def test_articles_named_by_rules_are_told():
    told = (DOCS / "explanation" / "practice.md").read_text()
    for rule in RULES.values():
        assert f"| {rule.article} |" in told
