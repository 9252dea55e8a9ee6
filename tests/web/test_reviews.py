"""Pages of reviews: from the list of the due to the verdict after the meeting (P14, P15)."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.letterbox import letterbox as letterbox
from tests.reviews.stories import at, invited, settle, themself, unrated
from tests.stopped_clock import Clock
from tests.stopped_clock import time as time
from warmhand.apps.asks.models import Ask
from warmhand.apps.giving.models import Need
from warmhand.apps.journal.models import Entry
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import LinkOutcome, Message, PublicLink
from warmhand.apps.people import services as people
from warmhand.apps.people.models import KeyRingEntry
from warmhand.apps.people.queries import address_to_write_to
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Rating, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(closed_world, inside):
    """A client who is due, with an address."""
    with inside():
        client = unrated(closed_world, company=closed_world.company())
        people.add_contact_point(
            by=closed_world.by, client_id=client.pk, kind="email", value="ada@kettle.org"
        )
        settle(client)
    return client


def text(answer) -> str:
    return answer.content.decode()


def form_of(page: str) -> dict[str, str]:
    """What the form of an invitation shows at first."""
    found = dict(re.findall(r'name="(time_\d|minutes|subject)" value="([^"]*)"', page))
    words = re.search(r'<textarea name="words"[^>]*>\s*(.*?)</textarea>', page, re.S)
    return found | {"words": words.group(1)} if words else found


def test_the_list_of_the_due_says_why_and_when_and_leads_on(as_member, ada):
    page = text(as_member("account_manager").get("/reviews/due/"))
    assert "Ada Kettle" in page
    assert "There was no review yet" in page
    assert f"/clients/{ada.pk}/review/invite/" in page
    assert "Nothing fits" in text(as_member().get("/reviews/due/?q=zzz"))


def test_who_is_invited_and_who_was_met_stand_in_lists_of_their_own(
    as_member, ada, closed_world, inside
):
    with inside():
        bo = unrated(closed_world, "Bo Berg")
        settle(bo)
        invited(closed_world, ada)
        services.hold_review(by=closed_world.by, client_id=bo.pk, rating=9, words="Fine.")
    browser = as_member()
    waiting, held = (text(browser.get(f"/reviews/{name}")) for name in ("invited/", ""))
    assert "Ada Kettle" in waiting
    assert "waiting for their answer" in waiting
    assert "Bo Berg" in held
    assert "9 of 10" in held
    assert "Ada Kettle" not in held


@pytest.mark.parametrize("name", ["due", "invited", "planned", ""])
def test_every_list_has_a_word_when_it_is_empty(as_member, name):
    address = f"/reviews/{name}/" if name else "/reviews/"
    assert "Nothing here yet" in text(as_member().get(address))


def test_the_page_costs_no_more_for_more_who_are_due(as_member, closed_world, inside):
    browser = as_member()

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get("/reviews/due/").status_code == 200
        return len(caught)

    def more(names: str) -> None:
        with inside():
            made = [unrated(closed_world, n, company=closed_world.company(n)) for n in names]
            settle(*made)

    more("AB")
    few = cost()
    more("CDEFGH")
    assert cost() == few


def test_todays_move_leads_to_the_invitation_also_out_of_a_dialog(as_member, ada):
    browser = as_member("account_manager")
    address = f"/clients/{ada.pk}/moves/invite_to_review/do/"
    to = f"/clients/{ada.pk}/review/invite/"
    assert browser.get(address).headers["Location"] == to
    htmx = browser.get(address, headers={"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == to


def test_an_invitation_is_proposed_saved_and_undone(as_member, ada, inside):
    browser = as_member("account_manager")
    address = f"/clients/{ada.pk}/review/invite/"
    page = text(browser.get(f"{address}?kind=lunch"))
    shown = form_of(page)
    assert "a new booking page" in shown["words"]
    assert {shown[f"time_{n}"][-5:] for n in (1, 2, 3)} <= {"12:00", "12:30", "13:00"}
    answer = browser.post(address, shown | {"kind": "lunch", "place": "Quay 4"})
    with inside():
        made = ReviewInvitation.objects.get()
        assert (made.kind, made.minutes, made.place, len(made.times)) == ("lunch", 90, "Quay 4", 3)
        assert not PublicLink.objects.exists()
        assert not Message.objects.exists()
    assert answer.headers["Location"] == f"/reviews/invitations/{made.pk}/"
    page = text(browser.get(answer.headers["Location"]))
    assert "Waiting for their answer" in page
    entry = re.search(r"/journal/(\d+)/undo/", page).group(1)
    browser.post(f"/journal/{entry}/undo/")
    with inside():
        assert not ReviewInvitation.objects.exists()


def test_nobody_is_sent_one_against_their_wish(as_member, ada, inside, closed_world, letterbox):
    browser = as_member("account_manager")
    address = f"/clients/{ada.pk}/review/invite/"
    assert 'name="send"' in text(browser.get(address))
    with inside():
        people.set_do_not_ask(by=closed_world.by, client_id=ada.pk, why="They said so.")
    page = text(browser.get(address))
    assert 'name="send"' not in page
    assert "Save it, I send it myself" in page


def test_what_is_wrong_with_an_invitation_is_said_at_its_field(as_member, ada, inside):
    browser = as_member()
    address = f"/clients/{ada.pk}/review/invite/"
    shown = form_of(text(browser.get(address)))
    for change, said in (
        ({"time_1": "2020-01-01T10:00"}, "Name a day after today"),
        ({"time_1": "soon"}, "Name a day and an hour."),
        ({"minutes": "3"}, "greater than or equal to 10"),
        ({"subject": ""}, "This field is required."),
    ):
        answer = browser.post(address, shown | {"kind": "call"} | change)
        assert answer.status_code == 422, change
        assert said in text(answer), change
    with inside():
        assert not ReviewInvitation.objects.exists()


def test_an_unhappy_client_is_won_back_first(as_member, ada, closed_world, inside):
    with inside():
        Rating.objects.create(client=ada, on=closed_world.days_ago(1), score=2)
        settle(ada)
    browser = as_member()
    address = f"/clients/{ada.pk}/review/invite/"
    page = text(browser.get(address))
    assert "Win them back first" in page
    answer = browser.post(address, form_of(page) | {"kind": "call"})
    assert answer.status_code == 422
    assert "comes before a review" in text(answer)


def sent_by_mail(browser, ada, letterbox) -> tuple[str, object]:
    """The address of the client's page out of the mail that went out, and the mail."""
    address = f"/clients/{ada.pk}/review/invite/"
    shown = form_of(text(browser.get(address)))
    assert browser.post(address, shown | {"kind": "call", "send": "1"}).status_code == 302
    return shown, letterbox


