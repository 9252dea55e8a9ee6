"""A third person is forgotten everywhere: every table is searched for them (GDPR Art. 17)."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.introductions import stories
from tests.public_visitor import Visitor, stamp_in
from tests.stopped_clock import time as time
from warmhand.apps.alliances import services as alliances
from warmhand.apps.followups import services as follow_ups
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.forgetting import forget_need
from warmhand.apps.giving.models import Need, ProposalDismissed
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.forgetting import forget_values
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.queries import entries
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import LinkOutcome, Message, PublicLink
from warmhand.apps.messaging.services import address_of
from warmhand.apps.people import services as people
from warmhand.jobs.introductions import ELSEWHERE
from warmhand.problems import Invalid
from warmhand.wording.catalogue import catalogue
from warmhand.wording.introductions import ask_mail

NEEDLES = {
    "who it is to the client": "quillwort-relation",
    "their need": "quillwort-need",
    "the context": "quillwort-context",
    "their name": "Quillwort-Person",
    "their phone": "+4930550055",
    "their mail": "quillwort@person.example",
    "their words with the yes": "quillwort-yes",
    "their words with the withdrawal": "quillwort-back",
    "a provider's reason": "quillwort-reason",
    "what was said afterwards": "quillwort-afterwards",
    "their address": "203.0.113.77",
    "their browser": "Quillwort-Browser",
}


def standing() -> dict[str, set[str]]:
    """In which tables each needle stands, whatever the column; of the open workspace."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [row[0] for row in cursor.fetchall()]
        assert len(names) > 60
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" AS t')
            rows = "\n".join(row[0] for row in cursor.fetchall()).casefold()
            for what, needle in NEEDLES.items():
                if needle.casefold() in rows:
                    found.setdefault(what, set()).add(name)
    return found


class Device(Visitor):
    """The third person's own: an address and a browser that are known again."""

    def looks(self, more: str = ""):
        answer = self.client.get(self.path + more, REMOTE_ADDR=NEEDLES["their address"])
        self.stamp = stamp_in(answer.content.decode())
        return answer

    def sends(self, **answers):
        where = NEEDLES["their address"]
        return self.client.post(self.path, {"stamp": self.stamp} | answers, REMOTE_ADDR=where)


def says(path, clock, **answers):
    it = Device(path, **{"user-agent": NEEDLES["their browser"]})
    it.looks()
    clock.passes(seconds=4)
    assert it.sends(**answers).status_code == 302


def begun(world) -> Introduction:
    """A need that a client told for somebody they know, quoted in a proposal and a favour."""
    client = stories.reachable(world)
    words = f"A lawyer for {NEEDLES['their need']} before the hearing in May"
    enquiry = alliances.note_enquiry(by=world.by, client_id=client.pk, words=words)
    need = enquiry.need  # noted with it
    giving.answer_passing_on(by=world.by, need_id=need.pk, may_pass_on=True)
    what = f"Find somebody good for what they need: “{words}”"
    giving.promise_favour(by=world.by, client_id=client.pk, what=what)
    journal.create(
        ProposalDismissed, by=world.by, sentence=f"Not this: {what}", client=client,
        about=f"need:{need.pk}", what=what, dismissed_on=world.today(),
    )  # fmt: skip
    return services.start(
        by=world.by,
        client_id=client.pk,
        need_id=need.pk,
        provider_ids=[each.pk for each in stories.providers()],
        relation=NEEDLES["who it is to the client"],
        need_words=words,
        context=NEEDLES["the context"],
        tells=stories.ALL,
        origin=stories.ORIGIN,
    )


def handed_on_by_mail(world, it) -> str:
    """The client's link, mailed from here with words about who it is; its path."""
    link = services.ask_client(by=world.by, introduction_id=it.pk)
    texts = ask_mail(
        catalogue("en"), name="Ada", provider="Mover 1", member="Olga", relation=it.relation
    )
    people.send_link(
        by=world.by, link_id=link.pk, number=1,
        parts=messaging.Parts(f"For your {it.relation}", texts.with_stop),
        page_pattern="https://warm.example/p/introduction/{token}/",
        stop_pattern="https://warm.example/stop/{token}/",
    )  # fmt: skip
    return address_of(link, "/p/introduction/{token}/")


def connected(world, clock) -> tuple[Introduction, str]:
    """The whole way: yes on their page, a no, a yes, a follow-up; and the path of the page."""
    with workspace_scope(world.workspace.pk):
        it = begun(world)
        path = handed_on_by_mail(world, it)
    says(
        path, clock, answer="yes", tells=list(stories.ALL), name=NEEDLES["their name"],
        phone=NEEDLES["their phone"], email=NEEDLES["their mail"],
        words=NEEDLES["their words with the yes"],
    )  # fmt: skip
    with workspace_scope(world.workspace.pk):
        for answer in (decline, accept):
            candidate = stories.standing(it)
            services.hand_over(by=world.by, candidate_id=candidate.pk)
            answer(candidate)
        it = queries.introduction_by_id(it.pk)
        follow_ups.note_answer(
            by=world.by, referral_given_id=it.given_id, side="client", business="yes",
            happy=False, words=NEEDLES["what was said afterwards"],
        )  # fmt: skip
    assert it.state == "connected"
    return it, path


def decline(candidate):
    why = NEEDLES["a provider's reason"]
    services.decline(by=stories.PROVIDER, candidate_id=candidate.pk, why=why)


