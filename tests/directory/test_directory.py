"""The directory: providers, what they do, who vouches, what clients do well (P30, P31)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.directory import queries, services
from warmhand.apps.directory.models import Service
from warmhand.apps.directory.queries import meaning
from warmhand.apps.directory.queries.places import same_area
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.people.merging import merge_clients, undo_merge
from warmhand.matching import Where
from warmhand.matching.places import distance_km
from warmhand.problems import Conflict, Invalid, NotFound


def places(refused) -> set[str]:
    return {place.field for place in refused.value.places}


def add(world, name="Nordlicht Law", **fields):
    return services.add_provider(by=world.by, name=name, **fields)


def names(**wanted) -> list[str]:
    return [it.name for it in queries.providers(**wanted)]


@pytest.fixture
def words_alone(monkeypatch):
    """The encoder isn't installed here."""
    monkeypatch.setattr(meaning, "encoder_or_none", lambda: None)


def test_a_provider_comes_with_what_they_do_and_goes_as_a_whole(world):
    made = add(world, offers="Notary\n\n  Family   law ", languages="de, EN;de", country="de")
    assert [it.name for it in queries.provider_now(made.pk).services.all()] == [
        "Family law",
        "Notary",
    ]
    assert (made.languages, made.country) == (["de", "en"], "DE")
    entry = Entry.objects.get(object_type="directory.Provider", verb="created")
    journal.undo(by=world.by, entry_id=entry.pk)
    assert not names()
    assert not Service.objects.filter(provider=made)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"languages": "klingonian"}, "languages"),
        ({"country": "Germoney"}, "country"),
        ({"country": "XQ"}, "country"),
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"latitude": 9.0}, "longitude"),
        ({"email": "nobody"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"price": 7}, "price"),
        ({"capacity": "tired"}, "capacity"),
        ({"away_from": dt.date(2030, 2, 2), "away_until": dt.date(2030, 2, 1)}, "away_until"),
        ({"licence_until": dt.date(3030, 2, 2)}, "licence_until"),
        ({"hears_from_us_since": dt.date(2199, 2, 2)}, "hears_from_us_since"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(world, fields, field):
    with pytest.raises(Invalid) as refused:
        add(world, **{"name": "Nordlicht", **fields})
    assert places(refused) == {field}
    assert not names()


def test_change_undo_remove_bring_back(world):
    made = add(world)
    services.change_provider(by=world.by, provider_id=made.pk, capacity="full", languages=["fr"])
    entry = Entry.objects.filter(verb="changed").latest("pk")
    assert entry.changes == {"capacity": ["open", "full"], "languages": [[], ["fr"]]}
    journal.undo(by=world.by, entry_id=entry.pk)
    assert queries.provider_by_id(made.pk).capacity == "open"
    services.remove_provider(by=world.by, provider_id=made.pk)
    with pytest.raises(NotFound):
        queries.provider_by_id(made.pk)
    journal.undo(by=world.by, entry_id=Entry.objects.filter(verb="removed").latest("pk").pk)
    assert names() == ["Nordlicht Law"]


def test_a_service_and_its_category(world):
    made = add(world)
    done = services.add_service(
        by=world.by, provider_id=made.pk, name="Notary", words="Deeds", category=" 541120 "
    )
    add(world, "Elsewhere Law")
    assert names(category="541") == ["Nordlicht Law"]
    assert queries.categories_in_use() == ["541120"]
    services.change_service(by=world.by, service_id=done.pk, category="541199")
    assert names(category="54112") == []
    services.remove_service(by=world.by, service_id=done.pk)
    assert names(category="541") == []


def test_one_vouch_each_and_whose(world):
    made, other = add(world), add(world, "Other")
    member = world.members["agent"]
    first = services.vouch(by=world.by, provider_id=made.pk, why_confident="Did our own lease.")
    assert first.since == world.today()
    with pytest.raises(Conflict):
        services.vouch(by=world.by, provider_id=made.pk, why_confident="Again.")
    services.vouch(
        by=world.by, provider_id=made.pk, why_confident="Two clients.", member_id=member.pk
    )
    services.vouch(by=world.by, provider_id=other.pk, why_confident="An old friend.", basis="known")
    assert names(vouched_by_id=member.pk) == ["Nordlicht Law"]
    assert names(sort="vouches") == ["Nordlicht Law", "Other"]
    changed = services.change_vouch(
        by=world.by, vouch_id=first.pk, why_confident="And our second.", why="Heard anew"
    )
    assert changed.why_confident == "And our second."
    assert Entry.objects.latest("pk").why == "Heard anew"
    for each in queries.vouches(provider_id=made.pk):
        services.remove_vouch(by=world.by, vouch_id=each.pk)
    assert names(vouched=False) == ["Nordlicht Law"]
    assert [it.vouch_count for it in queries.providers()] == [0, 1]


def test_a_vouch_says_why_and_is_somebodys(world):
    made = add(world)
    with pytest.raises(Invalid) as refused:
        services.vouch(by=world.by, provider_id=made.pk, why_confident="")
    assert places(refused) == {"why_confident"}
    nobody = type(world.by)(None, "a program", "api")
    with pytest.raises(Invalid) as refused:
        services.vouch(by=nobody, provider_id=made.pk, why_confident="Good.")
    assert places(refused) == {"member_id"}


def test_how_they_stand_today(world):
    today, day = world.today(), dt.timedelta(1)
    add(world, "Free", licence="Bar", licence_until=today)
    add(world, "Full", capacity="full")
    add(world, "Away", away_from=today - day, away_until=today)
    add(world, "Away for good", away_from=today)
    add(world, "Back", away_from=today - 9 * day, away_until=today - day)
    add(world, "Leaves", away_from=today + day)
    add(world, "Lapsed", licence="Bar", licence_until=today - day)
    assert names(takes=True) == ["Back", "Free", "Leaves"]
    assert names(takes=False) == ["Away", "Away for good", "Full", "Lapsed"]
    assert names(licence="soon") == names(licence="valid") == ["Free"]
    assert names(licence="ended") == ["Lapsed"]
    assert len(names(licence="none")) == 5
    assert [it.name for it in queries.licences_that_end()] == ["Lapsed", "Free"]
    with pytest.raises(Invalid):
        names(licence="perhaps")


def test_filters_by_language_price_and_page(world):
    add(world, "Dear", price=4, languages=["de"], is_public=True)
    add(world, "Fair", price=2, languages=["da", "de"])
    add(world, "Silent")
    assert names(language="DE") == ["Dear", "Fair"]
    assert queries.languages_in_use() == ["da", "de"]
    assert names(price_at_most="2") == ["Fair", "Silent"]
    assert names(is_public=True) == ["Dear"]
    with pytest.raises(Invalid) as refused:
        names(price_at_most="cheap")
    assert places(refused) == {"price_at_most"}


def test_words_are_found_in_the_provider_and_in_what_they_do(world, words_alone):
    law = add(world, city="Kiel", about="Leases")
    services.add_service(by=world.by, provider_id=law.pk, name="Notary", words="Deeds and wills")
    add(world, "Baker", about="Bread")
    assert names(search="notary KIEL") == ["Nordlicht Law"]
    assert names(search="leases") == ["Nordlicht Law"]
    assert names(search="deeds bread") == []
    assert not meaning.nearness("law", lambda: {1: "law"}).possible


def test_languages_and_countries_may_be_said_as_our_own_sentences_say_them(world):
    made = add(world, languages="German and English & Polish", country="U.S.")
    assert (made.languages, made.country) == (["de", "en", "pl"], "US")


def test_a_search_that_is_not_english_has_no_meaning_to_us_and_reads_nothing(monkeypatch):
    read = []
    monkeypatch.setattr(meaning, "encoder_or_none", lambda: read.append)
    german = "Wir suchen jemanden für die Steuererklärung unserer Tochter"
    assert meaning.nearness(german, lambda: {1: german}) == meaning.Nearness({})
    assert read == []


def test_what_is_near_in_meaning_comes_after_the_words(world):
    add(world, "Brandt & Co", offers="Moving house and office furniture")
    add(world, "Kern", about="Annual accounts, payroll, tax returns")
    add(world, "Tax in the name", about="Sculptures of bronze")
    found = names(search="tax")
    assert found[:2] == ["Tax in the name", "Kern"] or found[:2] == ["Kern", "Tax in the name"]
    assert names(search="somebody to relocate our furniture")[0] == "Brandt & Co"
    assert "Brandt & Co" not in names(search="bookkeeper for our annual accounts")


def test_a_large_directory_is_read_bit_by_bit(world, monkeypatch):
    monkeypatch.setattr(meaning, "MOST_NEW", 2)
    texts = {number: f"a text of its own {number} {world.today()}" for number in range(5)}
    left = [meaning.nearness("text", lambda: texts).unread for _ in range(3)]
    assert left == [3, 1, 0]


def test_near_a_place(world):
    kiel = {"city": "Kiel", "country": "DE"}
    add(world, "In Kiel", **kiel, postcode="24103", latitude=54.32, longitude=10.13)
    add(world, "In Hamburg", city="Hamburg", latitude=53.55, longitude=9.99, reach_km=100)
    add(world, "In Munich", city="Munich", latitude=48.14, longitude=11.58)
    add(world, "Kiel unknown", **kiel, postcode="24105")
    add(world, "Anywhere")
    found = list(queries.providers(near="kiel"))
    assert [it.name for it in found] == [
        "In Kiel", "Kiel unknown", "In Hamburg", "In Munich", "Anywhere",
    ]  # fmt: skip
    km = {it.name: it.km for it in found}
    assert km["In Kiel"] == 0
    assert 84 < km["In Hamburg"] < 90
    assert km["Kiel unknown"] is None
    assert {it.name for it in found if it.same_area} == {"Kiel unknown"}
    assert names(near="24103", within_km=10) == ["In Kiel", "Kiel unknown", "In Hamburg"]
    assert names(near="48.1, 11.6", within_km="10") == ["In Munich"]
    assert names(near="Nowhere at all", within_km=10) == []
    assert names(near="kiel", sort="-name")[0] == "Kiel unknown"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("24103", "24105", True),
        ("24103", "80331", False),
        ("SW1A 1AA", "SW1A 2BB", True),
        ("SW1A 1AA", "SE10 1AA", False),
        ("9", "9", False),
        ("", "", False),
    ],
)
def test_postcodes_that_begin_alike(one, other, same):
    assert same_area(Where(postcode=one), Where(postcode=other)) is same
    assert not same_area(Where(postcode=one, country="DE"), Where(postcode=other, country="FR"))


