"""What the person says: yes with what may be told, no, I'd rather call, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.giving.services import give_referral
from warmhand.apps.introductions import eligible, facts
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.introductions.queries import candidates_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import keep_open, link_to
from warmhand.problems import Invalid, Problem

from .common import called, end, for_good, locked, member_of, said_first
from .given import keep_quality
from .mails import KEPT, mail_taken_back
from .sequence import next_turn

State, Via, Stands = Introduction.State, Introduction.Via, Candidate.State


@journal.one_act()
def ask_client(*, by: Actor, introduction_id: int) -> PublicLink:
    """The link to the page on which the person says yes or no; nothing is sent by this."""
    it = locked(introduction_id, among=(*Introduction.OPEN, State.CONNECTED))
    link = _link(by, it)
    if it.state == State.DRAFT:
        sentence = f"Made the page on which {called(it)} is asked."
        journal.change(it, by=by, sentence=sentence, state=State.ASKED)
    return link


def _link(by: Actor, it: Introduction) -> PublicLink:
    """The one that stands, also after its answer; else a new one."""
    old = standing_link(PublicLink.Purpose.INTRODUCTION, it.pk, lock=True)
    if old is not None and old.is_open(clock.now()):
        return old
    return link_to(
        by=by,
        purpose=PublicLink.Purpose.INTRODUCTION,
        client_id=it.client_id,
        object_id=it.pk,
        sentence=f"Made the page of the introduction for {called(it)}.",
        again=True,
    )


@journal.one_act()
def say_yes(
    *,
    by: Actor,
    introduction_id: int,
    tells: Sequence[str],
    via: str = Via.SPOKEN,
    words: str = "",
    wants_mail: bool = False,
    person: dict[str, str] | None = None,
    notice_version: str = "",
) -> Introduction:
    """They agree to these facts being told; the first provider's turn begins at once (P33).

    A third person speaks for themself, on their page: `person` holds the name, phone and email
    that they gave, `notice_version` which privacy notice they were shown.
    Problems: `they_answer_themselves`, Invalid at `tells`, `introduction_moved_on`.
    """
    it = locked(introduction_id, among=Introduction.UNANSWERED)
    if it.for_other and (via != Via.LINK or not notice_version):
        raise Problem(
            "they_answer_themselves",
            "Nobody else can say yes for a person who isn't our client.",
            lift="Give the link to the client, who hands it on.",
        )
    sentence = f"{said_first(it)} said yes to being introduced."
    for_good(it, by=by, verb="agreed", sentence=sentence)
    it.consent_words = words
    _keep_person(it, facts.known(tells), person, notice_version)
    journal.change(
        it,
        by=by,
        sentence=f"Yes: {called(it)} may be introduced.",
        state=State.SEEKING,
        consent_at=clock.now(),
        consent_via=via,
        wants_mail=wants_mail,
        ended_at=None,
        ended_why="",
    )
    keep_open(link=_link(by, it), until=clock.now() + KEPT)
    next_turn(it, by=member_of(it))
    return it


def _keep_person(
    it: Introduction, tells: list[str], person: dict[str, str] | None, notice_version: str
) -> None:
    """What they allow, kept beside the journal: an address in there could never be forgotten."""
    given = person or {} if it.for_other else facts.ways_to_reach(it.client_id)
    ways = {way: given.get(way, "") if way in tells else "" for way in ("phone", "email")}
    if not any(ways.values()):
        raise Invalid.at("tells", "Allow one way to be reached, or take the card and call.")
    it.tells, it.phone, it.email = tells, ways["phone"], ways["email"]
    if it.for_other:
        it.person_name = given.get("name", "").strip()
        if not it.person_name:
            raise Invalid.at("name", "Say what you are called.")
        it.notice_at, it.notice_version = clock.now(), notice_version
    it.save()


@journal.one_act()
def say_no(*, by: Actor, introduction_id: int, words: str = "") -> Introduction:
    """They'd rather not: nothing is told to anybody."""
    it = locked(introduction_id, among=Introduction.UNANSWERED)
    sentence = f"No: {called(it)} isn't to be introduced."
    return end(it, by=by, state=State.DECLINED, sentence=sentence, why=words)


@journal.one_act()
def take_card(*, by: Actor, introduction_id: int, words: str = "") -> Introduction:
    """They take the provider's card and call themselves; we step back (P32)."""
    it = locked(introduction_id, among=Introduction.UNANSWERED)
    first = first_choice(it)
    if first is None:
        raise Problem("nobody_to_call", "None of the providers takes anybody now.", lift="Add one.")
    sentence = f"{said_first(it)} takes the card of {first.provider.name}."
    for_good(it, by=by, verb="took_card", sentence=sentence)
    end(it, by=by, state=State.CARD, sentence=sentence, why=words)
    journal.change(first, by=by, sentence="Their card was taken.", state=Stands.SKIPPED)
    record_given(it, first)
    link = _link(by, it)
    keep_open(link=link, until=max(link.expires_at, clock.now() + (it.forget_on - it.created_at)))
    return it


def first_choice(it: Introduction) -> Candidate | None:
    """The first on the list who can be asked today."""
    today = days.today()
    rows = (each for each in candidates_of(it.pk) if each.state == Stands.WAITING)
    return next((each for each in rows if not eligible.why_not(each.provider, today)), None)


def record_given(it: Introduction, candidate: Candidate) -> None:
    """The referral given, with its quality as it was (P32): followed up from here on (P34)."""
    by = member_of(it, "client")
    given = give_referral(
        by=by,
        client_id=it.client_id,
        listed_id=candidate.provider_id,
        why_confident=it.why_confident,
        need_id=it.need_id,
    )
    keep_quality(by=by, given=given, quality=it.quality)
    it.given = given
    it.save(update_fields=["given"])


@journal.one_act()
def take_back(*, by: Actor, introduction_id: int, words: str = "") -> Introduction:
    """The person takes their consent back: it is gone from every page at once.

    Whoever held something is told by mail where they hear from us; else a member has to.
    """
    it = locked(introduction_id, among=(State.SEEKING, State.CONNECTED))
    sentence = f"{said_first(it)} took the consent back."
    for_good(it, by=by, verb="withdrew", sentence=sentence)
    end(it, by=by, state=State.WITHDRAWN, sentence=sentence, why=words)
    for each in candidates_of(it.pk):
        _withdraw_from(it, each, by)
    it.phone = it.email = it.person_name = ""
    it.tells = []
    it.save()
    return it


def _withdraw_from(it: Introduction, candidate: Candidate, by: Actor) -> None:
    held = candidate.asked_at is not None
    open_still = candidate.state in (Stands.WAITING, Stands.TURN, Stands.ASKED, Stands.ACCEPTED)
    if not (held or open_still):
        return
    changes: dict[str, Any] = {"state": Stands.WITHDRAWN} if open_still else {}
    if held:
        changes["tell_since"] = clock.now()
    sentence = f"{candidate.provider.name} learns nothing more."
    journal.change(candidate, by=by, sentence=sentence, **changes)
    if held:
        mail_taken_back(it, candidate)
