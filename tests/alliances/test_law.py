"""Each legal pack through screen, API and command line: what it hides, forbids and says (P35)."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.test import Client as Browser

from tests.asks.earned import earn
from tests.shared_data import SHARED
from warmhand.apps.accounts.services import make_api_key
from warmhand.apps.alliances import services
from warmhand.apps.asks.services import record_ask
from warmhand.apps.followups.queries import asks_to_tell
from warmhand.apps.gratitude.rewards import promise_reward
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.policies import packs as held
from warmhand.apps.policies.law import law_for_us, law_today
from warmhand.apps.policies.packs import About, Mode, Outcome, packs
from warmhand.apps.policies.services import save_policy
from warmhand.cli import database, frame
from warmhand.problems import Conflict

BY_ID = {pack.id: pack for pack in packs()}
OF_TRADES = [pack for pack in packs() if "*" not in pack.sector]
STRICT = [
    pack
    for pack in OF_TRADES
    if About.RECIPROCITY in pack.about and pack.reciprocity_mode is not Mode.COUNT
]


def place(pack):
    return pack.jurisdiction[0].replace("*", "")


def take_trade(world, pack):
    """Say that our trade is the one that the pack is about."""
    with workspace_scope(world.workspace.pk):
        services.say_our_trade(
            by=world.by, sector=pack.sector[0], place=place(pack), why="We looked"
        )


def test_every_row_of_the_table_is_a_pack():
    """The table of the law, where it is at hand, names neither more nor fewer."""
    if not (SHARED / "legal.md").exists():
        pytest.skip("../shared/legal.md is not here")
    part = (SHARED / "legal.md").read_text("utf-8").partition("## 3. Packs")[2]
    rows = [line.split("|")[1].strip() for line in part.partition("## 4.")[0].splitlines()[3:]
            if line.startswith("|")]  # fmt: skip
    assert len(rows) >= 25
    assert set(rows) - {"pack", "---"} == set(BY_ID) - {"general"}


def test_no_file_says_what_the_pack_does_not_know():
    folder = Path(held.__file__).parent
    for file in folder.glob("*.toml"):
        values = tomllib.loads(file.read_text("utf-8"))
        assert values["id"] == file.stem
        assert values["why"].endswith((".", ")."))
        assert values["does"].endswith(".")
        assert values["about"]


@pytest.fixture
def surfaces(closed_world, monkeypatch, capsys):
    """The trade's page, the pages of giving, the API and the command line, as they stand now."""
    monkeypatch.setattr(database, "ready", nullcontext)
    browser = Browser()
    browser.force_login(closed_world.users["owner"])
    with workspace_scope(closed_world.workspace.pk):
        _, key = make_api_key(by=closed_world.by, name="all", scopes=["read"])

    def look():
        call = {"headers": {"Authorization": f"Bearer {key}"}}
        frame.run(["packs", "--ours", "--json", "--workspace", "harbour"])
        return {
            "trade": browser.get("/alliances/trade/").content.decode(),
            "team": browser.get("/giving/team/").content.decode(),
            "api": browser.get("/api/v1/packs?ours=true", **call).json(),
            "giving": browser.get("/api/v1/giving", **call).json(),
            "cli": json.loads(capsys.readouterr().out),
            "set": browser.post("/giving/targets/new/", {
                "whose": "all", "measure": "points", "amount": "3", "every": "month",
            }),
        }  # fmt: skip

    return look


@pytest.mark.parametrize("pack", OF_TRADES, ids=lambda pack: pack.id)
def test_a_pack_of_our_trade_on_every_surface(closed_world, surfaces, pack):
    take_trade(closed_world, pack)
    seen = surfaces()
    assert seen["api"] == seen["cli"]
    assert pack.id in {each["id"] for each in seen["api"]["items"]}
    assert f"{pack.id}, version {pack.version}" in seen["trade"]
    ours = seen["api"]["ours"]
    allowed = ours["mode"] == "count"
    assert ours["targets_allowed"] is seen["giving"]["targets_allowed"] is allowed
    assert ("Set a target" in seen["team"]) is allowed
    code = "no_giving_yet" if allowed else "targets_not_allowed"
    assert seen["set"].status_code in (409, 422)
    assert allowed or "No targets on referrals here" in seen["set"].content.decode(), code


@pytest.mark.parametrize("pack", STRICT, ids=lambda pack: pack.id)
def test_targets_are_hidden_where_the_trade_forbids_them(closed_world, surfaces, pack):
    take_trade(closed_world, pack)
    seen = surfaces()
    assert seen["api"]["ours"]["mode"] in ("observe", "off")
    assert not seen["giving"]["targets_allowed"]
    assert "targets" in pack.hides


def test_the_control_a_trade_without_a_rule_shows_targets(closed_world, surfaces):
    take_trade(closed_world, BY_ID["general"])
    seen = surfaces()
    assert seen["giving"]["targets_allowed"]
    assert "Set a target" in seen["team"]


@pytest.mark.parametrize("pack", OF_TRADES, ids=lambda pack: pack.id)
def test_a_reward_is_refused_where_the_trade_forbids_it(world, pack):
    save_policy(by=world.by, values={"rewards": "cash"}, why="We looked")
    services.say_our_trade(by=world.by, sector=pack.sector[0], place=place(pack), why="Looked")
    ask = record_ask(by=world.by, client_id=earn(world).pk)
    promised = {"by": world.by, "ask_id": ask.pk, "what": "Tea", "disclosure": "We give tea."}
    if law_today().no_rewards is None:
        assert pack.rewards_allowed
        assert promise_reward(**promised).pk
        return
    with pytest.raises(Conflict) as refused:
        promise_reward(**promised)
    assert refused.value.code == "reward_unlawful"


@pytest.mark.parametrize("pack", OF_TRADES, ids=lambda pack: pack.id)
def test_an_outcome_is_told_with_consent_and_never_by_an_overdue_pack(world, pack, monkeypatch):
    services.say_our_trade(by=world.by, sector=pack.sector[0], place=place(pack), why="Looked")
    assert law_today().outcome is Outcome.WITH_CONSENT
    assert asks_to_tell()
    late = max(each.review_by for each in packs()) + dt.timedelta(days=1)
    assert law_for_us(late).outcome is Outcome.NEVER


def test_the_policy_may_keep_back_more_than_the_law(world):
    save_policy(by=world.by, values={"outcome_visibility": "never"}, why="We never tell")
    assert law_today().outcome is Outcome.NEVER
    assert not asks_to_tell()


def test_a_pack_that_forbids_telling_cannot_be_lifted_by_the_policy(world, monkeypatch):
    """Made up: no pack of this version forbids it outright, so the rule itself is shown."""
    from dataclasses import replace

    services.say_our_trade(by=world.by, sector="bank", place="US")
    strict = replace(BY_ID["us-bank-privacy"], outcome_visibility=Outcome.NEVER)
    monkeypatch.setattr("warmhand.apps.policies.law.packs", lambda: (BY_ID["base"], strict))
    found = law_today()
    assert (found.outcome, found.outcome_because) == (Outcome.NEVER, strict)
    assert not asks_to_tell()
