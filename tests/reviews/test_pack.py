"""The review pack from records: the right days, nothing that isn't for the client, honest."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict

import pytest
from django.db import models
from django.test.utils import CaptureQueriesContext

from tests.asks.earned import earn
from tests.printing.packs import squeezed, text_of
from tests.world import World
from warmhand.apps.accounts.days import today
from warmhand.apps.asks.models import Ask, Override
from warmhand.apps.giving.models import Favour, Need, ReferralGiven
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.people.models import Client, Company, Consent, KeyRingEntry
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.reviews.pack import pack_of
from warmhand.apps.reviews.services.meeting import set_agenda
from warmhand.apps.work.models import Case, Commitment, Rating, Review, Survey
from warmhand.printing import Pack, Point, State, lay_out, pack_pdf
from warmhand.problems import Invalid, NotFound

pytestmark = pytest.mark.django_db


def codes(pack: Pack) -> list[str]:
    return [each.code for each in pack.objections]


def test_it_reaches_back_to_the_last_review_held_or_a_year(world):
    client = earn(world)
    pack = pack_of(client.pk)
    assert (pack.since, pack.until) == (_a_year_before(world.today()), world.today())
    Review.objects.create(client=client, held_on=world.days_ago(200))
    Review.objects.create(client=client, held_on=world.days_ago(70), rating=8)
    Review.objects.create(client=client, planned_on=world.days_ago(-9))
    pack = pack_of(client.pk)
    assert pack.since == world.days_ago(70)
    assert [item.kind for item in pack.next_steps] == [Point.REVIEW]


def _a_year_before(day: dt.date) -> dt.date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if last_of_february else day.day)


def test_only_what_lies_in_the_period_is_told(world):
    client = earn(world)
    agreed = {"client": client, "title": "Long ago", "agreed_on": world.days_ago(900)}
    Commitment.objects.create(**agreed, delivered_on=world.days_ago(800))
    Commitment.objects.create(**{**agreed, "title": "Still running"})
    for days in (700, 300):
        Case.objects.create(
            client=client,
            title=f"Case {days}",
            opened_on=world.days_ago(days),
            resolved_on=world.days_ago(days - 5),
            confirmed_on=world.days_ago(days - 5),
        )
    pack = pack_of(client.pk)
    assert {entry.what for entry in pack.entries} == {"The new roof", "Still running"}
    assert [case.title for case in pack.cases] == ["Case 300"]
    longer = pack_of(client.pk, since=world.days_ago(1000))
    assert {entry.what for entry in longer.entries} >= {"Long ago", "The new roof"}
    assert len(longer.cases) == 2


def test_what_the_company_agreed_is_told_and_what_a_colleague_agreed_is_not(world):
    company = world.company()
    client = earn(world, company=company)
    other = world.client("Bo Kettle", company=company)
    day = {"agreed_on": world.days_ago(50), "delivered_on": world.days_ago(20)}
    Commitment.objects.create(company=company, title="For the house", **day)
    Commitment.objects.create(client=other, company=company, title="For Bo alone", **day)
    assert {entry.what for entry in pack_of(client.pk).entries} == {"The new roof", "For the house"}


@pytest.mark.parametrize(("since", "until", "field"), [(None, -1, "until"), (3, 9, "since")])
def test_days_that_make_no_period(world, since, until, field):
    client = earn(world)
    named = {"since": since and world.days_ago(since), "until": world.days_ago(until)}
    with pytest.raises(Invalid) as refused:
        pack_of(client.pk, **named)
    assert [place.field for place in refused.value.places] == [field]


def test_no_pack_of_nobody(world):
    with pytest.raises(NotFound):
        pack_of(10**12)


def test_the_language_is_the_clients_or_their_companys(world):
    company = world.company(language="de-AT")
    client = earn(world, company=company)
    assert pack_of(client.pk).texts["title"] == "Unser Rückblick"
    Client.objects.filter(pk=client.pk).update(language="en")
    assert pack_of(client.pk).texts["title"] == "Review pack"
    assert pack_of(client.pk, language="de").texts["language"] == "de"
    assert pack_of(client.pk, language="xx").texts["language"] == "en"


def test_the_agenda_is_that_of_the_next_review_without_what_is_for_us(world):
    client = earn(world)
    assert pack_of(client.pk).agenda == ()
    for days in (60, 9):
        Review.objects.create(client=client, planned_on=world.days_ago(-days))
    review = Review.objects.get(planned_on=world.days_ago(-9))
    set_agenda(by=world.by, review_id=review.pk, points={"next": "The new hall\n\nThe fair"})
    agenda = pack_of(client.pk).agenda
    assert agenda[:2] == ("Thanks", "What we agreed and delivered")
    assert "What you need next: The new hall; The fair" in agenda
    assert not [line for line in agenda if "earned" in line]
    assert pack_of(client.pk, language="de").agenda == ()  # not two languages on one paper


# what is favourable (P5)


def test_a_client_with_something_to_show_has_a_pack(world):
    pack = pack_of(earn(world).pk)
    assert pack.favourable
    assert pack.said.words == "Very pleased"
    assert pack.put_right == ()


def test_an_open_case_stands_among_the_open_points(world):
    client = earn(world)
    Case.objects.create(client=client, title="Squeaks", opened_on=world.days_ago(2))
    pack = pack_of(client.pk)
    assert pack.favourable
    assert [(item.kind, item.what) for item in pack.open_points] == [(Point.CASE, "Squeaks")]


def unhappy(world: World, client: Client) -> None:
    Rating.objects.create(client=client, on=world.days_ago(5), score=2, words="Nobody rang back")


def overdue(world: World, client: Client) -> None:
    day = {"agreed_on": world.days_ago(30), "due_on": world.days_ago(3)}
    Commitment.objects.create(client=client, title="The gate", **day)


def overdue_favour(world: World, client: Client) -> None:
    day = {"promised_on": world.days_ago(30), "due_on": world.days_ago(3)}
    Favour.objects.create(client=client, what="A list", **day)


def overdue_for_the_house(world: World, client: Client) -> None:
    company = world.company()
    Client.objects.filter(pk=client.pk).update(company=company)
    day = {"agreed_on": world.days_ago(30), "due_on": world.days_ago(3)}
    Commitment.objects.create(company=company, title="The gate", **day)


def hurt(world: World, client: Client) -> None:
    day = {"received_on": world.days_ago(60), "hurt_on": world.days_ago(9)}
    ReferralReceived.objects.create(client=client, new_person="Bram", **day)


def nothing_shown(world: World, client: Client) -> None:
    Commitment.objects.filter(client=client).update(evidence="", evidence_kind="none")


def nothing_delivered(world: World, client: Client) -> None:
    Commitment.objects.filter(client=client).update(delivered_on=None, due_on=None)


def nothing_agreed(world: World, client: Client) -> None:
    Rating.objects.filter(client=client).update(commitment=None)
    Commitment.objects.filter(client=client).update(removed_at=dt.datetime.now(dt.UTC))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (unhappy, "unhappy"),
        (overdue, "commitment_overdue"),
        (overdue_favour, "commitment_overdue"),
        (overdue_for_the_house, "commitment_overdue"),
        (hurt, "reputation_hurt"),
        (nothing_shown, "nothing_to_show"),
        (nothing_delivered, "nothing_delivered"),
        (nothing_agreed, "nothing_agreed"),
    ],
)
def test_nothing_favourable_proposes_recovery_instead(world, spoil, code):
    client = earn(world)
    spoil(world, client)
    pack = pack_of(client.pk)
    assert not pack.favourable
    assert code in codes(pack)
    words = text_of(pack_pdf(pack))
    assert squeezed("Recovery sheet") in words
    assert squeezed("Very pleased") not in words


def test_what_went_wrong_is_on_the_recovery_sheet_until_it_is_made_good(world):
    client = earn(world)
    unhappy(world, client)
    pack = pack_of(client.pk)
    assert squeezed("Nobody rang back") in text_of(pack_pdf(pack))
    Rating.objects.filter(client=client, score=2).update(recovered_on=world.days_ago(1))
    assert pack_of(client.pk).favourable


def test_a_period_in_which_nothing_came_is_not_embellished(world):
    client = earn(world)
    pack = pack_of(client.pk, since=world.days_ago(30))
    assert codes(pack) == ["nothing_in_period"]
    assert "longer period" in pack.objections[0].mend


def test_something_late_is_shown_as_late(world):
    client = earn(world)
    days = {"agreed_on": world.days_ago(90), "due_on": world.days_ago(60)}
    Commitment.objects.create(
        client=client, title="The gate", delivered_on=world.days_ago(55), **days
    )
    pack = pack_of(client.pk)
    assert pack.favourable
    states = {entry.what: entry.state(world.today()) for entry in pack.entries}
    assert states == {"The new roof": State.EARLY, "The gate": State.LATE}


# what may stand in a pack (P24)

ALLOWED = {
    "Case.title",
    "Client.name",
    "Commitment.evidence",
    "Commitment.target",
    "Commitment.title",
    "Company.name",
    "Favour.what",
    "Member.name",
    "Need.words",
    "Rating.words",
    "ReferralGiven.provider",
}
MARK = re.compile(r"zz([A-Za-z]+\.[a-z_]+?)zz")


def marked(record: models.Model) -> None:
    """Put a mark with its name into every text that a record holds."""
    values = {
        field.name: f"zz{type(record).__name__}.{field.name}zz"
        for field in record._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (field.max_length or 999) >= 40
    }
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def marked_client(world: World) -> Client:
    """One record of each kind that hangs on a client, each as it would stand in a pack."""
    company = world.company()
    client = earn(world, company=company)
    on = world.days_ago(10)
    case = Case.objects.create(client=client, title="x", opened_on=on)
    survey = Survey.objects.create(client=client, answered_on=on, satisfied=9)
    review = Review.objects.create(client=client, planned_on=world.today())
    asked = {"asked_on": on, "asked_at": dt.datetime.now(dt.UTC)}
    said = {"words": "zzConsent.wordszz", "source": "zzConsent.sourcezz"}  # append-only
    Consent.objects.create(client=client, given=True, on=on, **said)
    records = [
        company, client, client.keeper, case, survey, review,
        *Commitment.objects.all(), *Rating.objects.all(), *Favour.objects.all(),
        Need.objects.create(client=client, words="x", noted_on=on),
        ReferralGiven.objects.create(client=client, provider="x", given_on=on),
        ThankYou.objects.create(client=client, owed_on=on, due_on=on),
        ReferralReceived.objects.create(client=client, new_person="x", received_on=on),
        KeyRingEntry.objects.create(client=client, name="x"),
        Ask.objects.create(client=client, outcome="no", outcome_on=on, **asked),
        Override.objects.create(client=client, code="busy_time", until=on, reason="x"),
    ]  # fmt: skip
    for record in records:
        marked(record)
    return client


def test_only_what_is_allowed_stands_in_a_pack(world):
    client = marked_client(world)
    pack = pack_of(client.pk)
    assert pack.favourable
    assert set(MARK.findall(json.dumps(asdict(lay_out(pack)), default=str))) == ALLOWED
    printed = text_of(pack_pdf(pack))
    assert {mark for mark in MARK.findall(printed) if mark} <= ALLOWED
    for internal in ("not_asked", "busy_time", "do_not_ask", "unhappy"):
        assert internal not in printed


def test_words_of_a_rating_that_was_not_happy_are_not_in_a_pack(world):
    client = earn(world)
    day = {"client": client, "on": world.days_ago(60)}
    Rating.objects.create(**day, score=6, words="So so")
    Rating.objects.create(**day, score=2, words="Awful", recovered_on=world.days_ago(50))
    pack = pack_of(client.pk)
    assert pack.favourable
    words = text_of(pack_pdf(pack))
    assert "Soso" not in words
    assert "Awful" not in words
    assert [score.score for score in pack.ratings] == [6, 2, 9]


def test_where_a_file_lies_is_not_told(world):
    client = earn(world)
    proof = {"evidence_kind": "file", "evidence": r"\\server\secret\report.pdf"}
    Commitment.objects.filter(client=client).update(**proof)
    assert [entry.proof for entry in pack_of(client.pk).entries] == ["report.pdf"]


# cost


def test_a_pack_takes_as_many_queries_for_one_record_as_for_twenty(world):
    from django.db import connection

    def count(client: Client) -> int:
        with CaptureQueriesContext(connection) as caught:
            pack_of(client.pk)
        return len(caught)

    company = Company.objects.create(name="Kettle")
    client = earn(world, company=company)
    Review.objects.create(client=client, planned_on=world.days_ago(-9))
    today()  # read once in a scope, so it is no part of either count
    first = count(client)
    for n in range(20):
        on = world.days_ago(20 + n)
        done = Commitment.objects.create(
            client=client, title=f"Roof {n}", agreed_on=on, delivered_on=on
        )
        Rating.objects.create(client=client, on=on, score=9, commitment=done)
        Case.objects.create(client=client, title=f"Case {n}", opened_on=on)
        Favour.objects.create(client=client, what=f"Favour {n}", done_on=on)
        Need.objects.create(client=client, words=f"Need {n}", noted_on=on)
        ReferralGiven.objects.create(client=client, provider=f"P {n}", given_on=on)
        ThankYou.objects.create(client=client, owed_on=on, due_on=on)
    assert count(client) == first
    assert first <= 26