POINTS = st.builds(
    Where, latitude=st.floats(-90, 90, allow_nan=False), longitude=st.floats(-180, 180)
)


@given(POINTS, POINTS, POINTS)
def test_distances_are_distances(one, other, third):
    there, back = distance_km(one, other), distance_km(other, one)
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016
    assert distance_km(one, one) == 0
    assert distance_km(one, third) <= there + distance_km(other, third) + 1e-6


def test_a_client_can_be_a_provider_and_stays_one_through_a_merge(world):
    kept, gone = world.client("Ada"), world.client("Ada K.")
    made = services.add_provider(by=world.by, client_id=gone.pk)
    assert made.name == "Ada K."
    note = services.note_expertise(by=world.by, client_id=gone.pk, words="Keeps bees")
    merge = merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    assert queries.provider_by_id(made.pk).client_id == kept.pk
    assert queries.expertise_by_id(note.pk).client_id == kept.pk
    assert names(client_id=kept.pk) == ["Ada K."]
    undo_merge(by=world.by, merge_id=merge.pk)
    assert queries.provider_by_id(made.pk).client_id == gone.pk
    with pytest.raises(NotFound):
        add(world, client_id=10**9)


def test_expertise_and_whether_it_may_be_told(world):
    client = world.client()
    first = services.note_expertise(
        by=world.by, client_id=client.pk, words="Cold stores", category="493120"
    )
    services.note_expertise(
        by=world.by, client_id=client.pk, words="Ice", may_pass_on=False, on=world.days_ago(3)
    )
    assert [it.words for it in queries.expertise(client_id=client.pk)] == ["Cold stores", "Ice"]
    assert list(queries.expertise(state="unasked", category="4931", search="ada")) == [first]
    services.change_expertise(by=world.by, expertise_id=first.pk, may_pass_on=True)
    assert [it.words for it in queries.expertise(state="yes")] == ["Cold stores"]
    with pytest.raises(Invalid):
        services.change_expertise(by=world.by, expertise_id=first.pk, noted_on=world.days_ago(-2))
    services.remove_expertise(by=world.by, expertise_id=first.pk)
    assert [it.words for it in queries.expertise(search="")] == ["Ice"]


def test_lists_take_few_queries(world, django_assert_num_queries, words_alone):
    for number in range(12):
        made = add(world, f"Provider {number}", offers=["One", "Two"], city="Kiel")
        services.vouch(by=world.by, provider_id=made.pk, why_confident="Good.")
    with django_assert_num_queries(3):  # the rows, their services, their vouches
        for it in queries.providers(takes=True, sort="name"):
            assert [each.member.name for each in it.vouches.all()]
            assert it.services.all()


def test_whoever_has_the_words_is_read_first(world, monkeypatch):
    """In a large directory the first search already orders what it shows by meaning."""
    for number in range(3):
        add(world, f"Firm {number} {world.today()}", about=f"Cleaning {number} {world.today()}")
    last = add(world, "Zweig", about="Law of tenants", offers="Leases")
    read: list[str] = []
    monkeypatch.setattr(meaning, "_read", lambda reader, texts: read.extend(texts) or 0)
    names(search="leases")
    assert last.name in read[0]
