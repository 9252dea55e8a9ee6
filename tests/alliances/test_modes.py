"""The legal mode is obeyed everywhere: no page, API, command or file shows what it forbids."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext

import pytest
from django.test import Client as Browser

from tests.alliances.stories import MOVERS, ally, general, give, provider, receive
from warmhand.apps.accounts.services import make_api_key
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.models import Exchange
from warmhand.apps.island.isolation import scoped_models
from warmhand.apps.island.scope import workspace_scope
from warmhand.cli import database, frame
from warmhand.problems import Conflict, Invalid

LAWYER, NEW_YORK = {"sector": "lawyer", "place": "US-CA"}, {"sector": "lawyer", "place": "US-NY"}
FORBIDDEN = re.compile(
    r"balance|widening|closing|we give more|they give more|we_give_more|send elsewhere|"
    r"instead|one back for each|why so little|(?<!\w)[−+-]7\b|77[.]77|7777",
    re.IGNORECASE,
)
FRACTION = re.compile(r"(?<=T\d\d:\d\d:\d\d)[.]\d+")
"""Millionths of a second of a moment: by chance they hold any four digits."""


def uneven(world, **sides):
    """An ally to whom we gave seven that came back as none, worth 77.77, and another to send to."""
    general(world)
    made = ally(world, "Ally One", **sides)
    give(world, made, 7)
    if not sides:
        services.record_exchange(
            by=world.by,
            alliance_id=made.pk,
            incoming=False,
            kind="help",
            what="Advice",
            value=7777,
            unit="EUR",
        )
    provider("Another mover", MOVERS)
    return made


@pytest.fixture
def seen(closed_world, monkeypatch, capsys):
    """All that every surface shows of the open alliance, by where it was seen."""
    monkeypatch.setattr(database, "ready", nullcontext)

    def look(alliance) -> dict[str, str]:
        browser = Browser()
        browser.force_login(closed_world.users["owner"])
        with workspace_scope(closed_world.workspace.pk):
            _, key = make_api_key(by=closed_world.by, name="all", scopes=["read"])
        found = {}
        pages = (
            "/alliances/", f"/alliances/{alliance.pk}/", f"/alliances/{alliance.pk}/?period=year",
            "/ledger/", "/ledger/ledger.csv", "/ledger/return/", "/enquiries/", "/journal/",
            "/today/",
        )  # fmt: skip
        for path in pages:
            answer = browser.get(path)
            assert answer.status_code == 200, path
            found[path] = _main(answer.content.decode())
        for path in ("/api/v1/alliances", f"/api/v1/alliances/{alliance.pk}", "/api/v1/ledger",
                     "/api/v1/ledger/return", "/api/v1/journal"):  # fmt: skip
            answer = browser.get(path, headers={"Authorization": f"Bearer {key}"})
            assert answer.status_code == 200, path
            found[path] = FRACTION.sub("", json.dumps(_set(answer.json())))
        for arguments in (["ledger"], ["ledger", "--json"]):
            frame.run([*arguments, "--workspace", "harbour"])
            out = capsys.readouterr().out
            found[" ".join(arguments)] = (
                json.dumps(_set(json.loads(out))) if "--json" in arguments else out
            )
        return found

    return look


def _main(page: str) -> str:
    """What a person reads of a page's own part: tags, filters and heads of columns left out."""
    if page.startswith("\ufeff"):
        return page.partition("\n")[2]  # a table of its own, its heads in the first line
    part = page.partition("<main")[2].partition("</main>")[0] or page
    part = re.sub(
        r"<form class=\"filters\".*?</form>|<thead>.*?</thead>|<form.*?</form>",
        " ",
        part,
        flags=re.DOTALL,
    )
    part = re.sub(r"<p class=\"lede\">.*?</p>", " ", part, flags=re.DOTALL)
    part = re.sub(r"data-label=\"[^\"]*\"", " ", part)
    return re.sub(r"<[^>]+>", " ", part)


def _set(value):
    """Without keys whose value is empty: a null balance is no balance."""
    if isinstance(value, dict):
        return {k: _set(v) for k, v in value.items() if v not in (None, [], {})}
    return [_set(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("sides", [LAWYER, NEW_YORK, {"at_most": "observe"}, {"at_most": "off"}])
def test_nothing_forbidden_is_seen_anywhere(closed_world, seen, sides):
    with workspace_scope(closed_world.workspace.pk):
        made = uneven(closed_world, **sides)
    for where, told in seen(made).items():
        leaked = FORBIDDEN.findall(told)
        assert not leaked, f"{where} shows {leaked}"


def test_the_walk_finds_them_where_they_may_be_seen(closed_world, seen):
    """The control: the same walk over a counted alliance finds a balance on every account."""
    with workspace_scope(closed_world.workspace.pk):
        made = uneven(closed_world)
    found = {where for where, told in seen(made).items() if FORBIDDEN.search(told)}
    assert found >= {
        "/alliances/", f"/alliances/{made.pk}/", "/ledger/", "/ledger/ledger.csv",
        "/api/v1/ledger", "ledger", "ledger --json",
    }  # fmt: skip


def test_observed_lists_both_ways_and_no_value(world):
    made = uneven(world, **LAWYER)
    receive(world, made, 2)
    found = queries.ledger_of(made)
    assert (found.given.number, found.received.number) == (7, 2)
    assert found.balance is found.facts is found.instead is None
    assert found.given.value == {}
    rows = queries.movements(made, found.standing)
    assert len(rows) == 9
    with pytest.raises(Invalid) as refused:
        services.record_exchange(
            by=world.by, alliance_id=made.pk, incoming=True, value=100, unit="EUR"
        )
    assert refused.value.places[0].field == "value"
    services.record_exchange(by=world.by, alliance_id=made.pk, incoming=True, kind="help")


def test_off_lists_and_keeps_nothing(world):
    made = uneven(world, **NEW_YORK)
    found = queries.ledger_of(made)
    assert found.given is found.received is None
    assert queries.movements(made, found.standing) == []
    assert queries.by_period(made, found.standing) == []
    with pytest.raises(Conflict) as refused:
        services.record_exchange(by=world.by, alliance_id=made.pk, incoming=True)
    assert refused.value.code == "exchange_not_kept"


def test_going_down_to_off_leaves_nothing_in_any_table(world):
    made = uneven(world)
    services.record_exchange(
        by=world.by, alliance_id=made.pk, incoming=True, what="Marmalade", value=424242, unit="EUR"
    )
    assert _everywhere("424242") == {"alliances_exchange"}
    services.change_alliance(by=world.by, alliance_id=made.pk, **NEW_YORK)
    assert not Exchange.all_objects.filter(alliance=made).exists()
    assert _everywhere("424242") == _everywhere("Marmalade") == set()


def test_our_own_trade_puts_every_alliance_down(world):
    made = uneven(world)
    assert queries.ledger_of(made).balance.number == 7
    services.say_our_trade(by=world.by, sector="settlement_services", place="US")
    assert queries.ledger_of(made).given is None
    assert not Exchange.all_objects.exists()


def test_general_is_an_attestation(world):
    with pytest.raises(Invalid) as refused:
        services.say_our_trade(by=world.by, sector="general")
    assert refused.value.places[0].field == "why"


def _everywhere(word: str) -> set[str]:
    """Tables of the open workspace in which a word stands."""
    return {
        model._meta.db_table
        for model in scoped_models()
        if any(word in str(list(row.values())) for row in model._base_manager.filter().values())
    }