def test_the_invitation_goes_out_by_mail_with_its_calendar_file(as_member, ada, inside, letterbox):
    sent_by_mail(as_member(), ada, letterbox)
    with inside():
        message = Message.objects.get()
        messaging.deliver(message.pk, check=lambda it: address_to_write_to(it.client_id))
        invitation = ReviewInvitation.objects.get()
    [mail] = letterbox.mails
    assert mail["To"] == "ada@kettle.org"
    body = mail.get_body(("plain",)).get_content()
    link = re.search(r"http://testserver(/p/review/\S+/)", body).group(1)
    assert "/p/stop/" in body
    [part] = list(mail.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == "REQUEST"
    [event] = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert str(event["uid"]) == invitation.uid
    assert event["dtstart"].dt == invitation.slots[0].starts_at
    assert str(event["attendee"]) == "mailto:ada@kettle.org"
    assert link in str(event["url"])
    assert Browser().get(link).status_code == 200


def test_without_a_mail_server_the_link_is_handed_over_by_hand(as_member, ada, inside, settings):
    settings.EMAIL_HOST = ""
    browser = as_member()
    address = f"/clients/{ada.pk}/review/invite/"
    page = text(browser.get(address))
    assert "No mail server is set up here" in page
    made = browser.post(address, form_of(page) | {"kind": "call"}).headers["Location"]
    browser.post(f"{made}link/")
    link = re.search(r'value="http://testserver(/p/review/[^"]+)"', text(browser.get(made)))
    assert Browser().get(link.group(1)).status_code == 200


@pytest.fixture
def page(ada, closed_world, inside, time):
    """The address of the page on which Ada picks a time, and her invitation."""
    with inside():
        people.change_client(by=closed_world.by, client_id=ada.pk, timezone="America/New_York")
        starts = [at(closed_world, days, hour=15) for days in (5, 6, 7)]
        made = invited(closed_world, ada, role="account_manager", starts=starts)
        address = services.link_address(
            by=closed_world.by, invitation_id=made.pk, pattern="/p/review/{token}/"
        )
    return address, made


def answer(address: str, clock_: Clock, act: str, /, **sent):
    """What a stranger's browser sends after having looked at the page for a while."""
    browser = Browser()
    stamp = re.search(r'name="stamp" value="([^"]+)"', text(browser.get(address))).group(1)
    clock_.passes(seconds=20)
    return browser.post(address, {"stamp": stamp, "act": act, **sent})


def slot(made, place: int) -> str:
    return made.slots[place].starts_at.isoformat()


def test_looking_at_the_page_does_nothing(page, inside):
    address, made = page
    with inside():
        before = Entry.objects.count()
    for method in ("get", "head", "get"):
        found = getattr(Browser(), method)(address)
        assert found.status_code == 200
    assert Browser().get(f"{address}?act=pick&time={slot(made, 0)}").status_code == 200
    with inside():
        assert Entry.objects.count() == before
        assert not Review.objects.exists()
        assert not LinkOutcome.objects.exists()
    assert found.headers["Referrer-Policy"] == "no-referrer"


def test_the_client_takes_a_time_on_their_own_clock_and_downloads_it(page, inside, time):
    address, made = page
    shown = text(Browser().get(address))
    there = made.slots[1].starts_at.astimezone(queries.zone_by_name("America/New_York"))
    assert f"{there:%H:%M}" in shown
    assert "Eastern" in shown
    assert answer(address, time, "pick", time=slot(made, 1)).status_code == 302
    with inside():
        review = Review.objects.get()
        assert review.starts_at == made.slots[1].starts_at
        assert LinkOutcome.objects.get().said["time"] == slot(made, 1)
    after = text(Browser().get(address))
    assert "The time is yours" in after
    file = Browser().get(f"{address}review.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    [event] = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    assert event["dtstart"].dt == review.starts_at
    assert event["dtstart"].params["TZID"] == "America/New_York"


def test_a_form_sent_at_once_or_by_a_machine_is_not_taken(page, inside, time):
    address, made = page
    shown = Browser().get(address)
    stamp = re.search(r'name="stamp" value="([^"]+)"', text(shown)).group(1)
    quick = Browser().post(address, {"stamp": stamp, "act": "pick", "time": slot(made, 0)})
    assert quick.status_code == 422
    bare = Browser().post(address, {"act": "pick", "time": slot(made, 0)})
    assert bare.status_code == 409
    for odd in ("", "soon", "2026-01-01T10:00:00", "2031-01-01T10:00:00+00:00"):
        assert answer(address, time, "pick", time=odd).status_code in (409, 422), odd
    with inside():
        assert not Review.objects.exists()
        assert not LinkOutcome.objects.exists(), "what wasn't taken is no answer"


def test_a_wish_is_read_on_today_and_the_same_link_shows_the_new_times(
    page, inside, time, as_member, closed_world
):
    address, made = page
    empty = answer(address, time, "wish", words="  ")
    assert empty.status_code == 422
    assert answer(address, time, "wish", words="Only\x00 in March.").status_code == 302
    assert "Only in March." in text(Browser().get(address))
    browser = as_member("account_manager")
    assert "Only in March." in text(browser.get("/today/"))
    there = {"time_1": f"{at(closed_world, 20):%Y-%m-%dT%H:%M}"}
    changed = browser.post(f"/reviews/invitations/{made.pk}/times/", there)
    assert changed.status_code == 302
    with inside():
        found = queries.invitation_by_id(made.pk)
        local = found.slots[0].starts_at.astimezone(queries.zone_by_name("America/New_York"))
        assert f"{local:%Y-%m-%dT%H:%M}" == there["time_1"], "the hour named is the client's"
    assert answer(address, time, "pick", time=slot(found, 0)).status_code == 302
    assert "Only in March." not in text(browser.get("/today/"))


def test_change_and_call_off_by_the_same_link_until_the_day_before(page, inside, time):
    address, made = page
    answer(address, time, "pick", time=slot(made, 0))
    time.passes(days=2)
    assert answer(address, time, "pick", time=slot(made, 1)).status_code == 302
    with inside():
        assert Review.objects.get().starts_at == made.slots[1].starts_at
    time.at = made.slots[1].starts_at - dt.timedelta(hours=3)
    page_ = text(Browser().get(address))
    assert "too close" in page_
    assert "Call the meeting off" not in page_
    time.at = made.slots[1].starts_at - dt.timedelta(days=2)
    assert answer(address, time, "off", words="I am ill.").status_code == 302
    assert "called off" in text(Browser().get(address))
    with inside():
        assert not Review.objects.exists()
    assert answer_refused(address, time, made)


def answer_refused(address: str, time: Clock, made) -> bool:
    """Nothing more can be picked: the page has no form any more."""
    return 'name="stamp"' not in text(Browser().get(address))


def test_a_time_that_somebody_else_took_is_told_in_the_clients_words(
    page, inside, time, closed_world
):
    address, made = page
    with inside():
        other = unrated(closed_world, "Bo B")
        work.plan_review(
            by=closed_world.actor("account_manager"),
            client_id=other.pk,
            starts_at=made.slots[0].starts_at,
        )
        people.change_client(by=closed_world.by, client_id=made.client_id, language="de")
    refused = answer(address, time, "pick", time=slot(made, 0))
    assert refused.status_code == 409
    assert "This time was taken a moment ago" in text(refused)
    assert "Bo B" not in text(refused)


def test_a_withdrawn_or_unknown_page_is_gone(page, as_member):
    address, made = page
    as_member().post(f"/reviews/invitations/{made.pk}/withdraw/")
    for gone in (address, f"{address}review.ics", "/p/review/nonsense/"):
        assert Browser().get(gone).status_code == 404


def hold(browser, ada, rating: str, **sent):
    return browser.post(f"/clients/{ada.pk}/review/hold/", {"rating": rating, **sent})


def test_the_meeting_is_recorded_and_a_good_rating_unlocks_the_ask(
    as_member, ada, inside, closed_world
):
    with inside():
        planned = work.plan_review(by=closed_world.by, client_id=ada.pk, on=closed_world.today())
    browser = as_member("account_manager")
    today = closed_world.today().isoformat()
    sent = {
        "rating": "9",
        "words": "On the day, every time.",
        "needs": "a notary\n\n",
        "colleagues": "Pia Lund\nTom Hahn",
        "promise_1": "Send the checklist",
        "due_1": (closed_world.today() + dt.timedelta(days=9)).isoformat(),
        "on": today,
    }
    address = f"/reviews/{planned.pk}/hold/"
    shown = text(browser.get(address))
    assert shown.index("How satisfied are they") < shown.index("In their own words")
    after = browser.post(address, sent)
    assert after.headers["Location"] == f"/reviews/{planned.pk}/"
    page = text(browser.get(after.headers["Location"]))
    assert "Yes, ask now" in page
    assert "Have we earned the right to ask" in page
    with inside():
        assert Need.objects.get().words == "a notary"
        assert KeyRingEntry.objects.filter(inside=True).count() == 2
    asked = browser.post(f"/reviews/{planned.pk}/ask/")
    assert asked.status_code == 302
    with inside():
        assert Ask.objects.get().kind in ("ask", "ask_coworker", "ask_more")
    assert "Record their answer" in text(browser.get(f"/reviews/{planned.pk}/"))


@pytest.mark.parametrize(
    ("rating", "word", "instead"),
    [("5", "Not now", "Their latest rating is 5 of 10"), ("2", "Not now", "Make it good")],
)
def test_a_lower_rating_withholds_it_and_says_what_to_do(
    as_member, ada, inside, closed_world, rating, word, instead
):
    browser = as_member("account_manager")
    after = hold(browser, ada, rating, on=closed_world.today())
    page = text(browser.get(after.headers["Location"]))
    assert word in page
    assert instead in page
    assert "Yes, ask now" not in page
    refused = browser.post(f"{after.headers['Location']}ask/")
    assert refused.status_code == 409
    with inside():
        assert not Ask.objects.exists()


def test_what_is_wrong_with_the_record_is_said(as_member, ada, closed_world, inside):
    browser = as_member()
    tomorrow = closed_world.today() + dt.timedelta(days=1)
    for sent, said in (
        ({"rating": "11", "on": closed_world.today()}, "Select a valid choice"),
        ({"rating": "9", "on": tomorrow}, "happened yet"),
        ({"rating": "9", "on": closed_world.today(), "due_1": tomorrow}, "What was promised"),
    ):
        answer_ = hold(browser, ada, **sent)
        assert answer_.status_code == 422, sent
        assert said in text(answer_), sent
    with inside():
        assert not Review.objects.exists()


def test_an_agenda_is_changed_and_what_is_left_goes_on_coming_from_the_records(
    as_member, ada, inside, closed_world
):
    with inside():
        review = work.plan_review(by=closed_world.by, client_id=ada.pk, on=closed_world.today())
    browser = as_member()
    address = f"/reviews/{review.pk}/agenda/"
    shown = text(browser.get(address))
    assert "a new booking page" in shown
    kept = {
        name: value.strip()
        for name, value in re.findall(
            r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', shown, re.S
        )
    }
    assert browser.post(address, kept | {"next": "The fair in May"}).status_code == 302
    page = text(browser.get(f"/reviews/{review.pk}/"))
    assert "The fair in May" in page
    assert page.count("changed by hand") == 1
    with inside():
        assert queries.agenda_of(review.pk).edited == {"next"}


def test_a_meeting_is_moved_and_called_off_from_its_menu(
    as_member, page, inside, time, closed_world
):
    address, made = page
    answer(address, time, "pick", time=slot(made, 0))
    browser = as_member()
    with inside():
        review = Review.objects.get()
    day = closed_world.today() + dt.timedelta(days=12)
    browser.post(f"/records/review/{review.pk}/move/", {"on": day})
    with inside():
        assert Review.objects.get().planned_on == day
        assert queries.invitation_by_id(made.pk).sequence == 2
    browser.post(f"/records/review/{review.pk}/remove/")
    with inside():
        assert queries.invitation_by_id(made.pk).state == "called_off"
    assert Browser().get(address).status_code == 404


@pytest.mark.parametrize("how", ["proposed", "moved"])
def test_the_page_opens_until_the_later_days_that_it_shows(page, inside, time, closed_world, how):
    address, made = page
    first = made.slots[0].starts_at
    with inside():
        if how == "proposed":
            starts = [at(closed_world, days) for days in (20, 21)]
            services.change_times(by=closed_world.by, invitation_id=made.pk, starts=starts)
        else:
            by = themself(made.client)
            picked = services.pick_slot(by=by, invitation_id=made.pk, starts_at=first)
            services.move_review(
                by=closed_world.by, review_id=picked.review_id, starts_at=at(closed_world, 20)
            )
    time.passes(days=15)
    assert Browser().get(address).status_code == 200


def test_a_link_of_before_opens_until_the_meeting_once_it_is_sent_again(page, inside, closed_world):
    _, made = page
    with inside():
        PublicLink.objects.update(expires_at=at(closed_world, 2))
        services.link_address(by=closed_world.by, invitation_id=made.pk, pattern="{token}")
        assert PublicLink.objects.get().expires_at == made.slots[-1].ends_at


def test_an_answer_takes_the_invitation_before_its_link_as_a_withdrawal_does(page, time):
    """In the other order the two would wait for each other."""
    address, made = page
    with CaptureQueriesContext(connection) as caught:
        assert answer(address, time, "pick", time=slot(made, 0)).status_code == 302
    locked = [each["sql"] for each in caught if "FOR UPDATE" in each["sql"]]
    names = [re.search(r'FROM "(\w+)"', sql).group(1) for sql in locked]
    assert names.index("reviews_reviewinvitation") < names.index("messaging_publiclink")
