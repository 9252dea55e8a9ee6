"""A category is a code of the scheme or none: on needs, expertise and services, by every door."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.alliances.services import note_enquiry
from warmhand.apps.directory import services as directory
from warmhand.apps.directory.exchange.drafts import refusal_of
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving import services
from warmhand.apps.introductions.matches import ranked_for
from warmhand.apps.people.categories import why_no_category
from warmhand.apps.people.importing.drafting import Drafter, _read_category
from warmhand.apps.people.importing.fields import NEED_FIELDS
from warmhand.apps.people.importing.problems import ImportProblem
from warmhand.matching import scheme
from warmhand.problems import Invalid

UNKNOWN = ["999999", "plumber", "4842100", "54112O"]


def refused_at_category(write) -> str:
    with pytest.raises(Invalid) as refused:
        write()
    [place] = refused.value.places
    assert place.field == "category"
    return place.sentence


@pytest.mark.parametrize("code", UNKNOWN)
def test_a_code_that_no_scheme_has_is_refused_at_its_field(world, code):
    client, by = world.client(), world.by
    said = refused_at_category(
        lambda: services.note_need(by=by, client_id=client.pk, words="A mover", category=code)
    )
    assert said.startswith(f"“{code}” is no code of NAICS 2022.")
    assert "or leave it empty" in said
    refused_at_category(
        lambda: directory.note_expertise(by=by, client_id=client.pk, words="Law", category=code)
    )
    made = directory.add_provider(by=by, name="Swift")
    refused_at_category(
        lambda: directory.add_service(by=by, provider_id=made.pk, name="Moving", category=code)
    )
    for who in ({"client_id": client.pk}, {"asker": "Ruth"}, {}):
        refused_at_category(
            lambda who=who: note_enquiry(by=by, words="A mover", category=code, **who)
        )


def test_it_is_refused_when_something_is_corrected_too(world):
    need = services.note_need(by=world.by, client_id=world.client().pk, words="A mover")
    refused_at_category(
        lambda: services.change_need(by=world.by, need_id=need.pk, category="999999")
    )
    for code in ("484210", "541110.5", ""):
        services.change_need(by=world.by, need_id=need.pk, category=code)
        need.refresh_from_db()
        assert need.category == code


@given(st.sampled_from(sorted(scheme().by_code)))
def test_every_code_of_the_scheme_may_stand(code):
    assert why_no_category(code) == ""


@given(st.text(min_size=1, max_size=12))
def test_nothing_else_may(text):
    assert (why_no_category(text) == "") == (text in scheme().by_code)


def test_an_import_refuses_the_row_and_says_where():
    spec = next(it for it in NEED_FIELDS if it.name == "category")
    assert _read_category(Drafter(None, {}, {}), spec, "484210", 3) == "484210"
    wrong = _read_category(Drafter(None, {}, {}), spec, "999999", 3)
    assert isinstance(wrong, ImportProblem)
    assert (wrong.code, wrong.line, wrong.field) == ("bad_category", 3, "category")


def test_a_file_of_providers_keeps_the_service_and_tells_of_its_code():
    assert "no code of NAICS 2022" in refusal_of(Service, "category", "999999")
    assert refusal_of(Service, "category", "484210") == ""


def test_without_a_category_the_words_are_read_by_the_one_reader_for_both_kinds(world):
    """A provider and another client's expertise in the line of work that the sentence means."""
    need = services.note_need(
        by=world.by, client_id=world.client().pk, words="Somebody for our payroll"
    )
    made = Provider.objects.create(name="Books & Co")
    Service.objects.create(provider=made, name="Monthly wages", category="541214")
    expert = world.client("Otto Holm")
    directory.note_expertise(
        by=world.by, client_id=expert.pk, words="Wages", category="541214", may_pass_on=True
    )
    found = {each.candidate.name: each for each in ranked_for(need, by_meaning=False)}
    assert set(found) == {"Books & Co", "Otto Holm"}
    for each in found.values():
        [read] = [it for it in each.reasons if it.code == "category_read"]
        assert "Payroll" in read.sentence
    points = {it.code: it.points for each in found.values() for it in each.reasons}
    assert points["category_read"] > 15, "how sure the reader is, and no weight of our own"
