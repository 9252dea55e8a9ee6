"""A referral given without an introduction of ours: how good it is, by one reckoning (P32)."""

from __future__ import annotations

import pytest

from warmhand.apps.directory.models import Provider
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.giving.services import note_need
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import GivenQuality
from warmhand.apps.journal import queries as journal
from warmhand.apps.journal.services import undo
from warmhand.matching.quality import DONE, PARTS
from warmhand.problems import Invalid

WHY = "They moved two of our clients without a scratch."
WORDS = "A mover for the second of June"


def score(given):
    return queries.qualities([given])[given.pk].score


def test_what_is_kept_is_what_was_reckoned_while_writing(world):
    client = world.client()
    said = {"why_confident": WHY, "need_words": WORDS, "done": ["consent", "connected"]}
    reckoned = queries.quality_of_given(**said)
    given = services.record_referral(by=world.by, client_id=client.pk, provider="Movers", **said)
    assert score(given) == reckoned.score == 25 + 10 + 20 + 10
    assert {part.code for part in reckoned.lacks} == {"direct_contact", "expected_call", "context"}


def test_everything_ticked_and_said_makes_a_hundred(world):
    need = note_need(by=world.by, client_id=world.client().pk, words=WORDS)
    done = [part.code for part in DONE]
    best = queries.quality_of_given(why_confident=WHY, need_id=need.pk, done=done)
    assert (best.score, best.lacks) == (sum(part.weight for part in PARTS), ())


def test_words_can_not_be_ticked(world):
    assert queries.quality_of_given(done=["why_confident", "need_words", "nonsense"]).score == 0


def test_it_stays_as_it_was_when_the_need_is_reworded(world):
    need = note_need(by=world.by, client_id=world.client().pk, words=WORDS)
    given = services.record_referral(
        by=world.by, client_id=need.client_id, provider="Movers", need_id=need.pk
    )
    before = score(given)
    Need.objects.filter(pk=need.pk).update(words="Mover")
    assert score(ReferralGiven.objects.get(pk=given.pk)) == before == 10


def test_a_need_in_words_is_noted_and_undone_with_the_referral(world):
    client = world.client()
    given = services.record_referral(
        by=world.by, client_id=client.pk, provider="Movers", need_words=WORDS, done=["consent"]
    )
    need = Need.objects.get()
    assert (given.need_id, need.words, need.may_pass_on) == (need.pk, WORDS, True)
    undo(by=world.by, entry_id=journal.newest_about(given).pk)
    assert not Need.objects.exists()
    assert not ReferralGiven.objects.exists()
    assert not GivenQuality.objects.exists()


def test_a_need_on_record_and_another_in_words_is_one_too_many(world):
    need = note_need(by=world.by, client_id=world.client().pk, words=WORDS)
    with pytest.raises(Invalid) as refused:
        services.record_referral(
            by=world.by,
            client_id=need.client_id,
            provider="Movers",
            need_id=need.pk,
            need_words="A baker",
        )
    assert [place.field for place in refused.value.places] == ["need_words"]


def test_a_name_that_stands_once_in_the_directory_means_that_provider(world):
    swift = Provider.objects.create(name="Swift Movers")
    for _ in range(2):
        Provider.objects.create(name="Twin Bakers")

    def listed(name):
        given = services.record_referral(
            by=world.by, client_id=world.client().pk, provider=name, why_confident=WHY
        )
        return given.listed_id

    assert [listed(" swift movers "), listed("Twin Bakers"), listed("Others")] == [
        swift.pk, None, None,
    ]  # fmt: skip
