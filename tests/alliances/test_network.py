"""A real network of who gave what to whom: every pair's ledger against independent SQL."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from contextlib import nullcontext, redirect_stdout

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_path
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.models import Exchange, Network, Party
from warmhand.apps.island.scope import workspace_scope
from warmhand.cli import database, frame
from warmhand.cli.answers import print_json, print_plain_json
from warmhand.cli.exits import Exit
from warmhand.problems import Conflict, Invalid

SMALL = "a,b,3,1289241912\na,b,2,2010-12-01\nb,c,5,1289241942\nc,a,-1,1289243140\n"


def brought_in(world, text=SMALL, name="small", **options):
    edges = services.read_network(text)
    return services.import_network(by=world.by, name=name, edges=edges, **options)


@pytest.fixture
def real(world):
    path = shared_path("trust_network") / "bitcoin_otc.csv"
    return brought_in(world, path.read_text("utf-8"), "bitcoin otc"), path


INDEPENDENT = """
WITH edge AS (
    SELECT g.ref AS giver, r.ref AS receiver, x.value
    FROM alliances_exchange x
    JOIN alliances_party g ON g.id = x.giver_id JOIN alliances_party r ON r.id = x.receiver_id
    WHERE x.network_id = %s
),
one AS (SELECT giver, receiver, count(*) AS n, sum(value) AS v FROM edge GROUP BY 1, 2)
SELECT coalesce(a.giver, b.receiver), coalesce(a.receiver, b.giver),
    coalesce(a.n, 0), coalesce(b.n, 0), coalesce(a.v, 0), coalesce(b.v, 0)
FROM (SELECT * FROM one WHERE giver < receiver) a
FULL JOIN (SELECT * FROM one WHERE giver > receiver) b
    ON a.giver = b.receiver AND a.receiver = b.giver
