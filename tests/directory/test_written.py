"""Search as people write: no accents, a slip in a word, the best place first (P31)."""

from __future__ import annotations

import pytest

from warmhand.apps.directory import queries, services
from warmhand.apps.directory.queries import meaning, written


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


def test_without_the_extensions_words_count_as_they_are_written(directory, monkeypatch):
    monkeypatch.setattr(written, "extensions", frozenset)
    assert names("Muller") == names("electrican") == []
    assert names("müller") == ["Müller & Söhne"]


def test_what_would_be_signs_of_a_pattern_is_a_letter(directory):
    assert names("100%") == names("_") == names("\\") == []


def test_a_search_asks_a_fixed_number_of_times(directory, django_assert_max_num_queries):
    names("x")
    with django_assert_max_num_queries(10):
        assert len(names("kiel")) == 6
    with django_assert_max_num_queries(10):
        assert names("electrican")
