"""Favours over the whole client base, needs, and the quick note, as pages."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from warmhand.apps.directory.models import Expertise
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.models import Favour, Need, ProposalDismissed
from warmhand.listening.encoder import encoder_or_none
from warmhand.matching import near_categories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def base(closed_world, inside):
    """Ada has had a favour; Otto, who needs a mover, and Bo have had none."""
    world = closed_world
    with inside():
        people = {
            "ada": world.client(company=world.company(sector="Foundry")),
            "otto": world.client("Otto Holm"),
            "bo": world.client("Bo =Marl", keeper=world.members["agent"]),
        }
        giving.do_favour(by=world.by, client_id=people["ada"].pk, what="A lift")
        need = giving.note_need(
            by=world.by, client_id=people["otto"].pk, words="A good mover", urgency="now"
        )
    return {**people, "need": need}


def test_coverage_tells_the_share_with_its_cases_and_leads_to_the_rest(base, as_member):
    page = text(as_member("agent").get("/favours/coverage/"))
    assert "33 %" in page
    assert "1 of 3 clients had a favour" in page
    assert 'href="/favours/none/?sector=-"' in page
    assert "As a table" in page
    narrowed = text(as_member("agent").get("/favours/coverage/?sector=Foundry"))
    assert "100 %" in narrowed
    assert "No clients here" in text(as_member("agent").get("/favours/coverage/?q=nobody"))


def test_who_has_had_none_has_a_proposal_each_with_its_reasons(base, as_member):
    page = text(as_member("agent").get("/favours/none/"))
    assert "Ada Kettle" not in page
    assert "Find somebody good for what they need: “A good mover”" in page
    assert "They need it now." in page
    assert "Call without a purpose of our own" in page


def test_a_proposal_becomes_a_promise_in_one_click(base, as_member, inside):
    browser, otto = as_member("agent"), base["otto"]
    take = reverse("web:proposal_take", args=[otto.pk, f"need:{base['need'].pk}"])
    assert take in text(browser.get("/favours/none/"))
    form = text(browser.get(take, headers={"HX-Request": "true"}))
    assert 'value="Find somebody good for what they need: “A good mover”"' in form
    assert "data-opens-itself" in form
    what = "Find two movers"
    answer = browser.post(take, {"what": what, "kind": "professional"}, follow=True)
    assert "Promised Otto Holm: Find two movers." in text(answer)
    with inside():
        promised = Favour.objects.get(what=what)
        assert promised.promised_on
        assert promised.need == base["need"]  # rewritten, and known by its number
    assert "It was promised on" in text(browser.get("/favours/none/"))


def test_a_promise_with_a_price_is_refused_at_its_field(base, as_member):
    take = reverse("web:proposal_take", args=[base["bo"].pk, "listen"])
    answer = as_member("agent").post(
        take, {"what": "Call them at our usual rate", "kind": "professional"}
    )
    assert answer.status_code == 422
    assert "is a price" in text(answer)
    assert "as a commitment" in text(answer)


def test_what_is_put_aside_makes_room_for_the_next_and_can_be_undone(base, as_member, inside):
    browser, otto = as_member("agent"), base["otto"]
    about = f"need:{base['need'].pk}"
    dismiss = reverse("web:proposal_dismiss", args=[otto.pk, about])
    page = text(browser.post(dismiss, follow=True))
    assert "A good mover" not in page
    assert page.count("Call without a purpose of our own") == 2
    again = browser.post(dismiss)
    assert again.status_code == 404
    undo = re.search(r'action="(/journal/\d+/undo/)"', page)[1]
    browser.post(undo)
    assert "A good mover" in text(browser.get("/favours/none/"))
    with inside():
        assert not ProposalDismissed.objects.exists()


def test_the_list_as_a_file_is_whole_and_harmless_to_a_spreadsheet(base, as_member, inside):
    with inside():
        base["bo"].name = "=1+1"
        base["bo"].save()
    answer = as_member("agent").get("/favours/none.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Client"] for row in rows] == ["Otto Holm", "'=1+1"]
    assert rows[0]["Proposal"].startswith("Find somebody good")
    assert "attachment" in answer["Content-Disposition"]
    narrowed = as_member("agent").get("/favours/none.csv?q=Otto").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(narrowed)))) == 1


def test_a_page_of_proposals_costs_as_many_queries_for_twenty_as_for_two(
    base, as_member, closed_world, inside, django_assert_max_num_queries
):
    with inside():
        for number in range(30):
            client = closed_world.client(
                f"Client {number:02}", company=closed_world.company(f"Firm {number}")
            )
            by = closed_world.by
            giving.note_need(by=by, client_id=client.pk, words="Somebody who fits out a warehouse")
            Expertise.objects.create(
                client=client, words=f"Warehouse racks {number}", noted_on=closed_world.today()
            )
    browser = as_member("agent")
    with django_assert_max_num_queries(24):
        page = text(browser.get("/favours/none/"))
    assert page.count("data-item") == 20
    assert "1–20 of 32" in page
    assert "both say “warehouse”" in page


def test_the_quick_note_is_on_every_page_and_knows_the_client_at_hand(base, as_member):
    browser, otto = as_member("agent"), base["otto"]
    assert 'data-key-page="q"' in text(browser.get("/console/"))
    page = text(browser.get(f"/clients/{otto.pk}/"))
    assert f"client={otto.pk}" in re.search(r'href="(/quick/need/[^"]*)"', page)[1]
    assert "They need something" in text(browser.get(f"/console/{otto.pk}/"))
    form = text(browser.get(f"/quick/need/?client={otto.pk}", headers={"HX-Request": "true"}))
    assert f'type="hidden" name="client" value="{otto.pk}"' in form
    assert "Otto Holm" in form


def test_a_need_is_noted_with_urgency_and_consent_and_proposes_a_category(base, as_member, inside):
    browser = as_member("agent")
    sent = {
        "who": "otto",
        "client": base["otto"].pk,
        "words": "A locksmith for the yard",
        "urgency": "now",
        "may_pass_on": "yes",
        "for_other": "on",
    }
    page = text(browser.post("/quick/need/", sent, headers=HTMX))
    assert "Noted for Otto Holm" in page
    with inside():
        need = Need.objects.get(words=sent["words"])
        assert need.for_other
        assert (need.urgency, need.may_pass_on) == ("now", True)
        assert need.asked_on == need.noted_on
    # what the sentence means comes in a part of its own: the note itself is there at once
    proposed = reverse("web:need_categories", args=[need.pk])
    assert f'hx-get="{proposed}"' in page
    assert 'value="561622"' in text(browser.get(proposed))
    category = reverse("web:quick_category", args=[need.pk])
    page = text(browser.post(category, {"category": "561622"}, headers=HTMX))
    assert "Locksmith" in page
    assert "Locksmith" in text(browser.get("/needs/?category=561622"))
    undo = re.search(r'action="(/journal/\d+/undo/)"', page)[1]
    assert browser.post(undo, {"next": "/today/"}).url == "/today/"


def test_categories_are_read_from_the_sentence_as_matching_does(
    base, as_member, inside, closed_world
):
    world = closed_world
    with inside():
        need = giving.note_need(
            by=world.by, client_id=base["otto"].pk, words="Somebody for our payroll"
        )
    page = text(as_member("agent").get(reverse("web:need_categories", args=[need.pk])))
    found = re.findall(r'value="([^"]+)"', page)
    with inside():
        read = near_categories(need.words, encoder_or_none())
    assert found == [code for code, _ in read]
    assert found[0] == "541214"


def test_a_need_in_another_language_says_why_no_category_is_proposed(
    base, as_member, inside, closed_world
):
    world = closed_world
    with inside():
        need = giving.note_need(
            by=world.by, client_id=base["otto"].pk, words="Ich brauche dringend einen Klempner"
        )
    said = "This reads as German; we read English only so far."
    browser = as_member("agent")
    page = text(browser.get(reverse("web:need_categories", args=[need.pk])))
    assert said in page
    assert "<button" not in page
    page = text(browser.get(reverse("web:introduce", args=[need.pk])))
    assert said in page
    assert reverse("web:act", args=["need", need.pk, "edit"]) in page


def test_an_unknown_category_is_refused_at_its_field(base, as_member, inside):
    act = reverse("web:act", args=["client", base["otto"].pk, "need"])
    sent = {"words": "A mover", "urgency": "soon", "category": "999999", "on": "2026-01-05"}
    refused = as_member("agent").post(act, sent)
    assert refused.status_code == 422
    assert "is no code of NAICS 2022" in text(refused)
    assert refused.context["form"].errors.keys() == {"category"}


def test_the_client_is_found_by_words_alone_and_never_mistaken(base, as_member, inside):
    browser = as_member("agent")
    note = {"words": "A printer", "urgency": "soon", "may_pass_on": ""}
    assert "Otto Holm" in text(browser.get("/quick/clients/?who=ott"))
    assert "Nobody by that name" in text(browser.get("/quick/clients/?who=zzz"))
    browser.post("/quick/need/", {**note, "who": "Otto Holm"})
    mistaken = browser.post(
        "/quick/need/", {**note, "who": "Ada", "client": base["otto"].pk}, headers=HTMX
    )
    assert mistaken.status_code == 422
    assert "Choose who “Ada” is." in text(mistaken)
    nobody = browser.post("/quick/need/", {**note, "who": "zzz"})
    assert nobody.status_code == 422
    assert browser.post("/quick/need/", note).status_code == 422
    with inside():
        [need] = Need.objects.filter(words="A printer")
        assert need.client == base["otto"]


def test_a_favour_is_noted_done_or_promised_and_words_go_along_to_the_other_kind(
    base, as_member, inside
):
    browser, otto = as_member("agent"), base["otto"]
    assert "A lift home</textarea>" in text(browser.get("/quick/favour/?words=A+lift+home"))
    sent = {"client": otto.pk, "what": "A lift home", "kind": "personal", "minutes": 20}
    browser.post("/quick/favour/", {**sent, "happened": "done"})
    browser.post("/quick/favour/", {**sent, "happened": "promised", "what": "Another"})
    with inside():
        done = Favour.objects.get(what="A lift home")
        assert (done.kind, done.minutes, bool(done.done_on)) == ("personal", 20, True)
        assert Favour.objects.get(what="Another").done_on is None
    refused = browser.post("/quick/favour/", {**sent, "happened": "done", "what": "Billed them 2"})
    assert "is a price" in text(refused)
    assert browser.get("/quick/poem/").status_code == 404


def test_what_is_needed_now_stands_out_on_today_and_on_the_clients_page(base, as_member):
    browser = as_member("owner")
    assert "They need this now:" in text(browser.get(f"/clients/{base['otto'].pk}/"))
    assert "They need this now:" not in text(browser.get(f"/clients/{base['ada'].pk}/"))
    page = text(browser.get("/today/?whose=all"))
    assert "needed now" in page
    assert "“A good mover”" in page


def test_what_they_say_to_passing_on_is_recorded_from_the_list(base, as_member, inside):
    browser, need = as_member("agent"), base["need"]
    assert "passing on: not asked" in text(browser.get("/needs/?consent=not_asked"))
    act = reverse("web:act", args=["need", need.pk, "pass-on"])
    browser.post(act, {"may_pass_on": "no", "on": "2026-01-02", "why": "Keep it quiet"})
    with inside():
        need.refresh_from_db()
        assert need.may_pass_on is False
    assert "stays between us" in text(browser.get("/needs/?consent=refused"))


def test_what_came_of_a_favour_is_told_by_whom_and_later(base, as_member, inside, closed_world):
    browser, agent = as_member("owner"), closed_world.members["agent"]
    with inside():
        lift = Favour.objects.get(what="A lift")
    act = reverse("web:act", args=["favour", lift.pk, "outcome"])
    browser.post(act, {"outcome": "They caught the train."})
    page = text(browser.get(f"/favours/?member_id={lift.member_id}"))
    assert "They caught the train." in page
    assert "A lift" not in text(browser.get(f"/favours/?member_id={agent.pk}"))


def test_without_clients_nobody_is_said_to_have_had_a_favour(closed_world, as_member, inside):
    browser = as_member("agent")
    page = browser.get(reverse("web:favours-none")).content.decode()
    assert "Every client has had a favour" not in page
    assert "No clients yet" in page
    assert f'href="{reverse("web:client_new")}"' in page
    with inside():
        closed_world.client("Ada Kettle")
    page = browser.get(reverse("web:favours-none")).content.decode()
    assert "No clients yet" not in page
    assert "Ada Kettle" in page
