"""Coverage of the client base: every figure against a query of its own, written by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from warmhand.apps.accounts.days import today
from warmhand.apps.giving import services
from warmhand.apps.giving.coverage import CoverageFilter, coverage, without_favour
from warmhand.apps.giving.models import Favour
from warmhand.apps.people.models import Client

SQL = """
SELECT {group}, count(*),
       count(*) FILTER (WHERE EXISTS (
         SELECT 1 FROM giving_favour f WHERE f.client_id = c.id AND f.removed_at IS NULL
         AND f.done_on > %(since)s AND f.done_on <= %(until)s))
FROM people_client c
LEFT JOIN people_company co ON co.id = c.company_id
LEFT JOIN accounts_member m ON m.id = c.keeper_id
WHERE c.removed_at IS NULL AND (c.client_since IS NULL OR c.client_since <= %(until)s)
GROUP BY 1
"""
GROUPS = {
    "sector": "coalesce(nullif(co.sector, ''), '-')",
    "team": "coalesce(nullif(m.team, ''), '-')",
    "member": "coalesce(m.id::text, '-')",
    "tenure": """CASE WHEN c.client_since IS NULL THEN '-'
        WHEN c.client_since > %(until)s::date - 365 THEN 'new'
        WHEN c.client_since > %(until)s::date - 1095 THEN 'known' ELSE 'old' END""",
}


def counted(group: str, since: dt.date, until: dt.date) -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(group=group), {"since": since, "until": until})
        return {value: (clients, covered) for value, clients, covered in cursor.fetchall()}


@pytest.fixture
def base(world):
    """Forty clients of all sorts; favours now, long ago, promised, and taken off the record."""
    sectors = ["Foundry", "Care", ""]
    companies = [world.company(f"Firm {n}", sector=sector) for n, sector in enumerate(sectors)]
    keepers = [world.members["agent"], world.members["owner"], None]
    ages = [10, 364, 365, 366, 1094, 1095, 1500, None]
    for n in range(40):
        age = ages[n % 8]
        client = world.client(
            f"Client {n:02}",
            company=[*companies, None][n % 4],
            keeper=keepers[n % 3],
            client_since=None if age is None else world.days_ago(age),
        )
        for days in range(n % 7, 500, 61 + 17 * (n % 5)):
            if n % 6:
                Favour.objects.create(client=client, what="A lift", done_on=world.days_ago(days))
        if n % 6 == 0:
            services.promise_favour(by=world.by, client_id=client.pk, what="A promise")
    first = Favour.objects.order_by("id").first()
    services.remove_favour(by=world.by, favour_id=first.pk)
    gone = Client.objects.order_by("-id").first()
    from warmhand.apps.people import services as people

    people.remove_client(by=world.by, client_id=gone.pk)
    return world


@pytest.mark.parametrize("period", [0, 30, 365])
def test_every_share_is_what_a_query_by_hand_counts(base, period):
    found = coverage(CoverageFilter(period=period))
    assert found.period == (period or 90)
    for name, group in GROUPS.items():
        by_hand = counted(group, found.since, found.until)
        assert {it.value: (it.clients, it.covered) for it in found.by[name]} == by_hand
    [(clients, covered)] = counted("1", found.since, found.until).values()
    assert (found.overall.clients, found.overall.covered) == (clients, covered)
    assert 0 < covered < clients


def test_every_period_of_the_trend_is_what_a_query_by_hand_counts(base):
    found = coverage(CoverageFilter(period=60))
    assert [span.until for span in found.trend] == [base.days_ago(60 * n) for n in range(5, -1, -1)]
    for span in found.trend:
        [by_hand] = counted("1", span.since, span.until).values()
        assert (span.share.clients, span.share.covered) == by_hand
    assert found.trend[-1].share.covered == found.overall.covered


def test_who_has_had_none_is_the_rest_those_who_never_had_one_first(base):
    wanted = CoverageFilter(period=30)
    found = coverage(wanted)
    without = list(without_favour(wanted))
    assert len(without) == found.overall.without
    last = [client.last_favour_on for client in without]
    never = [day for day in last if day is None]
    assert last[: len(never)] == never
    assert last[len(never) :] == sorted(last[len(never) :])
    assert all(day <= found.since for day in last[len(never) :])
    assert any(client.promised_on for client in without)


@pytest.mark.parametrize("name", ["sector", "team", "member", "tenure"])
def test_a_segment_opens_just_those_of_it_who_have_had_none(base, name):
    for share in coverage().by[name]:
        wanted = CoverageFilter(**{name: share.value})
        assert without_favour(wanted).count() == share.without
        narrowed = coverage(wanted).overall
        assert (narrowed.clients, narrowed.covered) == (share.clients, share.covered)


def test_promised_is_not_done_and_words_find_a_client(base):
    found = without_favour(CoverageFilter(search="Client 06"))
    assert [client.name for client in found] == ["Client 06"]
    assert not without_favour(CoverageFilter(member="nobody")).exists()


def test_it_costs_as_many_queries_for_forty_clients_as_for_none(base, django_assert_num_queries):
    today()  # read once in a scope
    with django_assert_num_queries(3):  # the policy, the shares, the trend
        coverage()


def test_an_empty_base_has_no_share(world):
    found = coverage()
    assert (found.overall.clients, found.overall.percent) == (0, None)
    assert [span.share.percent for span in found.trend] == [None] * 6
