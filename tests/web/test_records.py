"""Records as pages: lists, a client's page, and recording, changing, removing, undoing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.full_client import make_full_client
from warmhand.apps.giving.services import meet_need, note_need
from warmhand.apps.journal import queries as journal
from warmhand.apps.people import queries as people
from warmhand.apps.work import queries as work
from warmhand.web.records.kinds import KINDS
from warmhand.web.records.lists import LISTINGS
from warmhand.web.templatetags.records import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(closed_world, inside):
    """A client with one of every kind of record."""
    with inside():
        return make_full_client(closed_world)


def text(answer) -> str:
    return answer.content.decode()


def undo_in(page: str) -> str:
    """The address of the first Undo on a page."""
    return re.search(r'action="(/journal/\d+/undo/)"', page)[1]


@pytest.mark.parametrize("name", LISTINGS)
def test_every_list_shows_its_records_and_teaches_when_empty(name, as_member, closed_world):
    empty = text(as_member("agent").get(reverse(f"web:{name}")))
    assert LISTINGS[name].empty in empty.replace("&#x27;", "'")


ROWS_ELSEWHERE = {
    "asks",
    "reviews-due",
    "reviews-invited",
    "reviews",
    "follow-ups",
    "introductions",
}
"""What one client can't all have at once; drawn in tests of their own beside this one."""


@pytest.mark.parametrize("name", [name for name in LISTINGS if name not in ROWS_ELSEWHERE])
def test_every_list_draws_its_rows(name, as_member, full):
    page = text(as_member("agent").get(reverse(f"web:{name}")))
    assert page.count("data-item") > 0
    assert "Nothing here yet" not in page


@pytest.mark.parametrize("name", LISTINGS)
def test_every_filter_of_every_list_can_be_chosen(name, as_member, full):
    browser = as_member("agent")
    page = text(browser.get(reverse(f"web:{name}")))
    for field in LISTINGS[name].filters:
        select = re.search(rf'<select name="{field}".*?</select>', page, re.S)[0]
        for value in re.findall(r'value="([^"]+)"', select):
            assert browser.get(reverse(f"web:{name}"), {field: value}).status_code == 200


def test_lists_side_by_side_are_tabs_under_one_line_of_the_navigation(as_member, full):
    page = text(as_member("agent").get("/ratings/"))
    assert re.search(r'href="/surveys/"[^>]* aria-current="page"', page)
    assert '<a href="/ratings/" aria-current="page">Ratings</a>' in page
    page = text(as_member("agent").get("/reviews/planned/"))
    assert re.search(r'href="/reviews/due/"[^>]* aria-current="page"', page)
    assert '<a href="/reviews/planned/" aria-current="page">Planned</a>' in page


def test_ratings_are_narrowed_to_a_score_and_to_those_not_made_good(as_member, full):
    browser = as_member("agent")
    assert "Smooth from start" in text(browser.get("/ratings/", {"not_made_good": "yes"}))
    assert "Nothing fits" in text(browser.get("/ratings/", {"at_most": "8"}))


def test_a_list_costs_as_many_queries_for_twenty_rows_as_for_one(
    as_member, closed_world, inside, django_assert_max_num_queries
):
    with inside():
        for number in range(20):
            closed_world.client(f"Client {number}")
    browser = as_member("agent")
    with django_assert_max_num_queries(14):
        assert text(browser.get("/clients/")).count("data-item") == 20


def test_search_finds_a_client_by_company_and_by_number(as_member, full):
    browser = as_member("agent")
    for words in ("kettle sons", "ada@kettle.example", "1134960000"):
        assert "Head of Operations" in text(browser.get("/clients/", {"q": words}))
    nobody = text(browser.get("/clients/", {"q": "nobody at all"}))
    assert "Nothing fits" in nobody


def test_clients_are_sorted_and_come_in_pages(as_member, closed_world, inside):
    with inside():
        for number in range(30):
            closed_world.client(f"Client {number:02}")
    browser = as_member("agent")
    first = text(browser.get("/clients/"))
    assert "1–25 of 30" in first
    assert 'aria-sort="none"' in first
    last = text(browser.get("/clients/", {"sort": "-name"}))
    assert "Client 29" in last
    assert "Client 00" not in last
    assert "Client 00" in text(browser.get("/clients/", {"sort": "-name", "page": "2"}))


def test_a_wrong_order_is_a_clear_refusal(as_member):
    answer = as_member("agent").get("/clients/", {"sort": "height"})
    assert answer.status_code == 422
    assert "Sort by one of" in text(answer)


def test_the_page_of_a_client_shows_all_there_is(as_member, full):
    page = text(as_member("agent").get(f"/clients/{full['client'].pk}/"))
    for words in (
        "Ada Kettle",
        "New stock system live before the fair",
        "9 of 10",
        "not confirmed yet",
        "Lent our meeting room",
        "Jan Peeters",
        "Marl Design",
        "ada@kettle.example",
        "agreed to be asked",
        "Say thank you",
    ):
        assert words in page, words


