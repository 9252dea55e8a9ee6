"""`warmhand check-wording`: lines in, lines out, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from warmhand.cli.exits import Exit

BARE = {"text": "Hey, can you give me some referrals?"}
GOOD = {
    "text": "Is it all working now? Who else do you know that we might help?",
    "context": {"kind": "ask", "company": "Kettle Ltd"},
}


def run(lines, *more, **environment):
    return subprocess.run(
        [sys.executable, "-m", "warmhand", "check-wording", *more],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "WARMHAND_DATA": "/nonexistent", **environment},
    )


def test_each_line_gets_its_line_in_order_and_needs_no_database():
    done = run([json.dumps(BARE), "", json.dumps(GOOD)], "--json")
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == Exit.DONE
    assert first["kind"] == "intro"
    assert first["has"] == {"we": False, "reconfirm": False, "help": False}
    assert {b["code"] for b in first["breaches"]} >= {"bare_referrals", "i_not_we"}
    assert set(first["breaches"][0]) == {"code", "span", "sentence", "suggestion", "practice"}
    assert second["breaches"] == []


def test_another_language_is_told_as_such_in_both_manners():
    german = json.dumps({"text": "Kennen Sie jemanden, dem wir genauso helfen könnten?"})
    (told,) = map(json.loads, run([german], "--json").stdout.decode().splitlines())
    assert (told["kind"], told["breaches"]) == ("none", [])
    assert told["reason"]["sentence"] in run([german]).stdout.decode()
    assert "nothing to change" not in run([german]).stdout.decode()


def test_a_bad_line_is_told_with_its_number_and_the_others_still_go():
    bad = ["nope", '{"txt": ""}', '{"text": "x", "context": {"colour": 1}}', "[1]", '"x', "\x00"]
    done = run([*bad, json.dumps(GOOD)], "--json")
    *refused, last = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == Exit.BAD_INPUT
    assert [each["error"]["places"][0]["row"] for each in refused] == [1, 2, 3, 4, 5, 6]
    assert refused[2]["error"]["places"][0]["field"] == "context.colour"
    assert last["kind"] == "intro"


def test_for_a_person_it_says_what_and_what_instead():
    told = run([json.dumps(BARE)]).stdout.decode()
    assert "bare_referrals (P17)" in told
    assert "Have we earned the right" in told