def accept(candidate):
    services.accept(by=stories.PROVIDER, candidate_id=candidate.pk)


def test_nothing_of_a_third_person_stands_anywhere_afterwards(closed_world, time, settings):
    settings.EMAIL_HOST = "mail.example"
    world = closed_world
    _, path = connected(world, time)
    with workspace_scope(world.workspace.pk):
        before = standing()
        # the control: each of them is found, the need in many places
        assert set(before) == set(NEEDLES) - {"their words with the withdrawal"}
        assert before["their need"] >= {
            "giving_need", "giving_favour", "giving_proposaldismissed", "alliances_enquiry",
            "introductions_introduction", "journal_entry",
        }  # fmt: skip
        assert "messaging_linkoutcome" in before["their address"]
        assert "messaging_message" in before["who it is to the client"]
    says(path, time, answer="back", sure="yes", words=NEEDLES["their words with the withdrawal"])
    with workspace_scope(world.workspace.pk):
        assert "their words with the withdrawal" in standing()
        time.passes(days=31)
        assert services.forget_unused(ELSEWHERE) == 1
        assert standing() == {}


def test_that_they_agreed_when_and_to_which_text_stays(closed_world, time, settings):
    settings.EMAIL_HOST = "mail.example"
    world = closed_world
    it, _ = connected(world, time)
    with workspace_scope(world.workspace.pk):
        [proof] = LinkOutcome.objects.filter(link__purpose="introduction")
        time.passes(days=31)
        services.forget_unused(ELSEWHERE)
        [kept] = LinkOutcome.objects.filter(link__purpose="introduction")
        for stays in ("at", "edition", "text_version", "said"):
            assert getattr(kept, stays) == getattr(proof, stays)
        assert (kept.address, kept.agent) == ("", "")
        assert kept.said["answer"] == "yes"
        verbs = Entry.objects.filter(object_type="introductions.Introduction", object_id=it.pk)
        assert {"began", "agreed", "connected", "forgot"} <= {each.verb for each in verbs}
        assert queries.introduction_by_id(it.pk).consent_at is not None
        assert not Message.objects.filter(state="waiting").exists()


def test_a_need_that_is_the_clients_own_too_stays(world, time):
    it = begun(world)
    services.stop(by=world.by, introduction_id=it.pk)
    services.start(
        by=world.by, client_id=it.client_id, need_id=it.need_id, need_words="The same for us",
        provider_ids=[Candidate.objects.first().provider_id],
    )  # fmt: skip
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 1
    assert NEEDLES["their need"] in Need.objects.get().words
    assert "who it is to the client" not in standing()


def test_what_is_forgotten_can_not_be_undone(world, time):
    it = begun(world)
    entry = Entry.objects.get(object_type="giving.Need", verb="created")
    time.passes(days=31)
    services.forget_unused(ELSEWHERE)
    with pytest.raises(Invalid) as refused:
        journal.undo(by=world.by, entry_id=entry.pk)
    assert refused.value.code == "cannot_undo"
    assert not Need.objects.filter(pk=it.need_id).exists()


@pytest.mark.parametrize(
    "said", [{"sentence": "Nothing."}, {"changes": {"a": 1}}, {"why": "x"}, {"by_name": ""}]
)
def test_an_entry_can_be_emptied_and_never_rewritten(world, said):
    begun(world)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.update(**said)
    assert Entry.objects.update(sentence="(forgotten)", why="", changes={}) > 3


@pytest.mark.parametrize("said", [{"address": "::1"}, {"agent": "Mine"}, {"said": {}}])
def test_a_proof_can_lose_from_where_it_came_and_nothing_else(world, time, said):
    it = begun(world)
    link = services.ask_client(by=world.by, introduction_id=it.pk)
    proof = messaging.Proof("198.51.100.1", "A phone", "v-1", {"answer": "no"})
    messaging.take_outcome(link_id=link.pk, edition=0, proof=proof)
    with pytest.raises(ProgrammingError), transaction.atomic():
        LinkOutcome.objects.update(**said)
    messaging.forget_reader(purpose=PublicLink.Purpose.INTRODUCTION, object_id=it.pk)
    kept = LinkOutcome.objects.get()
    assert (kept.address, kept.agent, kept.said) == ("", "", {"answer": "no"})


def test_an_entry_whose_values_were_emptied_can_not_be_undone_either(world):
    """Its sentence stands, but there is nothing to put back."""
    it = begun(world)
    services.stop(by=world.by, introduction_id=it.pk)
    entry = Entry.objects.filter(object_type="introductions.Introduction").latest("pk")
    assert entry.verb == "changed"
    assert entries().get(pk=entry.pk).can_undo
    forget_values(Introduction, [it.pk])
    assert not entries().get(pk=entry.pk).can_undo
    with pytest.raises(Invalid) as refused:
        journal.undo(by=world.by, entry_id=entry.pk)
    assert refused.value.code == "cannot_undo"


@pytest.mark.parametrize(
    ("words", "stays"), [("Tax", True), ("An accountant for my sister", False)]
)
def test_a_word_or_two_is_no_quotation(world, words, stays):
    client = world.client("Ida Marl")
    need = giving.note_need(by=world.by, client_id=client.pk, words=words)
    favour = giving.do_favour(
        by=world.by, client_id=client.pk, what=f"Sent the form: {words.upper()}"
    )
    forget_need(by=world.by, need_id=need.pk)
    favour.refresh_from_db()
    assert (favour.what == FORGOTTEN) is not stays