"""


def test_every_pair_of_the_real_network_equals_an_independent_query(real):
    network, path = real
    with path.open() as file:
        lines = list(csv.reader(file))
    assert (network.rows_read, network.rows_refused) == (len(lines), 0) == (35_592, 0)
    assert Exchange.objects.filter(network=network).count() == len(lines)
    assert Party.objects.filter(network=network).count() == len(
        {p for line in lines for p in line[:2]}
    )

    ours = {}
    for pair in queries.pairs_of(network)[1]:
        low, high = sorted((pair.giver, pair.receiver))
        turned = pair.giver == low
        number = (pair.given, pair.received) if turned else (pair.received, pair.given)
        value = (
            (pair.given_value, pair.received_value)
            if turned
            else (pair.received_value, pair.given_value)
        )
        assert (low, high) not in ours
        ours[low, high] = (*number, *value)
    with connection.cursor() as cursor:
        cursor.execute(
            INDEPENDENT.replace("giver <", 'giver COLLATE "C" <').replace(
                "giver >", 'giver COLLATE "C" >'
            ),
            [network.pk],
        )
        theirs = {(a, b): tuple(map(int, rest)) for a, b, *rest in cursor.fetchall()}
    assert ours == theirs
    total = queries.pairs(network).total
    assert total.pairs == len(theirs)
    assert total.exchanges == len(lines)
    assert total.value == sum(int(line[2]) for line in lines)


def test_every_uneven_pair_of_the_real_network_is_explained(real):
    network, _ = real
    found = queries.pairs_of(network)[1]
    codes = {finding.code for pair in found for finding in pair.findings}
    assert codes == {
        "poor_fit", "recent", "uneven_value", "round_about", "gives_elsewhere", "gives_nobody"
    }  # fmt: skip
    for pair in found:
        uneven = pair.balance != 0 or pair.value_balance != 0
        assert bool(pair.findings) == uneven


def test_a_place_is_understood_as_for_an_alliance_so_that_its_law_holds(world):
    assert brought_in(world, place="Germany").place == "DE"
    with pytest.raises(Invalid) as refused:
        brought_in(world, place="Atlantis")
    assert refused.value.places[0].field == "place"
    with pytest.raises(Conflict) as off:
        brought_in(world, place="USA", sector="physician")
    assert off.value.code == "exchange_not_kept"


def test_the_figures_behind_a_reason_are_those_of_the_network(world):
    network = brought_in(world)
    pair = next(p for p in queries.pairs_of(network)[1] if (p.giver, p.receiver) == ("a", "b"))
    # b gave to c, and c gave to a: what a gave comes back round a third.
    assert (pair.given, pair.received, pair.given_value) == (2, 0, 5)
    back = next(f for f in pair.findings if f.code == "round_about")
    assert (back.figure, back.of) == (1, 1)


def test_pages_of_pairs_cover_each_pair_once(world):
    network = brought_in(world)
    seen = []
    for page in (1, 2):
        found = queries.pairs(network, page=page, per_page=2)
        rows, total = found.rows, found.fitting
        assert total == 3
        seen += [(r.giver, r.receiver) for r in rows]
    assert len(seen) == len(set(seen)) == 3


def test_filters_of_pairs(world):
    network = brought_in(world, SMALL + "b,a,1,1289241912\n")
    assert {(p.giver, p.receiver) for p in queries.pairs(network, show="both_ways").rows} == {
        ("a", "b")
    }
    assert len(queries.pairs(network, party="c").rows) == 2
    with pytest.raises(Invalid):
        queries.pairs(network, show="nonsense")
    with pytest.raises(Invalid):
        queries.pairs(network, sort="nonsense")


def test_the_same_name_again_replaces(world):
    brought_in(world)
    again = brought_in(world, "x,y,1,2026-01-01")
    assert Network.objects.get() == again
    assert Exchange.objects.count() == 1
    assert Party.objects.count() == 2


def test_what_cannot_be_read_is_told_by_line(world):
    edges = services.read_network(
        "giver,receiver,value,day\na,a,1,2026-01-01\na,b,x,2026-01-01\na\n"
    )
    assert edges.refused == 3
    assert [(p.row, p.field) for p in edges.places] == [(2, "receiver"), (3, "value"), (4, "row")]
    with pytest.raises(Invalid) as refused:
        services.import_network(by=world.by, name="none", edges=edges)
    assert refused.value.code == "nothing_to_read"


def test_the_place_of_a_network_goes_by_its_name(world):
    assert brought_in(world, place="Germany").place == "DE"
    assert brought_in(world, place="us-ny").place == "US-NY"
    with pytest.raises(Conflict):
        brought_in(world, sector="physician", place="United States")
    with pytest.raises(Invalid) as refused:
        brought_in(world, place="Germoney")
    assert [each.field for each in refused.value.places] == ["place"]


def test_a_regulated_trade_keeps_no_network(world):
    with pytest.raises(Conflict):
        brought_in(world, sector="physician", place="US")
    network = brought_in(world)
    services.say_our_trade(by=world.by, sector="settlement_services", place="US")
    assert not Exchange.objects.exists()
    with pytest.raises(Conflict):
        queries.pairs(network)


def test_columns_are_found_by_their_heads():
    edges = services.read_network("time,target,rating,source\n2026-02-03,b,7,a\n")
    assert (edges.givers, edges.receivers, edges.values) == (["a"], ["b"], [7])
    assert edges.days == [dt.date(2026, 2, 3)]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text):
    edges = services.read_network(text)
    assert len(edges.givers) == len(edges.receivers) == len(edges.values) == len(edges.days)
    assert not any(a == b for a, b in zip(edges.givers, edges.receivers, strict=True))


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("efgh"), st.integers(-9, 9)),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_reading_loses_no_edge(edges):
    text = "\n".join(f"{a},{b},{v},2026-01-0{1 + n % 9}" for n, (a, b, v) in enumerate(edges))
    found = services.read_network(text)
    assert list(zip(found.givers, found.receivers, found.values, strict=True)) == edges


def test_the_command_brings_in_and_tells_every_pair(closed_world, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(database, "ready", nullcontext)
    file = tmp_path / "small.csv"
    file.write_text(SMALL)
    arguments = ["ledger", "--network", str(file), "--json", "--workspace", "harbour"]
    assert frame.run(arguments) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["network"] == "small"
    assert len(told["pairs"]) == told["totals"]["pairs"] == 3
    first = next(pair for pair in told["pairs"] if pair["giver"] == "a")
    assert first["given"] == {"number": 2, "value": 5}
    with workspace_scope(closed_world.workspace.pk):
        assert Network.objects.get().name == "small"


def test_a_page_of_a_network_is_two_statements_over_it(world):
    """The pairs with the totals, and what lies around them; each pair is added up once."""
    network = brought_in(world)
    for filters in ({}, {"show": "both_ways"}, {"party": "nobody"}):
        with CaptureQueriesContext(connection) as caught:
            found = queries.pairs(network, **filters)
        over = [q["sql"] for q in caught if "alliances_exchange" in q["sql"]]
        assert len(over) == (2 if found.rows else 1)
        assert sum("GROUP BY 1, 2" in sql and "least(" in sql for sql in over) == 1
        assert (found.total.exchanges, found.total.parties, found.total.pairs) == (4, 3, 3)
        assert found.fitting == len(found.rows)


def test_pairs_come_in_the_order_of_the_file_where_they_are_alike(world):
    text = "".join(f"g{n},r{n},1,2026-01-01\n" for n in range(40))
    rows = queries.pairs_of(brought_in(world, text))[1]
    assert [row.giver for row in rows] == [f"g{n}" for n in range(40)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_long_documents_are_written_as_short_ones(document):
    one, other = io.StringIO(), io.StringIO()
    with redirect_stdout(one):
        print_json(document)
    with redirect_stdout(other):
        print_plain_json(document)
    assert one.getvalue() == other.getvalue()
