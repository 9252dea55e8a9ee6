"""An invitation from the times proposed to the meeting, moved, called off (P14, P15)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.letterbox import letterbox as letterbox
from tests.reviews.stories import at, invited, settle, themself, unrated
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.messaging import clock
from warmhand.apps.people import services as people
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Rating, Review
from warmhand.jobs.mail import send_once
from warmhand.problems import Conflict, Invalid, NotFound, Problem


@pytest.fixture
def client(world):
    found = unrated(world)
    settle(found)
    return found


def pick(client, invitation, place: int = 0):
    starts = invitation.slots[place].starts_at
    return services.pick_slot(by=themself(client), invitation_id=invitation.pk, starts_at=starts)


def code_of(problem) -> str:
    return problem.value.code


def test_a_time_picked_is_a_planned_review_and_the_journal_tells_who_did_it(world, client):
    invitation = invited(world, client, kind="lunch", place="Quay 4", minutes=90)
    picked = pick(client, invitation, 1)
    review = picked.review
    assert (review.starts_at, review.minutes) == (invitation.slots[1].starts_at, 90)
    assert (review.kind, review.place) == ("lunch", "Quay 4")
    assert review.member == world.members["owner"]
    assert review.planned_on == world.today() + dt.timedelta(days=6)
    assert (picked.state, picked.sequence) == ("picked", 1)
    entry = Entry.objects.filter(object_type="reviews.ReviewInvitation").latest("pk")
    assert (entry.via, entry.by_name) == ("client", "Ada Kettle")
    assert entry.sentence.startswith("Ada Kettle takes ")
    assert entry.client_id == client.pk


def test_the_same_time_again_changes_nothing_another_moves_the_meeting(world, client):
    invitation = invited(world, client)
    first = pick(client, invitation)
    again = pick(client, invitation)
    assert (again.review_id, again.sequence) == (first.review_id, 1)
    moved = pick(client, invitation, 2)
    assert (moved.review_id, moved.sequence) == (first.review_id, 2)
    assert Review.objects.get(pk=moved.review_id).starts_at == invitation.slots[2].starts_at
    assert Review.objects.count() == 1


def test_one_undo_takes_a_pick_back(world, client):
    invitation = invited(world, client)
    picked = pick(client, invitation)
    journal.undo(by=world.by, entry_id=newest_about(picked).pk)
    found = queries.invitation_by_id(invitation.pk)
    assert (found.state, found.review_id) == ("open", None)
    assert not Review.objects.exists()


def test_a_wish_comes_first_in_the_list_and_is_answered_by_other_times(world, client):
    other = unrated(world, "Bo B")
    settle(other)
    waiting, wishing = invited(world, other, role="leader"), invited(world, client)
    services.wish_for(by=themself(client), invitation_id=wishing.pk, words="Only on Fridays.")
    assert [each.pk for each in queries.invitations()] == [wishing.pk, waiting.pk]
    assert queries.ahead_of(world.members["owner"].pk).wishes == [wishing]
    changed = services.change_times(by=world.by, invitation_id=wishing.pk, starts=[at(world, 11)])
    assert (changed.state, changed.wish, changed.sequence) == ("open", "Only on Fridays.", 2)
    assert not queries.ahead_of(world.members["owner"].pk).wishes
    with pytest.raises(Conflict) as refused:
        pick(client, wishing)
    assert code_of(refused) == "time_not_proposed"


def test_the_client_calls_it_off_and_the_time_is_free_again(world, client):
    invitation = invited(world, client)
    picked = pick(client, invitation)
    off = services.call_off_by_client(
        by=themself(client), invitation_id=invitation.pk, words="I am ill."
    )
    assert (off.state, off.wish, off.sequence) == ("called_off", "I am ill.", 2)
    assert not Review.objects.exists()
    work.plan_review(by=world.by, client_id=client.pk, starts_at=picked.review.starts_at)
    with pytest.raises(Conflict) as refused:
        pick(client, invitation)
    assert code_of(refused) == "invitation_over"


def test_until_the_day_before_where_the_client_is(world, client, monkeypatch):
    people.change_client(by=world.by, client_id=client.pk, timezone="Pacific/Auckland")
    invitation = invited(world, client)
    assert invitation.timezone == "Pacific/Auckland"
    pick(client, invitation)
    start = invitation.slots[0].starts_at  # 10:00 UTC: 22:00 or 23:00 in Auckland
    day_begins = start.replace(hour=0) - dt.timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: day_begins - dt.timedelta(hours=1))
    pick(client, invitation, 1)
    pick(client, invitation, 0)
    monkeypatch.setattr(clock, "now", lambda: day_begins + dt.timedelta(hours=2))
    for act in (
        lambda: pick(client, invitation, 2),
        lambda: services.wish_for(by=themself(client), invitation_id=invitation.pk, words="Later"),
        lambda: services.call_off_by_client(by=themself(client), invitation_id=invitation.pk),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert code_of(refused) == "too_late_to_change"


def test_a_time_that_has_passed_is_not_taken(world, client, monkeypatch):
    invitation = invited(world, client)
    after = invitation.slots[0].starts_at
    monkeypatch.setattr(clock, "now", lambda: after)
    with pytest.raises(Conflict) as refused:
        pick(client, invitation)
    assert code_of(refused) == "time_passed"


def test_two_clients_never_get_the_same_time_of_a_member(world, client):
    other = unrated(world, "Bo B")
    settle(other)
    starts = [at(world, 5), at(world, 6)]
    first, second = (invited(world, each, starts=starts) for each in (client, other))
    pick(client, first)
    with pytest.raises(Conflict) as refused:
        pick(other, second)
    assert code_of(refused) == "time_taken"
    assert pick(other, second, 1).state == "picked"


def test_a_colleague_may_have_the_same_time(world, client):
    other = unrated(world, "Bo B")
    settle(other)
    starts = [at(world, 5)]
    pick(client, invited(world, client, starts=starts))
    pick(other, invited(world, other, starts=starts, role="leader"))
    assert Review.objects.count() == 2


@pytest.mark.parametrize("minutes", [-30, 30])
def test_times_that_overlap_are_taken_too(world, client, minutes):
    other = unrated(world, "Bo B")
    settle(other)
    start = at(world, 5)
    pick(client, invited(world, client, starts=[start]))
    shifted = start + dt.timedelta(minutes=minutes)
    with pytest.raises(Conflict):
        pick(other, invited(world, other, starts=[shifted]))
    touching = [start + dt.timedelta(hours=1)]
    services.change_times(
        by=world.by, invitation_id=queries.open_invitation_of(other.pk).pk, starts=touching
    )
    assert pick(other, queries.open_invitation_of(other.pk)).state == "picked"


def test_times_offered_to_somebody_else_are_not_proposed(world, client):
    other = unrated(world, "Bo B")
    settle(other)
    me = world.members["owner"]

    def proposed() -> list[dt.datetime]:
        found = queries.proposal_for(other.pk, member_id=me.pk, member_name=me.name)
        return [slot.starts_at for slot in found.slots]

    before = proposed()
    assert len(before) == 3
    invited(world, client, starts=before)
    assert not set(before) & set(proposed())


def test_who_may_not_be_invited(world):
    sad, barred = unrated(world, "Sad S"), unrated(world, "Bar B", do_not_ask=True)
    Rating.objects.create(client=sad, on=world.days_ago(1), score=1)
    settle(sad, barred)
    for client, code in ((sad, "recovery_first"), (barred, "not_to_be_invited")):
        with pytest.raises(Problem) as refused:
            invited(world, client)
        assert code_of(refused) == code
        assert refused.value.lift


def test_one_invitation_and_one_meeting_at_a_time(world, client):
    invitation = invited(world, client)
    with pytest.raises(Conflict) as refused:
        invited(world, client)
    assert code_of(refused) == "invited_already"
    pick(client, invitation)
    with pytest.raises(Conflict) as refused:
        invited(world, client)
    assert code_of(refused) == "review_planned_already"


@pytest.mark.parametrize("starts", [[], [-1], [0], list(range(1, 12))])
def test_times_are_few_and_lie_ahead(world, client, starts):
    with pytest.raises(Invalid) as refused:
        invited(world, client, starts=[at(world, days) for days in starts])
    assert [place.field for place in refused.value.places] == ["times"]


def test_we_move_it_keeping_the_hour_and_call_it_off(world, client):
    invitation = invited(world, client)
    picked = pick(client, invitation)
    day = world.today() + dt.timedelta(days=20)
    hour = picked.review.starts_at.astimezone(dt.UTC)
    moved = services.move_review(by=world.by, review_id=picked.review_id, on=day)
    assert moved.planned_on == day
    assert abs(moved.starts_at.hour - hour.hour) <= 1  # the hour there, over a change of clocks
    assert queries.invitation_by_id(invitation.pk).sequence == 2
    services.call_off(by=world.by, review_id=picked.review_id)
    found = queries.invitation_by_id(invitation.pk)
    assert (found.state, found.sequence) == ("called_off", 3)
    journal.undo(by=world.by, entry_id=newest_about(found).pk)
    assert queries.invitation_by_id(invitation.pk).state == "picked"
    assert Review.objects.get().planned_on == day


def test_what_is_over_is_not_withdrawn(world, client):
    invitation = invited(world, client)
    services.withdraw(by=world.by, invitation_id=invitation.pk)
    with pytest.raises(Conflict) as refused:
        services.withdraw(by=world.by, invitation_id=invitation.pk)
    assert code_of(refused) == "invitation_over"
    with pytest.raises(NotFound):
        services.withdraw(by=world.by, invitation_id=987654)
    assert ReviewInvitation.objects.get().state == "withdrawn"


def test_a_meeting_planned_by_hand_meanwhile_is_moved_not_doubled(world, client):
    invitation = invited(world, client)
    by_hand = work.plan_review(
        by=world.actor("leader"), client_id=client.pk, on=at(world, 9).date()
    )
    picked = pick(client, invitation)
    assert picked.review_id == by_hand.pk
    review = Review.objects.get()
    assert (review.starts_at, review.member) == (
        invitation.slots[0].starts_at,
        world.members["owner"],
    )


def test_a_meeting_held_without_their_answer_ends_the_invitation(world, client):
    invitation = invited(world, client)
    held = services.hold_review(by=world.by, client_id=client.pk, rating=9)
    assert queries.invitation_by_id(invitation.pk).state == "withdrawn"
    journal.undo(by=world.by, entry_id=newest_about(held).pk)
    assert queries.invitation_by_id(invitation.pk).state == "open"


def test_an_undo_raises_the_sequence_too_so_that_calendars_take_it(world, client):
    invitation = invited(world, client)
    made_entry = newest_about(invitation)
    picked = pick(client, invitation)
    pick_entry = newest_about(picked.review)
    moved = services.move_review(
        by=world.by, review_id=picked.review_id, starts_at=at(world, days=20)
    )
    journal.undo(by=world.by, entry_id=newest_about(moved).pk)
    found = queries.invitation_by_id(invitation.pk)
    assert (found.review.starts_at, found.sequence) == (invitation.slots[0].starts_at, 3)
    journal.undo(by=world.by, entry_id=pick_entry.pk)
    found = queries.invitation_by_id(invitation.pk)
    assert (found.state, found.sequence) == ("open", 4)
    journal.undo(by=world.by, entry_id=made_entry.pk)
    assert not ReviewInvitation.objects.exists()


PATTERNS = {"page_pattern": "https://w.example/{token}", "stop_pattern": "https://w.example/s"}


@pytest.mark.parametrize("noted", [True, False])
def test_a_wish_noted_while_the_invitation_waits_to_go_out_stops_it(
    world, client, letterbox, noted
):
    """Without the wish the same mail goes out: the control."""
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="ada@kettle.org")
    waits = services.send_letter(by=world.by, invitation_id=invited(world, client).pk, **PATTERNS)
    if noted:
        people.set_do_not_ask(by=world.by, client_id=client.pk, why="No more, please.")
    send_once(workspace_id=world.workspace.pk, message_id=waits.pk, last=False)
    waits.refresh_from_db()
    assert waits.state == ("refused" if noted else "sent")
    assert len(letterbox.mails) == (0 if noted else 1)


def test_what_was_agreed_goes_out_although_they_wish_not_to_be_asked(world, client, letterbox):
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="ada@kettle.org")
    invitation = invited(world, client)
    pick(client, invitation)
    waits = services.send_letter(by=world.by, invitation_id=invitation.pk, **PATTERNS)
    people.set_do_not_ask(by=world.by, client_id=client.pk, why="No more, please.")
    send_once(workspace_id=world.workspace.pk, message_id=waits.pk, last=False)
    waits.refresh_from_db()
    assert waits.state == "sent"


def test_whoever_moves_a_meeting_locks_in_the_order_of_whoever_picks_a_time(world, client):
    """The invitation before the review, in every write; else two could wait for each other."""

    def locked(act):
        with CaptureQueriesContext(connection) as seen:
            act()
        first = [re.search(r'FROM "(reviews_reviewinvitation|work_review)"', each["sql"])
                 for each in seen if "FOR UPDATE" in each["sql"]]  # fmt: skip
        return list(dict.fromkeys(found[1] for found in first if found))

    order = ["reviews_reviewinvitation", "work_review"]
    invitation = invited(world, client)
    pick(client, invitation)
    assert locked(lambda: pick(client, invitation, 1)) == order
    review = queries.invitation_by_id(invitation.pk).review
    moved = {"by": world.by, "review_id": review.pk}
    assert locked(lambda: services.move_review(**moved, starts_at=at(world, days=20))) == order
    assert locked(lambda: services.call_off(**moved)) == order


def test_who_wishes_not_to_be_asked_gets_no_invitation_but_hears_what_was_agreed(
    world, client, letterbox
):
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="ada@kettle.org")
    invitation = invited(world, client)
    people.set_do_not_ask(by=world.by, client_id=client.pk, why="No more, please.")
    patterns = {"page_pattern": "https://w.example/{token}", "stop_pattern": "https://w.example/s"}
    with pytest.raises(Problem) as refused:
        services.send_letter(by=world.by, invitation_id=invitation.pk, **patterns)
    assert code_of(refused) == "wishes_not_to_be_asked"
    picked = pick(client, invitation)
    for _ in ("agreed", "called off"):
        sent = services.send_letter(by=world.by, invitation_id=invitation.pk, **patterns)
        assert sent.state == "waiting"
        if picked.review.removed_at is None:
            services.call_off(by=world.by, review_id=picked.review_id)
            picked.review.refresh_from_db()
