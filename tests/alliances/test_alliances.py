"""Alliances: their terms, their days, their paper; and the ledger that records make."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.alliances.stories import MOVERS, TAX, ally, general, give, provider, receive
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.documents import MOST_BYTES, paper_of
from warmhand.apps.alliances.models import Exchange, Network, Party
from warmhand.apps.asks.models import Ask
from warmhand.apps.giving.services import do_favour, give_referral, meet_need, note_need
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.apps.referrals.services import receive_referral, record_outcome
from warmhand.matching.reciprocity import Tilt, Trend
from warmhand.problems import Conflict, Invalid, NotFound


def places(refused) -> set[str]:
    return {place.field for place in refused.value.places}


def codes(ledger) -> list[str]:
    return [finding.code for finding in ledger.findings]


@pytest.fixture
def movers(world):
    general(world)
    return ally(world)


def test_an_alliance_is_with_somebody(world):
    with pytest.raises(Invalid) as refused:
        services.form_alliance(by=world.by, name="Nobody")
    assert places(refused) == {"provider"}
    with pytest.raises(NotFound):
        services.form_alliance(by=world.by, name="Gone", provider_id=999_999)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"ends_on": dt.date(2020, 1, 1)}, "ends_on"),
        ({"place": "Atlantis"}, "place"),
        ({"sector": "baker"}, "sector"),
        ({"categories": ["no code!"]}, "categories"),
        ({"categories": ["99"]}, "categories"),
        ({"spoke_on": dt.date(2190, 1, 1)}, "spoke_on"),
        ({"warn_days": 9_999}, "warn_days"),
    ],
)
def test_what_an_alliance_refuses(world, fields, where):
    with pytest.raises(Invalid) as refused:
        services.form_alliance(by=world.by, name="X", provider_id=provider().pk, **fields)
    assert places(refused) == {where}


def test_exclusive_only_where_the_law_of_both_lets_it(world):
    firm = provider()
    with pytest.raises(Invalid) as refused:
        services.form_alliance(by=world.by, name="X", provider_id=firm.pk, exclusive=True)
    assert refused.value.places[0].field == "exclusive"
    general(world)
    made = services.form_alliance(
        by=world.by, name="X", provider_id=firm.pk, exclusive=True, sector="general"
    )
    with pytest.raises(Invalid):
        services.change_alliance(by=world.by, alliance_id=made.pk, sector="lawyer", place="US-CA")


def test_forming_can_be_undone(world, movers):
    undo(by=world.by, entry_id=newest_about(movers).pk)
    assert list(queries.alliances()) == []


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [(-9, None, "running"), (9, None, "planned"), (-99, -1, "ended"), (-99, 0, "ending"),
     (-99, 60, "ending"), (-99, 61, "running")],
)  # fmt: skip
def test_states_by_the_day(world, starts, ends, state):
    def day(n):
        return None if n is None else world.today() + dt.timedelta(days=n)

    made = ally(world, starts_on=day(starts), ends_on=day(ends))
    assert queries.state_of(made, world.today()) == state
    named = {name for name in queries.STATES if list(queries.alliances(state=name))}
    # What ends soon still runs.
    assert named == ({"ending", "running"} if state == "ending" else {state})
    assert bool(queries.ending_soon()) == (state == "ending")


def test_whose_warnings_they_are(world):
    agent = world.members["agent"].pk
    ally(world, ends_on=world.today(), keeper_id=agent)
    assert queries.ending_soon(agent)
    assert not queries.ending_soon(world.members["leader"].pk)


def test_the_signed_paper(world, movers, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = b"%PDF-1.7 signed"
    kept = services.keep_document(
        by=world.by, alliance_id=movers.pk, name="../agreement.exe", content=content
    )
    assert paper_of(kept) == (".. agreement.pdf", content)
    for wrong in (b"", b"MZ program", b"%PDF-" + b"x" * MOST_BYTES):
        with pytest.raises(Invalid) as refused:
            services.keep_document(by=world.by, alliance_id=movers.pk, name="x", content=wrong)
        assert places(refused) == {"document"}
    with pytest.raises(NotFound):
        paper_of(ally(world, "Another"))


def test_given_and_received_are_read_off_the_records(world, movers):
    give(world, movers, 3)
    receive(world, movers, 2)
    # Elsewhere, or before the window: not theirs, not now.
    give(world, movers, 1, days=400)
    give_referral(by=world.by, client_id=world.client("Y").pk, provider="Swift Movers")
    receive_referral(by=world.by, client_id=world.client("Z").pk, new_person="Q")
    found = queries.ledger_of(movers)
    assert (found.given.number, found.received.number, found.balance.number) == (3, 2, 1)
    assert (found.facts.given_before.number, found.trend) == (1, Trend.STEADY)
    assert found.tilt is Tilt.FEW


def test_a_provider_in_two_alliances_counts_with_both_and_each_thing_once(world, movers):
    """What is on record with the firm stands in both; what was noted, in one of them."""
    second = services.form_alliance(
        by=world.by, name="Swift Movers, abroad", provider_id=movers.provider_id,
        company_id=movers.company_id, sector="general", starts_on=world.days_ago(500),
    )  # fmt: skip
    alone = ally(world, "Another firm")
    give(world, movers, 3)
    receive(world, movers, 2)
    for alliance, incoming, times in ((movers, False, 1), (second, False, 2), (second, True, 4)):
        for _ in range(times):
            services.record_exchange(
                by=world.by, alliance_id=alliance.pk, incoming=incoming, kind="referral",
                what="A restorer", on=world.days_ago(3),
            )  # fmt: skip
    # the control: one by one they are fewer, added up the three and two would count twice
    found = {each.alliance.pk: each for each in queries.ledgers([movers, second])}
    assert [found[each.pk].given.number for each in (movers, second)] == [4, 5]
    assert [found[each.pk].received.number for each in (movers, second)] == [2, 6]
    counted = queries.exchanges_that_count()
    assert counted[movers.provider_id] == (3 + 1 + 2, 2 + 4)
    assert counted[alone.provider_id] == (0, 0)
    services.change_alliance(by=world.by, alliance_id=second.pk, ends_on=world.days_ago(1))
    assert queries.exchanges_that_count()[movers.provider_id] == (4, 2)
    services.change_alliance(by=world.by, alliance_id=second.pk, ends_on=None, at_most="observe")
    assert movers.provider_id not in queries.exchanges_that_count()


def test_a_client_who_is_a_provider_counts_with_their_company(world):
    general(world)
    company = world.company("Lotsen")
    partner = world.client("Partner", company=company)
    as_provider = provider("Partner's practice", TAX, client=partner)
    made = services.form_alliance(
        by=world.by, name="Lotsen", company_id=company.pk, sector="general"
    )
    give_referral(
        by=world.by, client_id=world.client("A").pk, provider="P", listed_id=as_provider.pk
    )
    receive_referral(by=world.by, client_id=partner.pk, new_person="N")
    found = queries.ledger_of(made)
    assert (found.given.number, found.received.number) == (1, 1)


def test_a_value_adds_to_its_referral_and_is_no_second_one(world, movers):
    sent = give(world, movers, 1)[0]
    came = receive(world, movers, 1)[0]
    value = {"value": 5_000, "unit": "EUR"}
    services.record_exchange(
        by=world.by, alliance_id=movers.pk, incoming=False, referral_given_id=sent.pk, **value
    )
    services.record_exchange(
        by=world.by, alliance_id=movers.pk, incoming=True, referral_received_id=came.pk,
        value=200, unit="points",
    )  # fmt: skip
    found = queries.ledger_of(movers)
    assert (found.given.number, found.given.value) == (1, {"EUR": 5_000})
    assert found.balance.value == {"EUR": 5_000, "points": -200}
    with pytest.raises(Conflict) as refused:
        services.record_exchange(
            by=world.by, alliance_id=movers.pk, incoming=False, referral_given_id=sent.pk, **value
        )
    assert refused.value.code == "valued_already"
    with pytest.raises(Invalid):
        services.record_exchange(
            by=world.by, alliance_id=movers.pk, incoming=True, referral_given_id=sent.pk
        )


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"value": 5}, "unit"),
        ({"value": 5, "unit": "euro"}, "unit"),
        ({"value": -5, "unit": "EUR"}, "value"),
        ({"what": "Call +49 30 1234567"}, "what"),
        ({"kind": "bribe"}, "kind"),
    ],
)
def test_what_an_exchange_refuses(world, movers, fields, where):
    with pytest.raises(Invalid) as refused:
        services.record_exchange(by=world.by, alliance_id=movers.pk, incoming=True, **fields)
    assert places(refused) == {where}


def test_the_journal_tells_no_figure_of_an_exchange(world, movers):
    made = services.record_exchange(
        by=world.by, alliance_id=movers.pk, incoming=True, value=424242, unit="EUR", what="Quinces"
    )
    entry = newest_about(movers)
    assert entry.sentence == "Noted an exchange with Swift Movers."
    assert entry.changes == {}
    services.remove_exchange(by=world.by, exchange_id=made.pk)
    assert not Exchange.all_objects.exists()


def test_nobody_gives_to_themselves_in_the_database(world):
    network = Network.objects.create(name="n")
    party = Party.objects.create(network=network, ref="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.create(network=network, giver=party, receiver=party, on=world.today())


def test_each_likely_reason_comes_from_a_record(world, movers):
    """Six sent, none back: what is on record is told, with its figures."""
    misfit = world.client("Misfit")
    need = note_need(by=world.by, client_id=misfit.pk, words="A tax adviser")
    need.category = TAX
    need.save()
    give_referral(
        by=world.by, client_id=misfit.pk, provider="M", need_id=need.pk,
        listed_id=movers.provider_id, on=world.days_ago(0),
    )  # fmt: skip
    declined = services.note_enquiry(
        by=world.by, words="Moves a piano", asker="Ruth", category=MOVERS, on=world.days_ago(20)
    )
    services.route_enquiry(
        by=world.by, enquiry_id=declined.pk, provider_id=movers.provider_id, on=world.days_ago(20)
    )
    services.answer_enquiry(
        by=world.by, enquiry_id=declined.pk, answer="declined", on=world.days_ago(2)
    )
    give(world, movers, 4)
    services.record_exchange(by=world.by, alliance_id=movers.pk, incoming=True, kind="work")
    movers.provider.capacity = "full"
    movers.provider.save()
    found = queries.ledger_of(movers)
    figures = {each.code: (each.figure, each.of) for each in found.findings}
    assert figures == {
        "wrong_fit": (1, 6),
        "declined": (1, 6),
        "slow": (1, 6),
        "no_outcome": (5, 6),
        "capacity": (1, 1),
        "never_asked": (0, 1),
        "other_ways": (1, 6),
    }
    # What was met has an outcome; who was spoken to was asked.
    meet_need(by=world.by, need_id=need.pk)
    movers = services.speak_with_ally(by=world.by, alliance_id=movers.pk)
    found = queries.ledger_of(movers)
    figures = {each.code: each.figure for each in found.findings}
    assert figures["no_outcome"] == 4
    assert "never_asked" not in figures


def test_an_ask_of_their_people_is_an_ask(world, movers):
    give(world, movers, 5)
    assert "never_asked" in codes(queries.ledger_of(movers))
    Ask.objects.create(
        client=world.extra["Swift Movers"], asked_on=world.days_ago(9), asked_at=timezone.now()
    )
    assert "never_asked" not in codes(queries.ledger_of(movers))


def test_where_to_send_instead_an_ally_before_a_provider(world, movers):
    give(world, movers, 6)
    provider("Not allied", MOVERS)
    alone = queries.ledger_of(movers).instead
    assert (alone.other.name, alone.other.ally) == ("Not allied", False)
    other = ally(world, "Hafen")
    receive(world, other, 3)
    give(world, other, 1)
    found = queries.ledger_of(movers).instead
    assert (found.other.name, found.other_now, found.other_becomes) == ("Hafen", -2, 4)
    assert (found.stays, found.else_becomes) == (6, 12)
    # Another line of business is no alternative.
    services.change_alliance(by=world.by, alliance_id=other.pk, categories=[TAX])
    assert queries.ledger_of(movers).instead.other.name == "Not allied"


def test_periods_add_up_to_the_account(world, movers):
    give(world, movers, 4, days=10)
    receive(world, movers, 2, days=60)
    standing = queries.ledger_of(movers).standing
    for period in queries.PERIODS:
        found = queries.by_period(movers, standing, period)
        assert sum(each.given.number for each in found) == 4
        assert sum(each.received.number for each in found) == 2
        assert found[-1].start <= world.today()
        assert [each.start for each in found] == sorted({each.start for each in found})


def test_return_on_giving(world, movers):
    contact = world.extra["Swift Movers"]
    do_favour(by=world.by, client_id=contact.pk, what="A lift", minutes=45)
    do_favour(by=world.by, client_id=world.client("No ally").pk, what="A lift", minutes=500)
    give(world, movers, 3)
    came = receive(world, movers, 2)
    record_outcome(by=world.by, referral_id=came[0].pk, outcome="became_client")
    few = queries.returns(list(queries.alliances())).together
    assert (few.minutes, few.favours, few.cases, few.enough) == (45, 1, 4, False)
    assert few.back_of_ten is None
    give(world, movers, 1)
    enough = queries.returns(list(queries.alliances())).together
    assert (enough.back_of_ten, enough.received.number, enough.became_clients) == (4, 2, 1)


def test_queries_do_not_grow_with_the_allies(world):
    general(world)
    for name in ("One", "Two"):  # each is where the other one's could go
        give(world, ally(world, name), 6)

    def account():
        return queries.ledgers(list(queries.alliances()))

    def count():
        with CaptureQueriesContext(connection) as caught:
            account()
        return len(caught)

    one = count()
    for n in range(6):
        give(world, ally(world, f"More {n}"), 6)
    assert count() == one
