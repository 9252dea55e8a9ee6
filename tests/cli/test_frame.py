"""The frame: what every command of the command line has in common."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import click
import pytest

from warmhand.cli import frame
from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.config.problems import InstallationProblem
from warmhand.problems import Conflict, Invalid, NotFound


@pytest.fixture
def command(monkeypatch):
    """Add a command made by the test; gives back a function that calls it."""

    def add(function):
        made = click.command()(json_option(function))
        monkeypatch.setattr(frame.LazyGroup, "get_command", lambda *_: made)
        return lambda *arguments: frame.run(["it", *arguments])

    return add


def test_help_is_quick_and_loads_neither_django_nor_the_database_driver():
    code = (
        "import sys, warmhand.cli.frame as f; f.run(['--help']);"
        "print(sorted({'django', 'psycopg', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_help_lists_the_commands_the_exit_codes_and_the_settings(capsys):
    assert frame.run(["--help"]) == Exit.DONE
    told = capsys.readouterr().out
    for name in ("serve", "work", "migrate", "doctor"):
        assert f"  {name} " in told
    for code in Exit:
        assert code.meaning in told
    assert "WARMHAND_DATA" in told


def test_every_listed_command_loads_and_its_summary_is_the_one_that_help_shows(capsys):
    group = frame.warmhand
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        first = (command.help or "").splitlines()[0]
        assert first == frame.SUMMARIES[name], name
        assert frame.run([name, "--help"]) == Exit.DONE
    assert set(frame.SUMMARIES) == set(frame.COMMANDS)


def test_an_unknown_command_is_a_usage_error_that_says_where_to_look(capsys):
    assert frame.run(["dance"]) == Exit.USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert "No such command 'dance'" in told.err
    assert "warmhand --help" in told.err


def test_called_alone_it_shows_its_help(capsys):
    assert frame.run([]) == Exit.USAGE
    assert capsys.readouterr().err.startswith("Usage: warmhand")


def test_a_wrong_option_names_the_command_whose_help_to_read(capsys):
    assert frame.run(["serve", "--port", "many"]) == Exit.USAGE
    assert "'warmhand serve --help'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (NotFound("client"), Exit.NOT_FOUND),
        (Conflict("already_asked", "Ann asked yesterday."), Exit.NO),
        (Invalid.at("email", "Not an address."), Exit.BAD_INPUT),
        (InstallationProblem("no_room", "The disk is full.", "Make room."), Exit.INSTALLATION),
    ],
)
def test_a_problem_s_kind_gives_the_exit_code(command, capsys, problem, code):
    def it():
        raise problem

    assert command(it)() == code
    told = capsys.readouterr()
    assert told.out == ""
    assert problem.code in told.err
    assert problem.sentence in told.err
    assert problem.lift in told.err


def test_with_json_a_problem_is_the_one_document_on_standard_output(command, capsys):
    def it():
        raise NotFound("client")

    assert command(it)("--json") == Exit.NOT_FOUND
    document = json.loads(capsys.readouterr().out)
    assert document["error"]["code"] == "unknown_client"
    assert set(document["error"]) >= {"code", "sentence", "lift"}


def test_with_json_notes_stay_on_standard_error(command, capsys):
    def it():
        note("half way")
        if wants_json():
            print_json({"name": "Zoë"})

    assert command(it)("--json") == Exit.DONE
    told = capsys.readouterr()
    assert json.loads(told.out) == {"name": "Zoë"}
    assert told.err == "half way\n"


def test_a_mistake_of_ours_is_called_one(command, capsys):
    def it():
        raise ZeroDivisionError

    assert command(it)() == Exit.BUG
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "bug:" in told


def test_ctrl_c_is_said_by_the_exit_code_alone(command, capsys):
    def it():
        raise KeyboardInterrupt

    assert command(it)() == Exit.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_error():
    program = f"{sys.executable} -m warmhand --help | head -1"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage:")
    assert done.stderr == ""


LEAVES_IN_ORDER = """
import time
import click
from warmhand.cli import frame

@click.command()
def it():
    try:
        print("begun", flush=True)
        time.sleep(60)
    finally:
        print("left in order", flush=True)

frame.LazyGroup.get_command = lambda *_: it
frame.main(["it"])
"""


def test_a_signal_to_end_lets_a_command_leave_in_order():
    child = subprocess.Popen(
        [sys.executable, "-c", LEAVES_IN_ORDER], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=30)
    assert rest == "left in order\n"
    assert child.returncode == Exit.TERMINATED
    assert time.monotonic() - began < 20
