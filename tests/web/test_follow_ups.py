"""The pages of follow-ups: two clicks for either side, notes of members, and who sees what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from tests.followups.story import Story, make_story
from tests.introductions import stories
from tests.letterbox import link_in
from tests.public_visitor import Visitor
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.followups import queries, services
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import services as introductions
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import stamps
from warmhand.apps.messaging.models import LinkOutcome, Message
from warmhand.apps.messaging.services import address_of
from warmhand.apps.policies.services import save_policy
from warmhand.apps.work.models import Rating
from warmhand.jobs.mail import send_once
from warmhand.rulebook import Move

WAIT = {"seconds": 4}


@pytest.fixture
def opened(closed_world) -> Story:
    with workspace_scope(closed_world.workspace.pk):
        return make_story(closed_world)


@pytest.fixture
def scope(closed_world):
    return lambda: workspace_scope(closed_world.workspace.pk)


@pytest.fixture
def given(opened, scope):
    with scope():
        return opened.sent(10)


def link_for(story: Story, given, side: str):
    return services.ask_side(
        by=story.world.by, referral_given_id=given.pk, side=side, provider_knows=True
    )


@pytest.fixture
def visitor_of(opened, scope, given, time):
    def make(side: str) -> Visitor:
        with scope():
            return Visitor(address_of(link_for(opened, given, side), "/p/follow-up/{token}/"))

    return make


def answers(it: Visitor, time, **sent):
    it.looks("?correct")
    time.passes(**WAIT)
    return it.sends(**sent)


def test_two_clicks_and_it_is_on_record(closed_world, scope, given, visitor_of, time):
    it = visitor_of("client")
    page = it.looks().content.decode()
    assert "How is it going with Marl Design?" in page
    assert "checked" not in page, "nothing is chosen beforehand"
    time.passes(**WAIT)
    assert it.sends(how="happy").status_code == 302
    with scope():
        row = FollowUp.objects.get()
        [proof] = LinkOutcome.objects.all()
    assert (row.business, row.happy, row.again, row.may_tell) == ("yes", True, None, False)
    assert (row.answered_on, row.noted_by_id) == (closed_world.today(), None)
    assert (proof.said["how"], proof.agent) == ("happy", "A phone")
    assert proof.text_version.startswith("follow_up-en-")
    assert "Account Colleague now" in it.looks().content.decode()


def test_an_unhappy_answer_is_promised_a_call_and_stops_asks(opened, scope, visitor_of, time):
    it = visitor_of("client")
    answers(it, time, how="unhappy", words="They never came.")
    assert "will call you to put it right" in it.looks().content.decode()
    with scope():
        assert Rating.objects.get().words == "They never came."
        assert verdict_of(opened.client.pk).decision.move is Move.RECOVER
    answers(it, time, how="happy")
    with scope():
        assert not Rating.objects.exists()
        assert FollowUp.objects.get().happy is True
        assert LinkOutcome.objects.count() == 2


def test_for_a_day_the_same_link_corrects_and_then_it_is_closed(scope, visitor_of, time):
    it = visitor_of("client")
    answers(it, time, how="not_yet", again="yes", words="We talk.")
    page = it.looks("?correct").content.decode()
    assert 'value="not_yet" checked' in page
    assert "We talk." in page
    time.passes(hours=25)
    assert it.looks().status_code == 404


MACHINE = {"how": "happy", "may_tell": "on", "no_more": "on", "words": "ok", "again": "yes"}


def scan(it: Visitor, time) -> None:
    """HEAD, GET, guesses in the address, blind and quick POSTs, and the form as it stands."""
    it.client.head(it.path)
    it.client.options(it.path)
    it.looks("?" + "&".join(f"{name}={value}" for name, value in MACHINE.items()))
    it.client.post(it.path, MACHINE)
    it.looks()
    it.sends(**MACHINE)
    time.passes(seconds=30)
    it.sends(words="", again="")
    it.sends(words="", may_tell="on")


@pytest.mark.parametrize("side", ["client", "provider"])
def test_machines_decide_nothing_and_then_a_person_succeeds(scope, visitor_of, time, side):
    it = visitor_of(side)
    scan(it, time)
    with scope():
        assert not LinkOutcome.objects.exists()
        assert not FollowUp.objects.filter(answered_on__isnull=False).exists()
    assert answers(it, time, how="no").status_code == 302


def test_the_control_without_the_three_seconds_they_would(scope, visitor_of, time, monkeypatch):
    monkeypatch.setattr(stamps, "QUICKEST", dt.timedelta())
    scan(visitor_of("client"), time)
    with scope():
        assert LinkOutcome.objects.exists()


def test_whoever_only_wishes_not_to_be_asked_is_taken_at_their_word(
    opened, scope, given, visitor_of, time
):
    assert answers(visitor_of("client"), time, no_more="on").status_code == 302
    with scope():
        assert {side for side, _, _ in opened.due(state="any")} == {"provider"}


def test_each_page_speaks_the_readers_language(opened, scope, given, visitor_of):
    with scope():
        type(opened.client).objects.update(language="fr")
    assert "Comment cela se passe-t-il avec Marl Design" in visitor_of("client").looks().text
    assert "Wie läuft es mit Ada Kettle?" in visitor_of("provider").looks().text


def test_no_page_tells_what_the_other_side_did_not_agree_to(opened, scope, given, visitor_of, time):
    client, provider = visitor_of("client"), visitor_of("provider")
    answers(client, time, how="unhappy", words="Secret words", may_tell="")
    seen = [provider.looks().text]
    answers(provider, time, how="happy")
    seen.append(provider.looks().text)
    for page in seen:
        assert "nicht zufrieden</strong>" not in page.split("<form")[0]
        assert "Secret" not in page
    assert "sagen dürfen:" not in seen[1]
    answers(client, time, how="unhappy", words="Secret words", may_tell="on")
    told = provider.looks().text
    assert "Was wir Ihnen von Ada Kettle sagen dürfen:" in told
    assert "nicht zufrieden" in told
    assert "Secret" not in told
    assert "May hear" not in told
    with scope():
        save_policy(by=opened.world.by, values={"outcome_visibility": "never"}, why="A bank.")
    assert "sagen dürfen:" not in provider.looks().text
    assert 'name="may_tell"' not in provider.looks("?correct").text


def test_leave_sent_where_nobody_asked_for_it_counts_for_nothing(opened, scope, visitor_of, time):
    with scope():
        save_policy(by=opened.world.by, values={"outcome_visibility": "never"}, why="A bank.")
    answers(visitor_of("client"), time, how="happy", may_tell="on")
    with scope():
        assert FollowUp.objects.get().may_tell is False


def test_a_removed_referral_opens_nothing(opened, scope, given, visitor_of):
    it = visitor_of("client")
    with scope():
        given.removed_at = opened.world.workspace.created_at
        given.save()
    assert it.looks().status_code == 404


def test_a_member_notes_makes_a_link_and_undoes(as_member, opened, scope, given):
    browser = as_member()
    where = f"/records/referral-given/{given.pk}"
    answer = browser.post(f"{where}/client-says/", {"business": "yes", "happy": "yes", "on": ""})
    assert answer.status_code == 422, "the day is missing"
    day = opened.world.today().isoformat()
    answer = browser.post(f"{where}/client-says/", {"business": "yes", "happy": "yes", "on": day})
    assert answer.url == f"/follow-ups/{given.pk}/"
    page = browser.get(answer.url).text
    assert "<strong>They do business</strong>, happy" in page
    assert "not to be told to the other side" in page
    assert "Undo" in page
    answer = browser.post(f"{where}/ask-provider/", {})
    assert answer.status_code == 302, "they do business: the name is known"
    assert "A page for Marl Design" in browser.get(answer.url).text


def test_editing_shows_what_was_said_on_its_own_day(as_member, opened, scope, given):
    with scope():
        row = opened.says(given, "client", days=2, business="yes", happy=False, may_tell=True)
    browser = as_member()
    page = browser.get(f"/records/follow-up/{row.pk}/edit/").text
    assert f'value="{opened.day(2).isoformat()}"' in page
    assert page.count(" checked") == 4, "three answers and the leave"
    sent = {"business": "not_yet", "happy": "", "again": "", "on": opened.day(2).isoformat()}
    assert browser.post(f"/records/follow-up/{row.pk}/edit/", sent).status_code == 302
    with scope():
        row = FollowUp.objects.get()
    assert (row.business, row.happy, row.answered_on) == ("not_yet", None, opened.day(2))


def test_the_provider_is_not_asked_before_the_client_may_be_named(as_member, given):
    where = f"/records/referral-given/{given.pk}/ask-provider/"
    refused = as_member().post(where, {})
    assert refused.status_code == 422
    assert "We have no word that Marl Design may hear the name of Ada Kettle" in refused.text
    assert as_member().post(where, {"provider_knows": "on"}).status_code == 302


def test_both_do_business_offers_to_mark_the_need(as_member, opened, scope):
    with scope():
        need = opened.need()
        given = opened.sent(40, need=need)
        opened.says(given, "client", business="yes", happy=True)
    browser = as_member()
    offer = f"/records/need/{need.pk}/meet/"
    assert offer not in browser.get(f"/follow-ups/{given.pk}/").text
    with scope():
        opened.says(given, "provider", business="yes")
    assert offer in browser.get(f"/follow-ups/{given.pk}/").text


@pytest.mark.parametrize("taken_back", [False, True])
def test_no_link_is_offered_after_the_consent_was_taken_back(
    as_member, closed_world, scope, taken_back
):
    with scope():
        candidate = stories.asked(closed_world)
        it = introductions.accept(by=stories.PROVIDER, candidate_id=candidate.pk)
        if taken_back:
            introductions.take_back(by=stories.CLIENT, introduction_id=it.pk)
    page = as_member().get(f"/follow-ups/{it.given_id}/").content.decode()
    assert page.count("Ask by a link") == (0 if taken_back else 2)
    assert page.count("Note what they say") == 2


@pytest.mark.parametrize("taken_back", [False, True])
def test_after_a_withdrawal_nothing_is_due_highlighted_or_told(
    as_member, closed_world, scope, taken_back
):
    with scope():
        candidate = stories.asked(closed_world)
        it = introductions.accept(by=stories.PROVIDER, candidate_id=candidate.pk)
        services.note_answer(
            by=closed_world.by, referral_given_id=it.given_id, side="provider",
            business="yes", may_tell=True,
        )  # fmt: skip
        ReferralGiven.objects.filter(pk=it.given_id).update(given_on=closed_world.days_ago(40))
        if taken_back:
            introductions.take_back(by=stories.CLIENT, introduction_id=it.pk)
    page = as_member().get(f"/follow-ups/{it.given_id}/").content.decode()
    shown = {
        "are they doing business, are they happy?": page.count("are they doing business"),
        "primary": page.count('class="button primary"'),
        "told": page.count("May hear of"),
        "why": page.count("The consent to this introduction was taken back."),
    }
    assert list(shown.values()) == ([0, 0, 0, 1] if taken_back else [1, 1, 1, 0])


def test_the_page_of_a_referral_reads_its_follow_ups_once(
    as_member, opened, scope, django_assert_max_num_queries
):
    with scope():
        given = opened.sent(100)
        for days in (90, 60, 30):
            for side in ("client", "provider"):
                opened.says(given, side, days=days, business="not_yet", may_tell=True)
        link_for(opened, given, "client")
    browser = as_member()
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(f"/follow-ups/{given.pk}/").content.decode()
    assert page.count("Not yet") + page.count("not yet") >= 6
    reads = [q["sql"] for q in seen.captured_queries if 'FROM "followups_followup"' in q["sql"]]
    assert len(reads) == 1
    assert len(seen) <= 17


def test_today_counts_what_is_due_for_whoever_asks(as_member, opened, given):
    mine = as_member("account_manager").get("/today/").text
    assert "<strong>2</strong> follow-ups are due" in mine
    assert "follow-ups are due" not in as_member("leader").get("/today/").text


def test_the_lists_cost_the_same_however_long(
    as_member, opened, scope, django_assert_max_num_queries
):
    browser = as_member()
    with scope():
        for number in range(30):
            one = opened.sent(10, opened.world.client(f"Client {number}"))
            opened.says(one, "provider", business="yes")
    for path, most in (("/follow-ups/", 16), ("/referrals-given/", 14)):
        with django_assert_max_num_queries(most):
            assert browser.get(path).status_code == 200


def test_the_record_of_a_provider_has_its_line_and_its_empty_state(opened, scope, given):
    context = {"provider": opened.provider}
    with scope():
        opened.says(given, "client", business="yes", happy=True)
        page = render_to_string("directory/came_of_it.html", context)
        assert "1 of 1 asked was happy; last heard today." in page
        other = type(opened.provider).objects.create(name="Loam")
        page = render_to_string("directory/came_of_it.html", {"provider": other})
        assert "Nobody was sent yet" in page


# Mail to a provider: only to one who agreed.


def letter_to_provider(browser, story, scope, given) -> str:
    with scope():
        link = link_for(story, given, "provider")
    page = browser.get(f"/clients/links/{link.pk}/").text
    return f"/clients/links/{link.pk}/", page


def test_a_provider_who_has_not_agreed_is_written_to_by_nobody_here(
    as_member, opened, scope, given, letterbox
):
    browser = as_member()
    path, page = letter_to_provider(browser, opened, scope, given)
    assert "Marl Design hasn&#x27;t agreed to mails from here." in page
    sent = {"subject": "How is it going?", "text": "x [[link]]", "number": 1}
    assert browser.post(f"{path}send/", sent).status_code == 422
    with scope():
        assert not Message.objects.exists()


@pytest.mark.parametrize("takes_back", [False, True])
def test_one_who_agreed_gets_it_unless_they_take_it_back(
    as_member, opened, scope, given, letterbox, time, takes_back
):
    with scope():
        type(opened.provider).objects.update(hears_from_us_since=opened.day(30))
    browser = as_member()
    path, page = letter_to_provider(browser, opened, scope, given)
    assert "Wie läuft es mit Ada Kettle?" in page
    sent = {"subject": "Wie läuft es?", "text": "Bitte: [[link]]", "number": 1}
    assert browser.post(f"{path}send/", sent).status_code == 302
    with scope():
        message = Message.objects.get()
        assert message.provider_id == opened.provider.pk, "theirs is the name of a stop, too"
        if takes_back:
            type(opened.provider).objects.update(hears_from_us_since=None)
    send_once(workspace_id=opened.world.workspace.pk, message_id=message.pk, last=True)
    with scope():
        message.refresh_from_db()
    if takes_back:
        assert (message.state, letterbox.mails) == ("refused", [])
        return
    [mail] = letterbox.mails
    assert mail["To"] == "hello@marl.example"
    text = mail.get_body(("plain",)).get_content()
    it = Visitor(link_in(text, "/p/follow-up/"))
    assert answers(it, time, how="happy").status_code == 302
    with scope():
        assert queries.standings_of([given.pk])[given.pk].state == "business"
