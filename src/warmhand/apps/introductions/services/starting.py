"""Beginning an introduction, lengthening its list, stopping it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Provider
from warmhand.apps.giving.queries import need_by_id
from warmhand.apps.giving.services import change_need
from warmhand.apps.introductions import eligible, facts
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.introductions.queries import candidates_of, open_for_need
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.values import check
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import end_link
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.people.third_persons import has_contact_data
from warmhand.problems import Conflict, Invalid

from .common import call_off, end, locked
from .sequence import next_turn

MOST: Final = 5
"""So many providers stand in one list at most: who has heard five noes wants another idea."""
State = Introduction.State


class Told(TypedDict, total=False):
    """What an introduction says; `tells` are codes of `facts.CODES`."""

    need_words: str
    context: str
    why_confident: str
    expects_call: bool
    tells: Sequence[str]
    mails_on: bool


@journal.one_act()
def start(
    *,
    by: Actor,
    client_id: int,
    provider_ids: Sequence[int],
    need_id: int | None = None,
    relation: str = "",
    need_for_other: bool | None = None,
    origin: str = "",
    **told: Unpack[Told],
) -> Introduction:
    """Begin an introduction to providers in this order; nobody is told anything yet (P32).

    `relation` says who it is where it isn't the client, such as 'my sister': of such a person
    nothing else is kept until they act. `need_for_other` then says whether the need on record is
    theirs, and forgotten with them, or the client's own (False). Raises Invalid (`whose_need` where
    that isn't said, `third_person_contact` where theirs holds a number), Conflict
    `introduction_under_way`.
    """
    client = client_by_id(client_id)
    _check_need(client_id, need_id)
    is_theirs = _becomes_theirs(need_id, relation.strip(), need_for_other)
    listed = _providers(client_id, provider_ids)
    made = _made(
        by,
        f"Began to introduce {client.title} to {listed[0].name}.",
        client=client,
        member_id=by.member_id,
        need_id=need_id,
        relation=relation.strip(),
        origin=origin,
        **_checked(dict(told)),
    )
    for place, provider in enumerate(listed, 1):
        _add(by, made, provider, place)
    if need_id is not None and is_theirs:
        change_need(by=by, need_id=need_id, for_other=True)
    return made


def _made(by: Actor, sentence: str, **values: Any) -> Introduction:
    """The new row; of somebody who isn't ours the journal keeps no word, so that it can go."""
    if not values["relation"]:
        return journal.create(Introduction, by=by, sentence=sentence, **values)
    made = Introduction(**values)
    check(made)
    made.save()
    sentence = f"Began an introduction for somebody {made.client.title} knows."
    journal.record(by=by, verb="began", of=made, sentence=sentence)
    return made


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    if not str(told.get("need_words", "x")).strip():
        raise Invalid.at("need_words", "Say what is needed, in their own words.")
    if "tells" in told:
        told["tells"] = facts.known(told["tells"])
    return told


def _check_need(client_id: int, need_id: int | None) -> None:
    if need_id is None:
        return
    if need_by_id(need_id, lock=True).client_id != client_id:
        raise Invalid.at("need_id", "This is a need of another client.")
    if open_for_need(need_id) is not None:
        raise Conflict(
            "introduction_under_way",
            "An introduction for this need is under way already.",
            lift="Look at it; stop it before you begin another.",
        )


def _becomes_theirs(need_id: int | None, relation: str, for_other: bool | None) -> bool:
    """Whether the need on record is to be marked as told for somebody else.

    Nobody's need is forgotten, or kept, by a guess of ours.
    """
    if need_id is None:
        return False
    need = need_by_id(need_id)
    if need.for_other and not relation:
        sentence = "This need was told for somebody else: say who it is to them."
        raise Invalid.at("relation", sentence, code="whose_need")
    if not relation or need.for_other:
        return False
    if for_other is None:
        sentence = "Say whose need it is: what was told for somebody else is forgotten with them."
        raise Invalid.at("need_for_other", sentence, code="whose_need")
    if for_other and has_contact_data(need.words):
        sentence = (
            "This need holds an address, a profile or a phone number, and of a third person we "
            "keep none: take it out of the need first, then begin."
        )
        raise Invalid.at("need_for_other", sentence, code="third_person_contact")
    return for_other


def _providers(client_id: int, ids: Iterable[int]) -> list[Provider]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Invalid.at("provider_ids", "Choose at least one provider.")
    if len(wanted) > MOST:
        raise Invalid.at("provider_ids", f"Choose {MOST} providers at most.")
    found = {each.pk: each for each in Provider.objects.filter(pk__in=wanted)}
    if missing := [each for each in wanted if each not in found]:
        raise Invalid.at("provider_ids", f"There is no provider {missing[0]}.")
    listed = [found[each] for each in wanted]
    if any(each.client_id == client_id for each in listed):
        raise Invalid.at("provider_ids", "Nobody is introduced to themself.")
    return listed


def _add(by: Actor, it: Introduction, provider: Provider, place: int) -> Candidate:
    return journal.create(
        Candidate,
        by=by,
        sentence=f"Put {provider.name} on the list, place {place}.",
        introduction=it,
        provider=provider,
        place=place,
    )


@journal.one_act()
def add_provider(*, by: Actor, introduction_id: int, provider_id: int) -> Introduction:
    """One more provider at the end of the list; a list that had run out goes on with them."""
    it = locked(introduction_id, among=Introduction.MAY_GROW)
    rows = candidates_of(it.pk)
    [provider] = _providers(it.client_id, [provider_id])
    if any(each.provider_id == provider_id for each in rows):
        raise Invalid.at("provider_id", f"{provider.name} stands on the list already.")
    if why_not := eligible.why_not(provider, days.today()):
        raise Invalid.at("provider_id", why_not)
    _add(by, it, provider, max((each.place for each in rows), default=0) + 1)
    if it.state == State.STOPPED and it.consent_at is not None:
        sentence = f"Went on with {provider.name}."
        journal.change(
            it, by=by, sentence=sentence, state=State.SEEKING, ended_at=None, ended_why=""
        )
        next_turn(it, by=by, more=True)
    return it


@journal.one_act()
def stop(*, by: Actor, introduction_id: int, why: str = "") -> Introduction:
    """We stop it before anybody is connected; who has the brief sees that it is over."""
    it = locked(introduction_id, among=Introduction.OPEN)
    end(it, by=by, state=State.STOPPED, sentence="Stopped the introduction.", why=why or "Stopped.")
    call_off(it, by=by, reason=why)
    link = standing_link("introduction", it.pk, lock=True)
    if link is not None and it.consent_at is None:
        end_link(by=by, link=link, why="Stopped.", sentence="Ended the client's page.")
    return it
