"""`warmhand match`: lines in, lines out, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from warmhand.cli.exits import Exit

LIST = "id,title\n1,Locksmith\n2,Tax Consultant\n3,Moving Company\n"


def run(lines, *more, data="/nonexistent"):
    return subprocess.run(
        [sys.executable, "-m", "warmhand", "match", *map(str, more)],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "WARMHAND_DATA": str(data)},
    )


def said(text):
    return json.dumps({"text": text})


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text(LIST)
    return path


def test_each_line_gets_its_line_in_order_and_needs_no_database(ours, tmp_path):
    lines = [said("I lost my keys"), "", said("We move to Leeds in May"), said("thanks, bye")]
    done = run(lines, "--categories", ours, "--json", data=tmp_path / "var")
    keys, move, bye = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == Exit.DONE
    assert keys["ranking"][0]["category"] == "Locksmith"
    assert set(keys["ranking"][0]) == {"category", "score", "why", "code"}
    assert move["ranking"][0]["code"] == "3"
    assert [keys["abstains"], move["abstains"], bye["abstains"]] == [False, False, True]


def test_another_language_is_told_as_such_in_both_manners(ours):
    german = said("Ich brauche dringend einen Klempner")
    done = run([german], "--categories", ours, "--json", data=ours.parent)
    told = json.loads(done.stdout)
    assert (told["ranking"], told["abstains"]) == ([], True)
    assert told["reason"]["code"] == "other_language"
    shown = run([german], "--categories", ours, data=ours.parent).stdout.decode()
    assert told["reason"]["sentence"] in shown
    assert told["reason"]["lift"] in shown


def test_what_was_learnt_of_a_list_is_kept_and_a_spoilt_one_is_made_anew(ours, tmp_path):
    first = run([said("I lost my keys")], "--categories", ours, "--json", data=tmp_path)
    (kept,) = (tmp_path / "directions").iterdir()
    good = kept.read_bytes()
    kept.write_bytes(good[: len(good) // 2])
    again = run([said("I lost my keys")], "--categories", ours, "--json", data=tmp_path)
    assert first.stdout == again.stdout
    assert kept.read_bytes() == good


def test_a_bad_line_is_told_with_its_number_and_the_others_still_go():
    bad = ["nope", '{"txt": ""}', '{"text": "x", "colour": 1}', "[1]", '"x', '{"text": "\\ud800"}']
    done = run([*bad, said("The roof leaks")], "--json")
    *refused, last = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == Exit.BAD_INPUT
    assert [each["error"]["places"][0]["row"] for each in refused] == [1, 2, 3, 4, 5, 6]
    assert refused[2]["error"]["places"][0]["field"] == "colour"
    assert "Roofer" in [each["category"] for each in last["ranking"][:3]]
    assert len(last["ranking"]) == 10


def test_a_list_that_cannot_be_read_says_where(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("code,title\n1,Locksmith\n1,Baker\n")
    done = run([said("x")], "--categories", path, "--json")
    problem = json.loads(done.stdout)["error"]
    assert done.returncode == Exit.BAD_INPUT
    assert problem["code"] == "invalid_categories"
    assert problem["places"][0]["row"] == 3
    gone = run([said("x")], "--categories", tmp_path / "gone.csv")
    assert gone.returncode == Exit.BAD_INPUT
    assert "gone.csv can't be read" in gone.stderr.decode()


def test_for_a_person_it_says_what_and_why():
    told = run([said("We were robbed last night"), said("")]).stdout.decode()
    assert "Security systems (561621): Near to what people say" in told
    assert "There is nothing to read. Say what is needed.\n" in told
