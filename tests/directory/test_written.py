"""Search as people write: no accents, a slip in a word, the best place first (P31)."""

from __future__ import annotations

import pytest
from django.db import connection

from warmhand.apps.directory import queries, services
from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries import meaning, stored, vocabulary
from warmhand.apps.island.scope import current_workspace_id, workspace_scope


@pytest.fixture(autouse=True)
def words_alone(monkeypatch):
    monkeypatch.setattr(meaning, "encoder_or_none", lambda: None)


@pytest.fixture
def directory(world):
    for name, about, offers in (
        ("Müller & Söhne", "Roofs and gutters", "Dachdecker"),
        ("Brandt", "Two electricians and an apprentice", "Wiring\nÉclairage"),
        ("Nordlicht Law", "Leases, wills", "Notary"),
        ("Kiel Notary Rooms", "Rooms for hire", ""),
        ("Ahlers", "Accounts. Their notary is next door.", "Bookkeeping"),
        ("Miller Ltd", "Flour", "Milling"),
    ):
        services.add_provider(by=world.by, name=name, about=about, offers=offers, city="Kiel")


def names(search: str, **more) -> list[str]:
    return [it.name for it in queries.providers(search=search, **more)]


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("Muller", "Müller & Söhne"),
        ("müller", "Müller & Söhne"),
        ("MÜLLER SOHNE", "Müller & Söhne"),
        ("eclairage", "Brandt"),
        ("electrican", "Brandt"),
        ("electricians", "Brandt"),
        ("dachdeker kiel", "Müller & Söhne"),
        ("bookeeping", "Ahlers"),
        ("notery", "Kiel Notary Rooms"),
        ("ntoary", "Kiel Notary Rooms"),
        ("Mueller", "Müller & Söhne"),
    ],
)
def test_accents_and_slips_are_forgiven(directory, search, first):
    assert names(search)[0] == first


def test_the_best_place_comes_first(directory):
    """In the name, then in what they do, then anywhere; who has the word as it stands first."""
    assert names("notary") == ["Kiel Notary Rooms", "Nordlicht Law", "Ahlers"]
    assert names("muller")[:2] == ["Müller & Söhne", "Miller Ltd"]


def test_numbers_and_short_words_are_never_taken_for_others(world, directory):
    services.add_provider(by=world.by, name="Twenty", postcode="24103")
    assert names("24104") == []
    assert names("Lew") == []
    assert names("xylophone") == []


def test_no_extension_of_the_database_is_needed(directory):
    """Words in no Latin alphabet, and signs that are two letters, as the columns have them."""
    assert stored.as_searched("Müller Straße ŁÓDŹ Ærø İzmir “Œuvre”") == (
        'muller strasse lodz aero izmir "oeuvre"'
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname IN ('unaccent','pg_trgm')")
        assert cursor.fetchone() == (0,)


def test_what_would_be_signs_of_a_pattern_is_a_letter(directory):
    assert names("100%") == names("_") == names("\\") == []


def test_a_search_asks_a_fixed_number_of_times(directory, django_assert_max_num_queries):
    names("electrican")  # from here on the words of the directory are at hand
    with django_assert_max_num_queries(10):
        assert len(names("kiel")) == 6
    with django_assert_max_num_queries(10):
        assert names("electrican")


def test_words_are_read_anew_after_any_writing(world, directory):
    """Also where no service of ours wrote, and where another row came instead of one that went."""
    assert names("uphosterer") == []
    Provider.objects.filter(name="Ahlers").update(about="An upholsterer")
    assert names("uphosterer") == ["Ahlers"]
    Provider.objects.filter(name="Ahlers").update(about="A saddler")
    assert names("uphosterer") == []
    assert names("sadler") == ["Ahlers"]


def test_words_of_another_workspace_are_not_looked_among(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        services.add_provider(by=closed_world.by, name="Brandt", about="Electricians")
        assert vocabulary.near_words("electrican") == {"electricians": 2}
        assert vocabulary.near_words("bra") == vocabulary.near_words("24104") == {}
    with workspace_scope(closed_world.other.pk):
        assert vocabulary.near_words("electrican") == {}


def test_more_rows_than_a_statement_can_branch_keep_their_order(world):
    """A broad search: thousands of hits, each in its place."""
    workspace = current_workspace_id()
    Provider.objects.bulk_create(
        Provider(workspace_id=workspace, name=f"{'Notary' if n % 2 else 'Law, notary'} {n:04d}")
        for n in range(3000)
    )
    found = queries.providers(search="notary")
    assert found.count() == 3000
    assert [it.name for it in found[:2]] == ["Notary 0001", "Notary 0003"]
    assert found[1500].name == "Law, notary 0000"
