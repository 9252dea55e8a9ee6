"""The pages of introductions: what members do with one click, and what the two sides see."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.introductions import stories
from tests.introductions.stories import client_page
from tests.public_visitor import Visitor
from tests.stopped_clock import time as time
from warmhand.apps.directory.models import Expertise, Provider, Service
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import Introduction
from warmhand.apps.introductions.services import sequence
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.messaging.services import address_of

YES = {"answer": "yes", "tells": list(stories.ALL)}


@pytest.fixture
def inside(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        yield


def in_it(world):
    return workspace_scope(world.workspace.pk)


def member(world) -> Client:
    browser = Client()
    browser.force_login(world.users["account_manager"])
    return browser


def brief_page(world, candidate) -> str:
    with in_it(world):
        link = PublicLink.objects.get(purpose="brief", object_id=candidate.pk)
        return address_of(link, "/p/brief/{token}/")


def started(world, **values):
    with in_it(world):
        it = stories.begun(world, **values)
        return it, client_page(world, it)


def now_of(world, it) -> Introduction:
    with in_it(world):
        return queries.introduction_by_id(it.pk)


def says(path: str, clock, **answers):
    it = Visitor(path)
    it.looks()
    clock.passes(seconds=4)
    return it.sends(**answers)


def test_on_their_pages_from_yes_to_both_details(closed_world, time):
    world = closed_world
    it, path = started(world)
    page = Visitor(path).looks().content.decode()
    assert "Mover 1" in page
    assert stories.WHY in page
    assert says(path, time, **YES).status_code == 302
    with in_it(world):
        services.hand_over(by=world.by, candidate_id=stories.standing(it).pk)
        candidate = stories.standing(it)
    brief = brief_page(world, candidate)
    page = Visitor(brief).looks().content.decode()
    assert stories.NEED in page
    for secret in ("Ada", stories.PHONE, stories.EMAIL):
        assert secret not in page
    assert says(brief, time, answer="yes").status_code == 302
    assert stories.PHONE in Visitor(brief).looks().content.decode()
    assert "mover1@move.example" in Visitor(path).looks().content.decode()
    # and taken back by the same link
    assert says(path, time, answer="back", sure="yes").status_code == 302
    page = Visitor(brief).looks().content.decode()
    for secret in ("Ada", stories.PHONE, stories.EMAIL, stories.NEED):
        assert secret not in page
    assert says(brief, time, answer="gone", sure="yes").status_code == 302
    with in_it(world):
        assert not queries.to_tell().exists()


def test_nothing_is_ticked_beforehand_and_one_tick_allows_what_is_proposed(closed_world, time):
    """A box that we have ticked is no consent (GDPR recital 32)."""
    world = closed_world
    it, path = started(world)
    page = Visitor(path).looks().content.decode()
    assert " checked" not in page
    assert says(path, time, answer="yes").status_code == 422
    assert now_of(world, it).consent_at is None
    assert says(path, time, answer="yes", tells=["all"]).status_code == 302
    allowed = now_of(world, it)
    assert set(allowed.tells) == set(stories.ALL)
    assert "name" not in allowed.tells, "it wasn't proposed"
    with in_it(world):
        proof = LinkOutcome.objects.get()
    assert set(proof.said["tells"]) == set(stories.ALL)


def test_what_was_ticked_stays_ticked_when_something_else_is_missing(closed_world, time):
    _, path = started(closed_world)
    page = says(path, time, answer="yes", tells=["need"]).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == ["need", "yes"]


def test_what_a_member_heard_on_the_spot_is_ticked_by_them(closed_world, time):
    world = closed_world
    it, _ = started(world)
    browser, page = member(world), reverse("web:introduction", args=[it.pk])
    boxes = re.findall(r'<input type="checkbox" name="tells"[^>]*>', browser.get(page).text)
    assert len(boxes) > len(stories.ALL)
    assert not [box for box in boxes if "checked" in box]
    browser.post(reverse("web:introduction_do", args=[it.pk, "yes"]), {"tells": ["all"]})
    assert set(now_of(world, it).tells) == set(stories.ALL)


def test_unticked_is_not_told(closed_world, time):
    world = closed_world
    it, path = started(world)
    says(path, time, answer="yes", tells=["phone"])
    with in_it(world):
        services.hand_over(by=world.by, candidate_id=stories.standing(it).pk)
        candidate = stories.standing(it)
    brief = brief_page(world, candidate)
    page = Visitor(brief).looks().content.decode()
    for untold in (stories.NEED, "Third floor", "Kettle", "Berlin"):
        assert untold not in page
    says(brief, time, answer="yes")
    page = Visitor(brief).looks().content.decode()
    assert stories.PHONE in page
    assert stories.EMAIL not in page


@pytest.mark.parametrize(
    "answers",
    [{}, {"answer": "maybe"}, {"answer": "back"}, {"answer": "yes", "tells": ["need"]}],
)
def test_what_is_no_answer_changes_nothing(closed_world, time, answers):
    it, path = started(closed_world)
    assert says(path, time, **answers).status_code == 422
    assert now_of(closed_world, it).state == "asked"
    with in_it(closed_world):
        assert not LinkOutcome.objects.exists()


def test_a_decline_with_a_reason_in_the_providers_language(closed_world, time):
    world = closed_world
    with in_it(world):
        listed = stories.providers(2, languages=["de"])
        candidate = stories.asked(world, listed)
    brief = brief_page(world, candidate)
    assert "Jemand könnte Ihre Hilfe brauchen" in Visitor(brief).looks().content.decode()
    says(brief, time, answer="no", reason="no_time", words="erst im Mai")
    with in_it(world):
        first, second = queries.candidates_of(candidate.introduction_id)
    assert (first.state, first.reason) == ("declined", "No time at present: erst im Mai")
    assert second.state == "turn"
    assert stories.NEED not in Visitor(brief).looks().content.decode()


def test_the_card(closed_world, time):
    _, path = started(closed_world)
    assert says(path, time, answer="card").status_code == 302
    assert "+4930901801" in Visitor(path).looks().content.decode()
    with in_it(closed_world):
        assert ReferralGiven.objects.get().listed.name == "Mover 1"


def test_where_the_card_was_taken_the_member_follows_up_and_reads_no_false_word(closed_world, time):
    it, path = started(closed_world)
    says(path, time, answer="card")
    it = now_of(closed_world, it)
    page = member(closed_world).get(reverse("web:introduction", args=[it.pk])).content.decode()
    assert "Ada Kettle has their card" in page
    assert "they tell it themselves" in page
    assert "takes the card of Mover 1" in page
    assert "Their card was taken." not in page  # one act is one line of what happened
    assert f'href="{reverse("web:came_of_it", args=[it.given_id])}"' in page
    told = page[page.index('id="consent-title"') :]
    assert "Phone, after the provider has accepted" not in told


@pytest.mark.parametrize("answer", ["card", "no"])
def test_who_was_never_asked_is_not_said_to_wait(closed_world, time, answer):
    it, path = started(closed_world)
    at = reverse("web:introduction", args=[it.pk])
    browser = member(closed_world)
    assert "Waits for their turn" in browser.get(at).content.decode()
    says(path, time, answer=answer)
    page = browser.get(at).content.decode()
    assert "Waits for their turn" not in page
    assert "Not asked" in page
    assert ("If they think better of it" in page) == (answer == "no")
    assert ("Quality of this referral" in page) == (answer == "card")


def test_a_page_whose_time_is_over_is_told_and_made_anew(closed_world, time):
    it, old = started(closed_world)
    at = reverse("web:introduction", args=[it.pk])
    browser = member(closed_world)
    assert "Their page is closed" not in browser.get(at).content.decode()
    with in_it(closed_world):
        PublicLink.objects.filter(object_id=it.pk).update(expires_at=clock.now())
    time.passes(seconds=1)
    page = browser.get(at).content.decode()
    assert "Their page is closed" in page
    assert old not in page
    assert "Make a new page" in page
    assert "They answer on their page" not in page
    browser.post(reverse("web:introduction_do", args=[it.pk, "ask"]))
    page = browser.get(at).content.decode()
    assert "Their page is closed" not in page
    assert "/p/introduction/" in page


def test_from_a_provider_to_a_clients_need_with_this_provider_ticked(
    closed_world, django_assert_max_num_queries
):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        first, second = stories.providers(2)
        other = Provider.objects.create(name="Anna Bakes")
        for each in (first, second):
            Service.objects.create(provider=each, name="Moving an archive", category="484210")
        client, kept = world.client("Ada"), world.client("Kit")
        need = giving.note_need(
            by=world.by, client_id=client.pk, words=stories.NEED, category="484210"
        )
        giving.note_need(by=world.by, client_id=kept.pk, words="Secret", may_pass_on=False)
        for n in range(3):
            giving.note_need(by=world.by, client_id=client.pk, words=f"Something else {n}")
    way = reverse("web:introduce_to", args=[second.pk])
    assert way in browser.get(reverse("web:provider", args=[second.pk])).content.decode()
    with django_assert_max_num_queries(12):
        page = browser.get(way).content.decode()
    on = f"{reverse('web:introduce', args=[need.pk])}?to=p{second.pk}"
    assert page.index("Fits what they do") < page.index(on) < page.index("Other open needs")
    assert "Secret" not in page
    ticked = re.findall(r'value="(\w+)" checked', browser.get(on).content.decode())
    assert ticked == [f"p{second.pk}"]
    page = browser.get(f"{reverse('web:introduce', args=[need.pk])}?to=p{other.pk}")
    assert "Anna Bakes isn't found by these words" in page.content.decode()
    for wrong in ("p99999", "x", "p", "e7"):
        at = f"{reverse('web:introduce', args=[need.pk])}?to={wrong}"
        assert "found by these words" not in browser.get(at).content.decode()


def test_somebody_who_is_not_ours(closed_world, time):
    world = closed_world
    it, path = started(world, relation="my sister")
    page = Visitor(path).looks().content.decode()
    assert "complain to a data protection authority" in page
    assert stories.PHONE not in page  # the client's own number is none of theirs
    assert stories.EMAIL not in page
    assert says(path, time, **YES, phone="+49301").status_code == 422  # without a name
    assert says(path, time, **YES, phone="+49301", name="Tilda").status_code == 302
    it = now_of(world, it)
    assert (it.person_name, it.phone, it.email) == ("Tilda", "+49301", "")
    assert it.notice_version.startswith("notice-en-")


def test_a_member_goes_through_all_of_it(closed_world, time):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        client = stories.reachable(world)
        need = giving.note_need(by=world.by, client_id=client.pk, words=stories.NEED)
        mover, other = stories.providers(2)
        for each in (mover, other):
            Service.objects.create(provider=each, name="Moving an archive", category="484210")
        expert = world.client("Otto Expert")
        expertise = Expertise.objects.create(
            client=expert, words="We move an archive", noted_on=world.today(), may_pass_on=True
        )
    page = browser.get(reverse("web:introduce", args=[need.pk])).content.decode()
    assert page.count('name="to"') == 3
    assert "Otto Expert" in page
    words = reverse("web:introduce_words", args=[need.pk])
    picks = {"to": [f"p{mover.pk}", f"e{expertise.pk}"]}
    assert "How good this referral would be" in browser.get(words, picks).content.decode()
    sent = {"need_words": stories.NEED, "why_confident": stories.WHY, "tells": stories.ALL}
    answer = browser.post(words, {**picks, **sent, "expects_call": "on"})
    assert answer.status_code == 302
    with in_it(world):
        it = Introduction.objects.get()
        assert [each.provider.name for each in queries.candidates_of(it.pk)] == [
            "Mover 1", "Otto Expert",
        ]  # fmt: skip
    page = reverse("web:introduction", args=[it.pk])
    do = lambda act, **sent: browser.post(  # noqa: E731
        reverse("web:introduction_do", args=[it.pk, act]), sent
    )
    do("yes", tells=stories.ALL)
    with in_it(world):
        candidate = stories.standing(it)
    for act in ("hand", "declined"):
        browser.post(reverse("web:candidate_do", args=[candidate.pk, act]), {"words": "Too far"})
        assert browser.get(page).status_code == 200
    with in_it(world):
        second = stories.standing(it)
    for act in ("hand", "accepted"):
        browser.post(reverse("web:candidate_do", args=[second.pk, act]))
        assert browser.get(page).status_code == 200
    assert now_of(world, it).state == "connected"
    listed = browser.get(reverse("web:introductions")).content.decode()
    assert "Otto Expert" in listed
    assert "Connected" in listed
    given = browser.get(reverse("web:referrals-given")).content.decode()
    assert "of 100" in given


def test_whose_need_it_is_has_to_be_said_where_it_is_for_somebody_else(closed_world):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        own = giving.note_need(by=world.by, client_id=world.client().pk, words=stories.NEED)
        [mover] = stories.providers(1)
    words = reverse("web:introduce_words", args=[own.pk])
    sent = {"to": f"p{mover.pk}", "need_words": "A mover", "relation": "my sister"}
    silent = browser.post(words, sent)
    assert silent.status_code == 422
    assert silent.context["form"].errors.keys() == {"need_for_other"}
    assert browser.post(words, {**sent, "need_for_other": "theirs"}).status_code == 302
    with in_it(world):
        own.refresh_from_db()
        assert own.for_other
        Introduction.objects.update(state="stopped")
    # from here on it is theirs: only who that is has to be said
    page = browser.get(words, {"to": f"p{mover.pk}"})
    assert "need_for_other" not in page.context["form"].fields
    nobody = browser.post(words, {**sent, "relation": ""})
    assert nobody.context["form"].errors.keys() == {"relation"}


def test_quality_while_writing(closed_world):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        need = giving.note_need(by=world.by, client_id=world.client().pk, words="A notary")
    url = reverse("web:introduce_quality", args=[need.pk])
    thin = browser.post(url, {"need_words": "notary"}).content.decode()
    full = browser.post(
        url,
        {"need_words": stories.NEED, "why_confident": stories.WHY, "context": "x",
         "expects_call": "on"},
    ).content.decode()  # fmt: skip
    assert "<strong>45</strong>" in thin
    assert "<strong>100</strong>" in full


def test_a_step_that_is_not_possible_says_why(closed_world):
    world, browser = closed_world, member(closed_world)
    it, _ = started(world)
    answer = browser.post(reverse("web:introduction_do", args=[it.pk, "back"]), follow=True)
    assert "has moved on" in answer.content.decode()
    assert browser.post(reverse("web:introduction_do", args=[it.pk, "nonsense"])).status_code == 404


def test_the_list_asks_the_database_as_often_for_many(closed_world, django_assert_max_num_queries):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        for n in range(6):
            stories.begun(world, stories.providers(2), client=world.client(f"Client {n}"))
    browser.get(reverse("web:introductions"))
    with django_assert_max_num_queries(11):
        browser.get(reverse("web:introductions"))


def test_picking_asks_as_often_for_many(closed_world, django_assert_max_num_queries):
    world, browser = closed_world, member(closed_world)
    with in_it(world):
        need = giving.note_need(by=world.by, client_id=world.client().pk, words=stories.NEED)
        for each in stories.providers(20):
            Service.objects.create(provider=each, name="Moving an archive")
    with django_assert_max_num_queries(20):
        page = browser.get(reverse("web:introduce", args=[need.pk])).content.decode()
    assert "Mover 1" in page


def test_the_words_of_the_facts_are_those_of_the_list():
    from warmhand.apps.introductions import facts
    from warmhand.web.introductions.forms import FACTS
    from warmhand.wording.catalogue import catalogue
    from warmhand.wording.introductions import brief_texts, fact_labels

    assert set(FACTS) == set(facts.CODES) == set(fact_labels(catalogue()))
    texts = brief_texts(catalogue(), workspace="w", member="m", expects_call=True)
    assert {code for code, _ in texts.facts} == set(facts.CODES)
    assert sequence.MOST_ASKED < services.MOST
    assert Provider is not None
