"""Enquiries for what we don't offer: noted, sent on in one step, answered."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.alliances.stories import MOVERS, TAX, ally, general, give, provider, receive
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.known import known_for_need
from warmhand.apps.alliances.routing import routing_of
from warmhand.apps.followups.services import note_answer
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.giving.services import note_need
from warmhand.apps.introductions.matches import ranked_for
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.problems import Conflict, Invalid


def asked(world, **fields):
    fields.setdefault("words", "Somebody who moves a warehouse")
    fields.setdefault("category", MOVERS)
    return services.note_enquiry(by=world.by, **fields)


def names(routing) -> list[str]:
    return [each.provider.name for each in routing.options]


def test_of_somebody_new_no_contact_data_is_kept(world):
    for fields in ({"asker": "ruth@firm.example"}, {"words": "Call me at +49 30 1234567"}):
        with pytest.raises(Invalid) as refused:
            asked(world, **fields)
        assert refused.value.code == "third_person_contact"
    assert asked(world, asker="Ruth").who == "Ruth"


@pytest.mark.parametrize(
    ("words", "told"), [("Who cleans carpets?", "“Who cleans carpets?”."), ("A" * 200, "A…”.")]
)
def test_the_journal_quotes_what_was_asked(world, words, told):
    made = asked(world, words=words, asker="Ruth")
    assert newest_about(made).sentence.endswith(told)
    assert len(newest_about(made).sentence) < 200


def test_a_clients_enquiry_is_a_need_of_theirs_and_becomes_a_referral(world):
    general(world)
    made = ally(world)
    client = world.client("Ada")
    enquiry = asked(world, client_id=client.pk)
    need = Need.objects.get(client=client)
    assert (need.words, need.category) == (enquiry.words, MOVERS)
    sent = services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    given = ReferralGiven.objects.get()
    assert (given.listed_id, given.need_id, given.client_id) == (
        made.provider_id, need.pk, client.pk
    )  # fmt: skip
    assert sent.alliance_id == made.pk
    assert "Our ally" in sent.reason
    # One thing went one way: the enquiry and its referral are not two.
    assert queries.ledger_of(made).given.number == 1
    undo(by=world.by, entry_id=newest_about(sent).pk)
    assert not ReferralGiven.objects.exists()
    assert queries.enquiry_by_id(enquiry.pk).is_open


def test_somebody_new_counts_without_a_referral(world):
    general(world)
    made = ally(world)
    enquiry = asked(world, asker="Ruth")
    services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    assert not ReferralGiven.objects.exists()
    assert queries.ledger_of(made).given.number == 1


def test_allies_first_then_by_fit_and_the_full_last(world):
    general(world)
    provider("A better fit", MOVERS, why_confident="Moved us twice.")
    provider("Another trade", TAX)
    full = provider("Full", MOVERS, capacity="full")
    ally(world, "The ally")
    found = routing_of(asked(world))
    assert names(found)[0] == "The ally"
    assert "Another trade" not in names(found)
    assert names(found)[-1] == full.name
    assert found.options[-1].against
    assert all(each.why for each in found.options)


def test_an_ended_alliance_is_no_reason(world):
    general(world)
    ally(world, "Over", ends_on=world.days_ago(1))
    found = routing_of(asked(world))
    assert [each.alliance for each in found.options] == [None]


def test_the_exclusive_ally_stands_before_all(world):
    general(world)
    ally(world, "An ally")
    ally(world, "Z exclusive", exclusive=True)
    assert names(routing_of(asked(world)))[0] == "Z exclusive"


@pytest.mark.parametrize("second", [False, True])
def test_a_regulated_ally_leaves_a_choice(world, second):
    """Lawyers: at least two are offered with reasons, and the client has to know of it."""
    general(world)
    made = ally(world, "Pell", sector="lawyer", place="US-CA")
    if second:
        provider("Another", MOVERS)
    enquiry = asked(world)
    found = routing_of(enquiry)
    assert found.must_inform
    assert len(found.options) == 1 + second
    with pytest.raises(Invalid) as refused:
        services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    assert refused.value.places[0].field == "client_informed"
    sent = services.route_enquiry(
        by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id, client_informed=True
    )
    assert sent.client_informed


def test_an_off_ally_is_one_of_many_and_named_for_its_fit_alone(world):
    general(world)
    ally(world, "Z settlement", sector="settlement_services", place="US")
    provider("A provider", MOVERS)
    found = routing_of(asked(world))
    assert names(found) == ["A provider", "Z settlement"]
    assert not any("ally" in sentence for each in found.options for sentence in each.why)


def test_what_somebody_gave_back_speaks_only_where_it_is_counted(world):
    general(world)
    made = ally(world, "Swift")
    receive(world, made, 2)
    words = " ".join(routing_of(asked(world)).options[0].why)
    assert "They gave us 2 referrals." in words
    services.change_alliance(by=world.by, alliance_id=made.pk, at_most="observe")
    words = " ".join(routing_of(asked(world)).options[0].why)
    assert "gave us" not in words


def _option(world, name, **fields):
    found = routing_of(asked(world, **fields)).options
    return next(each for each in found if each.provider.name == name)


def _introduced(world, provider, **values):
    other = Introduction.objects.create(client=world.client("Bo"), state="stopped")
    Candidate.objects.create(introduction=other, provider=provider, place=1, **values)


def test_what_an_ally_declined_speaks_against_them_wherever_it_was(world):
    """In an introduction and in an enquiry; on the page of an enquiry and of a need."""
    general(world)
    made = ally(world)
    before = _option(world, "Swift Movers")
    _introduced(world, made.provider, state="declined", reason="no lorry free")
    _introduced(world, made.provider, state="silent")
    enquiry = asked(world, asker="Ruth")
    services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    services.answer_enquiry(by=world.by, enquiry_id=enquiry.pk, answer="wrong_fit")
    after = _option(world, "Swift Movers", words="A lorry for our warehouse")
    assert "Declined 2 times before: “no lorry free”." in after.against
    assert "Didn't answer once before." in after.against
    assert after.points < before.points
    need = note_need(by=world.by, client_id=world.client("Cy").pk, words="Moving a warehouse")
    (ranked,) = ranked_for(need, known=known_for_need(need.pk))
    assert set(after.against) == {each.sentence for each in ranked.against}


def test_what_was_declined_once_is_not_sent_there_again(world):
    general(world)
    made, words = ally(world), "Somebody who moves a piano"
    provider("Another", MOVERS)
    enquiry = asked(world, words=words, asker="Ruth")
    services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    services.answer_enquiry(by=world.by, enquiry_id=enquiry.pk, answer="declined")
    again = routing_of(asked(world, words=words, asker="Ruth"))
    assert names(again) == ["Another", "Swift Movers"]
    assert again.options[1].against[0] == "Declined this very need."
    assert names(routing_of(asked(world, words=words, asker="Otto")))[0] == "Swift Movers"


def test_an_ally_who_let_clients_down_stands_where_the_points_put_them(world):
    general(world)
    made = ally(world)
    provider("Another", MOVERS, why_confident="Moved us twice.")
    sent = give(world, made, 4)
    assert names(routing_of(asked(world)))[0] == "Swift Movers"
    for given in sent:
        note_answer(
            by=world.by, referral_given_id=given.pk, side="client", on=world.days_ago(1),
            business="yes", happy=False,
        )  # fmt: skip
    found = routing_of(asked(world))
    assert names(found) == ["Another", "Swift Movers"]
    assert "0 of 4 we sent before did business and were happy." in found.options[1].against


def test_an_ally_by_their_company_gave_back_like_one_by_name(world):
    general(world)
    made = ally(world, provider_id=None)
    receive(world, made, 2)
    provider("The contact's own firm", MOVERS, client=world.extra["Swift Movers"])
    option = _option(world, "The contact's own firm")
    assert option.alliance == made
    assert "They gave us 2 referrals." in option.why


def test_queries_of_a_routing_do_not_grow(world, django_assert_num_queries):
    general(world)
    ally(world)
    enquiry = asked(world)
    with CaptureQueriesContext(connection) as one:
        routing_of(enquiry)
    for n in range(4):
        give(world, ally(world, f"More {n}"), 2)
        provider(f"Not allied {n}", MOVERS)
    with django_assert_num_queries(len(one)):
        routing_of(enquiry)


def test_sent_on_once(world):
    general(world)
    made = ally(world)
    enquiry = asked(world)
    with pytest.raises(Conflict) as refused:
        services.answer_enquiry(by=world.by, enquiry_id=enquiry.pk, answer="taken")
    assert refused.value.code == "enquiry_not_sent"
    services.route_enquiry(by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id)
    for again in (
        lambda: services.route_enquiry(
            by=world.by, enquiry_id=enquiry.pk, provider_id=made.provider_id
        ),
        lambda: services.close_enquiry(by=world.by, enquiry_id=enquiry.pk, why="x"),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.code == "enquiry_not_open"
    services.answer_enquiry(by=world.by, enquiry_id=enquiry.pk, answer="taken")
    assert list(queries.enquiries(state="answered")) == [enquiry]


def test_states_of_enquiries(world):
    first = asked(world)
    assert list(queries.enquiries(state="open")) == [first]
    with pytest.raises(Invalid):
        services.close_enquiry(by=world.by, enquiry_id=first.pk, why=" ")
    services.close_enquiry(by=world.by, enquiry_id=first.pk, why="Found somebody alone")
    assert list(queries.enquiries(state="closed")) == [first]
    assert queries.open_enquiries() == 0
