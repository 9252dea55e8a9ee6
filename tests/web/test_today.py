"""Today as a page: whose moves, in which order, and what the answers to them write."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.heart_world import earned, furnish
from warmhand.apps.accounts.models import Member
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import open_ask_of, verdict_of
from warmhand.apps.asks.standings import redecide
from warmhand.apps.directory import services as directory
from warmhand.apps.giving.models import Favour
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.journal.models import Entry
from warmhand.apps.moves.queries import answers_of
from warmhand.apps.people.models import Client
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case, Commitment, Rating
from warmhand.rulebook import MOVES, Move
from warmhand.web.doing import DOINGS
from warmhand.web.templatetags.heart import DO_LABELS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(closed_world):
    return furnish(closed_world)


def text(answer):
    return answer.content.decode()


def test_each_role_comes_to_its_own_first_page(as_member, closed_world):
    assert as_member("agent").get("/").url == "/console/"
    for role in ("account_manager", "leader", "owner"):
        assert as_member(role).get("/").url == "/today/"


def test_every_move_can_be_done_and_says_how():
    # an invitation to a review has a page of its own
    assert set(DOINGS) == set(Move) - {Move.WAIT, Move.INVITE_TO_REVIEW}
    assert set(DO_LABELS) == set(Move)


def test_the_list_is_best_first_and_grouped_with_counts(as_member, ids):
    page = text(as_member("account_manager").get("/today/"))
    titles = [info.title for info in MOVES.values() if f"</svg>{info.title} <span" in page]
    places = [page.index(f"</svg>{title} <span") for title in titles]
    assert len(titles) == 7
    assert places == sorted(places)
    assert "They rated us 2 of 10, and it was not made good." in page


def test_whose_clients_are_shown(as_member, closed_world, ids, inside):
    with inside():
        world = closed_world
        earned(world, "Lea's Own", world.company("Elsewhere"), keeper=world.members["leader"])
        redecide(None, world.today())
    browser = as_member("account_manager")
    assert "Lea&#x27;s Own" not in text(browser.get("/today/"))
    assert "Lea&#x27;s Own" in text(browser.get("/today/?whose=all"))
    assert "Lea&#x27;s Own" in text(browser.get("/today/?whose=team:North"))
    assert "Lea&#x27;s Own" in text(as_member("leader").get("/today/"))
    assert "Bruno Salt" not in text(as_member("leader").get("/today/?whose=mine"))


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("move=ask", "Ada Kettle", "Bruno Salt"),
        ("code=unhappy", "Bruno Salt", "Ada Kettle"),
        ("q=Millrace", "Emil Brandt", "Ada Kettle"),
        ("q=zzz", "No move fits these filters", "Ada Kettle"),
        ("move=nonsense&page=x", "Ada Kettle", "No move fits"),
    ],
)
def test_filters(as_member, ids, query, there, gone):
    page = text(as_member("owner").get(f"/today/?{query}"))
    assert there in page
    assert gone not in page


def test_one_company(as_member, ids, inside):
    with inside():
        company = Client.objects.get(pk=ids["unhappy"]).company_id
    page = text(as_member("owner").get(f"/today/?company={company}"))
    assert "Bruno Salt" in page
    assert "Ada Kettle" not in page
    assert "All companies" in page


def test_an_empty_list_teaches_what_earns_an_ask(as_member):
    page = text(as_member("account_manager").get("/today/"))
    for word in ("Agreed", "Delivered", "Happy", "Given"):
        assert f"{word}</h3>" in page
    assert "Import your records" not in page
    assert "Import your records" in text(as_member("owner").get("/today/"))


def test_queries_do_not_grow_with_the_list(as_member, closed_world, inside):
    def make(number):
        with inside():
            for n in range(number):
                earned(closed_world, f"Client {n:02}", closed_world.company(f"Company {n}"))
            redecide(None, closed_world.today())

    browser = as_member("owner")
    make(1)
    browser.get("/today/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/today/")
    make(19)
    with CaptureQueriesContext(connection) as twenty:
        page = text(browser.get("/today/"))
    assert page.count("data-item") == 20
    assert len(twenty) == len(one)
    assert 5 < len(one) < 25


def undo(browser, page):
    """Press the button of the toast."""
    entry = re.search(r"/journal/(\d+)/undo/", page)[1]
    return browser.post(f"/journal/{entry}/undo/", {"next": "/today/"})


def snooze(browser, client_id, **sent):
    wanted = {"days": "7", "why": "They are away"} | sent
    return browser.post(f"/clients/{client_id}/moves/ask/snooze/", wanted)


def test_a_snoozed_move_is_gone_until_its_day_and_undo_brings_it_back(
    as_member, ids, inside, closed_world
):
    browser = as_member("account_manager")
    assert snooze(browser, ids["ask"]).url == "/today/"
    page = text(browser.get("/today/"))
    assert "Ada Kettle" not in page
    with inside():
        answer = answers_of(ids["ask"]).get()
        assert (answer.answer, answer.reason) == ("snoozed", "They are away")
        assert answer.until == closed_world.today() + dt.timedelta(days=7)
    undo(browser, page)
    assert "Ada Kettle" in text(browser.get("/today/"))


def test_a_day_of_ones_own_and_a_day_that_is_past(as_member, ids, closed_world, inside):
    browser = as_member("account_manager")
    past = snooze(browser, ids["ask"], until=closed_world.days_ago(1).isoformat())
    assert past.status_code == 422
    assert "Name a day still to come." in text(past)
    coming = closed_world.days_ago(-45)
    assert snooze(browser, ids["ask"], until=coming.isoformat()).status_code == 302
    with inside():
        assert answers_of(ids["ask"]).get().until == coming


def test_a_dismissal_wants_a_reason(as_member, ids, inside):
    browser = as_member("account_manager")
    path = f"/clients/{ids['ask']}/moves/ask/dismiss/"
    assert browser.post(path, {"why": " "}).status_code == 422
    assert browser.post(path, {"why": "It doesn't fit them"}).status_code == 302
    with inside():
        assert answers_of(ids["ask"]).get().answer == "dismissed"


def test_handing_over_changes_the_care(as_member, ids, inside, closed_world):
    path = f"/clients/{ids['ask']}/moves/ask/hand-over/"
    to = closed_world.members["leader"].pk
    sent = {"to_member": to, "why": "You know them better"}
    assert as_member("agent").post(path, sent).status_code == 403
    assert as_member("account_manager").post(path, sent).status_code == 302
    with inside():
        assert Client.objects.get(pk=ids["ask"]).keeper_id == to
    stranger = Member.objects.model(pk=10**6).pk
    assert as_member("leader").post(path, sent | {"to_member": stranger}).status_code == 422


def test_htmx_gets_the_list_anew_under_the_same_filters(as_member, ids):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/?move=ask"}
    answer = as_member("account_manager").post(
        f"/clients/{ids['ask']}/moves/ask/snooze/", {"days": "7", "why": "Away"}, headers=headers
    )
    page = text(answer)
    assert 'id="today-list"' in page
    assert "No move fits these filters" in page
    assert 'value="/today/?move=ask"' in page
    assert "<html" not in page


def do(browser, client_id, move, **sent):
    return browser.post(f"/clients/{client_id}/moves/{move}/do/", sent)


def test_made_good(as_member, ids, inside, closed_world):
    today = closed_world.today()
    with inside():
        rating = Rating.objects.get(client_id=ids["unhappy"], score=2)
    sent = {"what": f"rating:{rating.pk}", "on": today, "why": "We delivered by hand."}
    assert do(as_member("agent"), ids["unhappy"], "recover", **sent).status_code == 302
    with inside():
        rating.refresh_from_db()
        assert rating.recovered_on == today
        assert verdict_of(ids["unhappy"]).decision.move is not Move.RECOVER


def test_thanked(as_member, ids, inside, closed_world):
    with inside():
        owed = ThankYou.objects.get(client_id=ids["owed"])
    sent = {"thanks": owed.pk, "how": "A card", "on": closed_world.today()}
    assert do(as_member(), ids["owed"], "thank", **sent).status_code == 302
    with inside():
        owed.refresh_from_db()
        assert owed.given_on == closed_world.today()


@pytest.mark.parametrize(("solved", "state"), [("yes", "confirmed"), ("no", "open")])
def test_what_they_say_of_a_case(as_member, ids, inside, solved, state):
    with inside():
        case = Case.objects.get(client_id=ids["solved"])
    sent = {"case": case.pk, "solved": solved, "why": "Their own words."}
    assert do(as_member(), ids["solved"], "confirm_resolution", **sent).status_code == 302
    with inside():
        case.refresh_from_db()
        assert case.state == state
        assert Entry.objects.latest("pk").why == "Their own words."


def test_a_promise_kept_or_another_day_agreed(as_member, ids, inside, closed_world):
    with inside():
        late = Commitment.objects.get(client_id=ids["late"], delivered_on=None)
    coming = closed_world.days_ago(-9)
    sent = {"what": f"commitment:{late.pk}", "happened": "agreed", "on": coming}
    do(as_member(), ids["late"], "keep_promise", **sent)
    with inside():
        late.refresh_from_db()
        assert late.due_on == coming
        Commitment.objects.filter(pk=late.pk).update(due_on=closed_world.days_ago(1))
    shown = {"evidence_kind": "link", "evidence": "https://example.org/report"}
    sent |= {"happened": "delivered", "on": closed_world.today()} | shown
    do(as_member(), ids["late"], "keep_promise", **sent)
    with inside():
        late.refresh_from_db()
        assert (late.delivered_on, late.evidence_kind) == (closed_world.today(), "link")


def test_a_favour_an_offer_and_a_referral_given(as_member, ids, inside, closed_world):
    today, browser = closed_world.today(), as_member()
    favour = {"what": "Lent a room", "kind": "personal", "happened": "done", "on": today}
    assert do(browser, ids["new"], "favour", **favour).status_code == 302
    given = {"provider": "Nora the notary", "on": today, "need_id": ""}
    assert do(browser, ids["uncultivated"], "give_referral", **given).status_code == 302
    none = do(browser, ids["ask"], "offer", on=today)
    assert none.status_code == 422
    assert "There is no active offer." in text(none)
    with inside():
        assert Favour.objects.get(client_id=ids["new"]).kind == "personal"


def test_an_ask_with_a_name_owes_thanks(as_member, ids, inside):
    sent = {"channel": "spoken", "outcome": "name", "new_person": "Zoe", "trust_confirmed": "on"}
    browser = as_member("account_manager")
    words = text(browser.get(f"/clients/{ids['ask']}/moves/ask/do/"))
    assert "whom we might be able to help" in words
    assert do(browser, ids["ask"], "ask", **sent | {"new_person": ""}).status_code == 422
    assert do(browser, ids["ask"], "ask", **sent).status_code == 302
    with inside():
        ask = Ask.objects.get(client_id=ids["ask"])
        assert (ask.outcome, ask.trust_confirmed, ask.help_offered) == ("name", True, False)
        assert ReferralReceived.objects.get(ask=ask).new_person == "Zoe"
        assert verdict_of(ids["ask"]).decision.move is Move.THANK
    undo(browser, text(browser.get("/today/")))
    with inside():
        assert not Ask.objects.filter(client_id=ids["ask"]).exists()
        assert not ThankYou.objects.filter(client_id=ids["ask"]).exists()
        assert verdict_of(ids["ask"]).decision.move is Move.ASK


def test_an_open_ask_waits_on_today_until_it_is_answered(as_member, ids, inside):
    browser = as_member("account_manager")
    do(browser, ids["ask"], "ask", channel="email", outcome="")
    with inside():
        ask = open_ask_of(ids["ask"])
    assert f"/asks/{ask.pk}/answer/" in text(browser.get("/today/"))
    answer = browser.post(f"/asks/{ask.pk}/answer/", {"outcome": "no", "help_offered": "on"})
    assert answer.status_code == 302
    again = browser.post(f"/asks/{ask.pk}/answer/", {"outcome": "no"})
    assert again.status_code == 422
    assert "This ask ended already" in text(again)


def test_an_ask_that_is_not_earned_is_refused_with_its_reason(as_member, ids):
    answer = do(as_member(), ids["unhappy"], "ask", channel="spoken", outcome="")
    assert answer.status_code == 422
    assert "Not yet: They rated us 2 of 10" in text(answer)


@pytest.mark.parametrize("path", ["moves/fly/do/", "moves/fly/snooze/"])
def test_a_move_that_does_not_exist(as_member, ids, path):
    assert as_member().get(f"/clients/{ids['ask']}/{path}").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "company=x", "whose=team:None", "code=x", "page=-1", "page=" + "9" * 40]
)
def test_filters_that_make_no_sense_are_left_out(as_member, ids, query):
    assert as_member("owner").get(f"/today/?{query}").status_code == 200


def test_a_licence_that_ends_stands_on_the_page_of_who_vouches(as_member, closed_world, inside):
    member = closed_world.members["account_manager"]
    with inside():
        firm = directory.add_provider(
            by=closed_world.by, name="Nordlicht Law", licence_until=closed_world.today()
        )
        directory.vouch(
            by=closed_world.by, provider_id=firm.pk, why_confident="x", member_id=member.pk
        )
    page = text(as_member("account_manager").get("/today/"))
    assert "The licence of" in page
    assert page.count('hx-target="#dialogs"') == 1
    assert 'id="dialogs"' in page
    assert f"/directory/{firm.pk}/" in page
    renewed = f"/records/provider/{firm.pk}/licence/"
    assert f'href="{renewed}"' in page
    on = closed_world.today() + dt.timedelta(days=365)
    as_member("account_manager").post(renewed, {"licence": "Bar", "licence_until": on.isoformat()})
    assert "The licence of" not in text(as_member("account_manager").get("/today/"))
    assert "The licence of" not in text(as_member("owner").get("/today/"))
    assert "The licence of" not in text(as_member("account_manager").get("/today/?q=ada"))