def test_the_time_line_and_the_journal_of_a_client(as_member, full):
    browser = as_member("agent")
    days = text(browser.get(f"/clients/{full['client'].pk}/?tab=days"))
    assert "Agreed: New stock system live before the fair" in days
    entries = text(browser.get(f"/clients/{full['client'].pk}/?tab=journal"))
    assert "Added the client Ada Kettle." in entries


def test_a_new_client_brings_their_company_along_once(as_member, inside):
    browser = as_member("agent")
    values = {"name": "Bo Marl", "company": "Marl  Design", "email": "Bo@Marl.example"}
    page = browser.post("/clients/new/", values, follow=True)
    assert "Marl Design" in text(page)
    browser.post("/clients/new/", {"name": "Cy Marl", "company": "marl design"})
    with inside():
        assert people.companies().count() == 1
        assert people.find_client("bo@marl.example").name == "Bo Marl"


def test_a_client_needs_a_name_or_a_company(as_member):
    answer = as_member("agent").post("/clients/new/", {"name": ""})
    assert answer.status_code == 422
    assert "Name the client or their company" in text(answer)


def test_a_wrong_address_is_said_on_the_form_and_nothing_is_kept(as_member, inside):
    values = {"name": "Bo Marl", "company": "Marl Design", "phone": "12"}
    answer = as_member("agent").post("/clients/new/", values)
    assert answer.status_code == 422
    with inside():
        assert not people.clients().exists()
        assert not people.companies().exists()


def test_changing_a_client_and_undoing_it_in_the_toast(as_member, full, inside):
    browser, pk = as_member("agent"), full["client"].pk
    form = text(browser.get(f"/clients/{pk}/edit/"))
    assert 'value="Kettle &amp; Sons"' in form
    values = {"name": "Ada Kettle-Marl", "company": "Kettle & Sons"}
    page = text(browser.post(f"/clients/{pk}/edit/", values, follow=True))
    assert "Ada Kettle-Marl" in page
    browser.post(undo_in(page))
    with inside():
        assert people.client_by_id(pk).name == "Ada Kettle"


def test_a_removed_client_is_gone_and_comes_back(as_member, full):
    browser, pk = as_member("agent"), full["client"].pk
    page = text(browser.post(f"/records/client/{pk}/remove/", follow=True))
    assert browser.get(f"/clients/{pk}/").status_code == 404
    browser.post(undo_in(page))
    assert browser.get(f"/clients/{pk}/").status_code == 200


def test_a_company_with_clients_stays(as_member, full):
    answer = as_member("agent").post(f"/records/company/{full['company'].pk}/remove/")
    assert answer.status_code == 409
    assert "There are clients at" in text(answer)


def test_a_case_goes_from_opened_to_confirmed_by_the_client(as_member, full, inside):
    browser, pk = as_member("agent"), full["case"].pk
    today = dt.date.today().isoformat()
    words = {"on": today, "why": "It works now, thank you"}
    browser.post(f"/records/case/{pk}/confirm/", words)
    with inside():
        assert work.case_by_id(pk).state == "confirmed"
    browser.post(f"/records/case/{pk}/reopen/", {"why": "It came back"})
    with inside():
        assert work.case_by_id(pk).state == "open"
        assert journal.history_of("work.Case", pk).first().why == "It came back"


def test_what_cannot_have_happened_yet_is_refused_at_its_field(as_member, full):
    url = f"/records/client/{full['client'].pk}/rating/"
    answer = as_member("agent").post(url, {"score": 9, "on": "2199-01-01"})
    assert answer.status_code == 422
    assert 'id="id_on_error"' in text(answer)


def test_a_delivery_shows_what_was_delivered(as_member, full, inside):
    pk = full["open_commitment"].pk
    values = {"on": dt.date.today(), "evidence_kind": "figure", "evidence": "12 % fewer returns"}
    as_member("agent").post(f"/records/commitment/{pk}/deliver/", values)
    with inside():
        assert work.commitment_by_id(pk).evidence == "12 % fewer returns"


def test_htmx_gets_the_form_as_a_dialog_and_is_sent_on(as_member, full):
    browser = as_member("agent")
    url = f"/records/client/{full['client'].pk}/favour/"
    asked = browser.get(url, headers={"HX-Request": "true"})
    assert text(asked).lstrip().startswith("<dialog")
    values = {"what": "Held the door", "kind": "personal", "on": dt.date.today()}
    sent = browser.post(url, values, headers={"HX-Request": "true"})
    assert sent["HX-Redirect"] == f"/clients/{full['client'].pk}/"


def test_an_agent_is_not_offered_to_hand_clients_over(as_member, full):
    url = f"/records/client/{full['client'].pk}/hand-over/"
    assert url not in text(as_member("agent").get(f"/clients/{full['client'].pk}/"))
    assert as_member("agent").get(url).status_code == 403
    assert url in text(as_member("leader").get(f"/clients/{full['client'].pk}/"))


