"""The whole day on one scale: where allies' moves stand among the clients' (P7, P28)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asks.earned import earn
from warmhand.apps.alliances.services import form_alliance, record_exchange, say_our_trade
from warmhand.apps.asks.standings import redecide
from warmhand.apps.directory.models import Provider
from warmhand.apps.moves.day import placed, the_day
from warmhand.apps.moves.queries import TodayFilter
from warmhand.apps.work.models import Rating
from warmhand.rulebook import MOVES, Move, Turn

COUNTS = st.dictionaries(st.sampled_from(Move).map(lambda move: move.value), st.integers(1, 40))
TURNS = st.sets(st.sampled_from((Turn.OWE, Turn.GIVE, Turn.ASK)))


def all_in_a_row(counts, turns, per_page):
    """Every page after the other, as a person turns them: the turn of each line."""
    clients = [info.turn for m, info in MOVES.items() for _ in range(counts.get(m.value, 0))]
    pages, row, seen = max(1, -(-len(clients) // per_page)), [], []
    for page in range(1, pages + 1):
        lines = list(clients[(page - 1) * per_page : page * per_page])
        here = placed(turns, counts, page=page, pages=pages, per_page=per_page)
        for turn, after in reversed(here):
            assert 0 <= after <= len(lines)
            lines.insert(after, turn)
            seen.append(turn)
        row += lines
    return row, seen


@given(COUNTS, TURNS, st.integers(1, 30))
def test_the_day_is_in_the_order_of_the_turns_over_all_pages(counts, turns, per_page):
    row, seen = all_in_a_row(counts, turns, per_page)
    assert row == sorted(row)
    assert sorted(seen) == sorted(turns)


@pytest.fixture
def full(world):
    """An unhappy client, one who has earned an ask, an ally to be thanked, one to speak with."""
    happy, unhappy = earn(world, "Ada Kettle"), earn(world, "Bo Brass")
    Rating.objects.create(client=unhappy, on=world.today(), score=1)
    redecide([happy.pk, unhappy.pk], world.today())
    say_our_trade(by=world.by, sector="general", why="We looked")
    for name, incoming, times in (("Payday", True, 1), ("Quiet", False, 6)):
        provider = Provider.objects.create(name=name)
        made = form_alliance(
            by=world.by,
            name=name,
            provider_id=provider.pk,
            sector="general",
            starts_on=world.days_ago(300),
        )
        for _ in range(times):
            record_exchange(
                by=world.by, alliance_id=made.pk, incoming=incoming, on=world.days_ago(9)
            )


def test_recovery_then_thanks_then_the_ask_then_the_talk(full):
    day = the_day()
    assert [item.move for item in day.page.items] == ["recover", "ask"]
    assert [(it.turn, it.after, it.items[0].name) for it in day.allies] == [
        (Turn.OWE, 1, "Payday"),
        (Turn.ASK, 2, "Quiet"),
    ]
    assert [(it["after"], it["move"]) for it in day.as_dict()["allies"]] == [
        (1, "thank_ally"),
        (2, "rebalance"),
    ]


def test_each_ally_stands_on_one_page(full):
    assert [it.turn for it in the_day(page=1, per_page=1).allies] == [Turn.OWE]
    assert [it.turn for it in the_day(page=2, per_page=1).allies] == [Turn.ASK]


def test_a_list_narrowed_to_some_clients_has_no_allies(full):
    assert the_day(TodayFilter(move="ask")).allies == ()
    assert the_day(TodayFilter(search="Ada")).allies == ()