@pytest.mark.parametrize("address", ["/records/horse/1/edit/", "/records/case/1/fly/"])
def test_unknown_kinds_and_acts_are_not_found(address, as_member):
    assert as_member("agent").get(address).status_code == 404


def test_every_act_that_is_offered_opens(as_member, full):
    """Each button on the client's page leads to a form, whatever the record and its state."""
    browser = as_member("owner")
    page = text(browser.get(f"/clients/{full['client'].pk}/"))
    offered = set(re.findall(r'href="(/records/[^"]+)"', page))
    assert len(offered) > 40
    for url in offered:
        assert browser.get(url).status_code == 200, url


def test_quarter_ends_are_worked_out(as_member, full, inside):
    pk = full["company"].pk
    as_member("agent").post(f"/records/company/{pk}/quarter-ends/")
    with inside():
        assert work.busy_times(company_id=pk).filter(kind="quarter_end").exists()


def test_company_names_are_proposed_while_typing(as_member, full):
    found = text(as_member("agent").get("/companies/names/", {"company": "kett"}))
    assert "Kettle &amp; Sons" in found
    assert "<option" not in text(as_member("agent").get("/companies/names/", {"company": " "}))


def test_every_kind_has_its_name_in_addresses():
    assert set(NAMES.values()) == set(KINDS)


def test_a_file_that_shows_what_was_delivered_is_kept_and_handed_out(
    as_member, full, inside, closed_world
):
    browser = as_member("agent")
    commitment = full["open_commitment"].pk
    plan = SimpleUploadedFile("../Plan & <b>.pdf", b"%PDF-1.7 the plan")
    values = {"evidence_kind": "none", "evidence": "", "on": closed_world.today(), "file": plan}
    assert browser.post(f"/records/commitment/{commitment}/deliver/", values).status_code == 302
    with inside():
        known = work.commitment_by_id(commitment)
        assert (known.evidence_kind, known.kept_file) == ("file", "Plan & <b>.pdf")
    answer = browser.get(f"/commitments/{commitment}/evidence/")
    assert answer.content == b"%PDF-1.7 the plan"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Plan &amp; &lt;b&gt;.pdf" in text(browser.get(f"/clients/{full['client'].pk}/"))


def test_a_file_of_another_workspace_looks_like_none(as_member, full, closed_world, client):
    browser = as_member("agent")
    commitment = full["open_commitment"].pk
    plan = SimpleUploadedFile("plan.pdf", b"secret")
    values = {"evidence_kind": "none", "evidence": "", "on": closed_world.today(), "file": plan}
    assert browser.post(f"/records/commitment/{commitment}/deliver/", values).status_code == 302
    client.force_login(closed_world.outsider)
    answer = client.get(f"/commitments/{commitment}/evidence/")
    assert answer.status_code == 404
    assert b"secret" not in answer.content


def test_a_file_too_big_is_refused_on_its_field(as_member, full, monkeypatch):
    monkeypatch.setattr("warmhand.web.records.forms.work.MOST_BYTES", 3)
    values = {"evidence_kind": "none", "on": "2026-01-05", "file": SimpleUploadedFile("a", b"1234")}
    address = f"/records/commitment/{full['open_commitment'].pk}/deliver/"
    answer = as_member("agent").post(address, values)
    assert answer.status_code == 422
    assert "bigger than 20 MB" in text(answer)


def test_a_clients_page_offers_the_move_and_who_could_help(as_member, closed_world, inside):
    with inside():
        client = closed_world.client("Ada Kettle")
        need = note_need(
            by=closed_world.by, client_id=client.pk, words="A locksmith", urgency="now"
        )
        met = note_need(by=closed_world.by, client_id=client.pk, words="A caterer")
        meet_need(by=closed_world.by, need_id=met.pk, on=closed_world.today())
    page = as_member("account_manager").get(reverse("web:client", args=[client.pk]))
    said = page.content.decode()
    verdict = said[said.index('aria-labelledby="verdict-title"') :].split("</section>")[0]
    assert re.search(r'class="button primary" href="/clients/\d+/moves/\w+/do/', verdict)
    where = reverse("web:introduce", args=[need.pk])
    assert said.count(f'href="{where}"') == 2  # where it stands as urgent, and in its line
    assert reverse("web:introduce", args=[met.pk]) not in said
    assert "Mark as met" in said


BEGIN = {
    "favours": "/quick/favour/",
    "needs": "/quick/need/",
    "directory": "/directory/new/",
    "introductions": "/needs/",
}


@pytest.mark.parametrize("name", BEGIN)
def test_an_empty_list_has_the_button_to_begin_with(name, as_member):
    page = text(as_member("agent").get(reverse(f"web:{name}")))
    empty = page[page.index('class="empty"') :].split("</div>")[0]
    assert f'class="button primary" href="{BEGIN[name]}"' in empty
