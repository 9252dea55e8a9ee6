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
from warmhand.apps.giving.models import Favour, Need, ProposalDismissed
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import Introduction
from warmhand.apps.island.forgetting import forget_columns
from warmhand.apps.island.isolation import scoped_models
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


def told_for_other(world, client, words) -> Need:
    """A need with all that comes of one: an enquiry, favours that quote it or don't, a proposal."""
    enquiry = alliances.note_enquiry(by=world.by, client_id=client.pk, words=words, for_other=True)
    need = enquiry.need  # noted with it
    giving.answer_passing_on(by=world.by, need_id=need.pk, may_pass_on=True)
    what = f"Find somebody good for what they need: “{words}”"
    giving.promise_favour(by=world.by, client_id=client.pk, what=what)
    favour = giving.promise_favour(by=world.by, client_id=client.pk, what=what, need_id=need.pk)
    rewritten = f"Ring up a lawyer about the {NEEDLES['their need']}"
    giving.change_favour(by=world.by, favour_id=favour.pk, what=rewritten)
    giving.do_favour(
        by=world.by, client_id=client.pk, favour_id=favour.pk,
        outcome=f"The {NEEDLES['their need']} went well",
    )  # fmt: skip
    journal.create(
        ProposalDismissed, by=world.by, sentence=f"Not this: {what}", client=client,
        about=f"need:{need.pk}", what=what, dismissed_on=world.today(),
    )  # fmt: skip
    return need


def begun(world) -> Introduction:
    """A need that a client told for somebody they know, quoted in a proposal and a favour."""
    client = stories.reachable(world)
    words = f"A lawyer for {NEEDLES['their need']} before the hearing in May"
    need = told_for_other(world, client, words)
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


def own_need(world) -> Need:
    client = stories.reachable(world)
    words = f"Somebody for {NEEDLES['their need']} at our own house"
    return giving.note_need(by=world.by, client_id=client.pk, words=words)


def begun_for(world, need, **values) -> Introduction:
    """An introduction of somebody the client knows, in words that aren't the need's own."""
    return services.start(
        by=world.by, client_id=need.client_id, need_id=need.pk, need_words="The same for her",
        provider_ids=[stories.providers(1)[0].pk],
        **({"relation": NEEDLES["who it is to the client"]} | values),
    )  # fmt: skip


def test_a_clients_own_need_stays_when_the_person_introduced_for_it_is_forgotten(world, time):
    need = own_need(world)
    begun_for(world, need, need_for_other=False)
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 1
    found = standing()
    assert "who it is to the client" not in found
    assert "giving_need" in found["their need"]
    assert Need.objects.get(pk=need.pk).words == need.words


def test_a_need_on_record_becomes_theirs_only_by_being_said_to(world, time):
    need = own_need(world)
    with pytest.raises(Invalid) as silent:
        begun_for(world, need)
    assert (silent.value.code, silent.value.places[0].field) == ("whose_need", "need_for_other")
    it = begun_for(world, need, need_for_other=True)
    assert Need.objects.get(pk=need.pk).for_other
    # the act can't be undone in part: its head has no Undo
    head = entries().filter(object_type="giving.Need", verb="changed").get().part_of
    assert (head.verb, entries().get(pk=head.pk).can_undo) == ("began", False)
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 1
    assert standing() == {}
    assert it.need_id == need.pk


def test_a_need_with_a_number_in_it_becomes_theirs_only_without_it(world):
    """The refusal stands where the one who begins it can see it, and says what to do first."""
    client = stories.reachable(world)
    words = "A flat for my sister, 030 5505512"
    need = giving.note_need(by=world.by, client_id=client.pk, words=words)
    with pytest.raises(Invalid) as refused:
        begun_for(world, need, need_for_other=True)
    place = refused.value.places[0]
    assert (refused.value.code, place.field) == ("third_person_contact", "need_for_other")
    assert "take it out of the need first" in str(place)
    giving.change_need(by=world.by, need_id=need.pk, words="A flat for my sister")
    begun_for(world, need, need_for_other=True)
    assert Need.objects.get(pk=need.pk).for_other


def test_a_number_in_words_of_old_stops_no_change_of_something_else(world):
    words = "A flat for my sister, 030 5505512"
    need = giving.note_need(by=world.by, client_id=world.client().pk, words=words)
    Need.objects.filter(pk=need.pk).update(for_other=True)  # as an earlier version let in
    giving.change_need(by=world.by, need_id=need.pk, urgency="now")
    with pytest.raises(Invalid):
        giving.change_need(by=world.by, need_id=need.pk, words=words)


def test_a_need_told_for_somebody_else_names_who_that_is(world, time):
    need = told_for_other(world, stories.reachable(world), "A lawyer for my sister's hearing")
    with pytest.raises(Invalid) as refused:
        begun_for(world, need, relation="")
    assert (refused.value.code, refused.value.places[0].field) == ("whose_need", "relation")


def test_a_need_told_for_somebody_nobody_was_introduced_for_goes_everywhere(world, time):
    client = stories.reachable(world)
    need = told_for_other(world, client, f"A lawyer for {NEEDLES['their need']} in May")
    giving.give_referral(by=world.by, client_id=client.pk, provider="L", need_id=need.pk)
    given = need.referrals_given.get()
    follow_ups.note_answer(
        by=world.by, referral_given_id=given.pk, side="client", business="yes", happy=False,
        words=NEEDLES["what was said afterwards"],
    )  # fmt: skip
    assert standing()["their need"] >= {
        "giving_need", "giving_favour", "giving_proposaldismissed", "alliances_enquiry",
        "journal_entry",
    }  # fmt: skip
    time.passes(days=29)
    assert services.forget_unused(ELSEWHERE) == 0
    time.passes(days=2)
    assert services.forget_unused(ELSEWHERE) == 1
    assert services.forget_unused(ELSEWHERE) == 0
    assert standing() == {}
    assert Need.all_objects.get(pk=need.pk).client_id == client.pk
    assert given.pk == need.referrals_given.get().pk  # that somebody was sent stays


def test_a_clients_own_need_is_never_forgotten_by_itself(world, time):
    need = own_need(world)
    time.passes(days=400)
    assert services.forget_unused(ELSEWHERE) == 0
    assert Need.objects.get(pk=need.pk).words == need.words


def test_the_month_of_a_need_begins_with_the_last_thing_that_happened(world, time, monkeypatch):
    need = told_for_other(world, stories.reachable(world), f"Help for {NEEDLES['their need']}")
    time.passes(days=20)
    monkeypatch.setattr(Entry._meta.get_field("at"), "_get_default", time.now)
    giving.change_need(by=world.by, need_id=need.pk, urgency="now")
    time.passes(days=20)
    assert services.forget_unused(ELSEWHERE) == 0
    time.passes(days=11)
    assert services.forget_unused(ELSEWHERE) == 1
    assert standing() == {}


@pytest.fixture
def noted(time, monkeypatch):
    """The journal's clock goes with the stopped one."""
    monkeypatch.setattr(Entry._meta.get_field("at"), "_get_default", time.now)


def favour_for(world, need):
    return giving.promise_favour(
        by=world.by, client_id=need.client_id, what="Ring a lawyer", need_id=need.pk,
        due_on=world.today(),
    )  # fmt: skip


def sent_for(world, need):
    given = giving.give_referral(
        by=world.by, client_id=need.client_id, provider="L", need_id=need.pk
    )
    return given.pk


def said(world, given):
    follow_ups.note_answer(
        by=world.by, referral_given_id=given, side="client", business="yes", happy=True,
        words=NEEDLES["what was said afterwards"],
    )  # fmt: skip


@pytest.mark.parametrize("what", ["favour", "answer", "enquiry"])
def test_what_is_done_for_a_need_lengthens_its_month(world, time, noted, what):
    need = told_for_other(world, stories.reachable(world), f"Help for {NEEDLES['their need']}")
    favour, given = favour_for(world, need), sent_for(world, need)
    time.passes(days=20)
    if what == "favour":
        giving.change_favour(by=world.by, favour_id=favour.pk, what="Ring two lawyers")
    elif what == "answer":
        said(world, given)
    else:
        alliances.close_enquiry(
            by=world.by, enquiry_id=need.enquiries.get().pk, why="She found somebody."
        )
    time.passes(days=20)
    assert services.forget_unused(ELSEWHERE) == 0
    time.passes(days=11)
    assert services.forget_unused(ELSEWHERE) == 1
    assert standing() == {}


def test_what_is_told_after_somebody_was_forgotten_goes_the_next_night(world, time, noted):
    need = told_for_other(world, stories.reachable(world), f"Help for {NEEDLES['their need']}")
    favour, given = favour_for(world, need), sent_for(world, need)
    giving.do_favour(by=world.by, client_id=need.client_id, favour_id=favour.pk)
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 1
    time.passes(days=59)
    said(world, given)
    outcome = f"All of {NEEDLES['their need']} went well"
    giving.change_favour(by=world.by, favour_id=favour.pk, outcome=outcome)
    assert set(standing()) == {"their need", "what was said afterwards"}  # the control
    time.passes(days=1)
    assert services.forget_unused(ELSEWHERE) == 0
    assert standing() == {}
    entries_then = Entry.objects.count()
    time.passes(days=1)
    services.forget_unused(ELSEWHERE)
    assert Entry.objects.count() == entries_then  # once is enough


def test_what_is_said_after_a_person_introduced_was_forgotten_goes_too(
    closed_world, time, noted, settings
):
    settings.EMAIL_HOST = "mail.example"
    world = closed_world
    it, _ = connected(world, time)
    with workspace_scope(world.workspace.pk):
        time.passes(days=31)
        services.forget_unused(ELSEWHERE)
        time.passes(days=59)
        said(world, it.given_id)
        assert "what was said afterwards" in standing()  # the control
        time.passes(days=1)
        services.forget_unused(ELSEWHERE)
        assert standing() == {}


def test_a_promise_whose_words_are_gone_is_not_due(world, time):
    need = told_for_other(world, stories.reachable(world), f"Help for {NEEDLES['their need']}")
    favour = favour_for(world, need)
    forget_need(by=world.by, need_id=need.pk)
    assert not Favour.objects.filter(pk=favour.pk).exists()
    assert Favour.objects.filter(need=need).exclude(done_on=None).exists()  # what was done stays


def test_a_need_marked_after_the_client_was_introduced_for_it_leaves_no_copy(world, time):
    """The words stand in the introduction too; while it is under way nothing goes."""
    need = own_need(world)
    it = begun_for(world, need, relation="")
    Introduction.objects.filter(pk=it.pk).update(need_words=need.words)
    giving.change_need(by=world.by, need_id=need.pk, for_other=True)
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 0
    services.stop(by=world.by, introduction_id=it.pk)
    time.passes(days=31)
    assert services.forget_unused(ELSEWHERE) == 1
    assert standing() == {}


def test_of_somebody_they_know_nothing_is_noted_by_which_to_reach_them(world):
    client = world.client()
    words = "A flat for my sister, 030 5505512"
    with pytest.raises(Invalid) as refused:
        giving.note_need(by=world.by, client_id=client.pk, words=words, for_other=True)
    assert refused.value.code == "third_person_contact"
    need = giving.note_need(by=world.by, client_id=client.pk, words=words)  # their own number
    with pytest.raises(Invalid):
        giving.change_need(by=world.by, need_id=need.pk, for_other=True)


def test_what_is_forgotten_can_not_be_undone(world, time):
    it = begun(world)
    entry = Entry.objects.get(object_type="giving.Need", verb="created")
    time.passes(days=31)
    services.forget_unused(ELSEWHERE)
    with pytest.raises(Invalid) as refused:
        journal.undo(by=world.by, entry_id=entry.pk)
    assert refused.value.code == "cannot_undo"
    assert not Need.objects.filter(pk=it.need_id).exists()


EMPTY = {"sentence": FORGOTTEN, "why": "", "changes": {}}


def refused(write) -> str:
    """What the database says to the application's role."""
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        write()
    return str(caught.value)


@pytest.mark.parametrize(
    "said", [{"sentence": "Nothing."}, {"changes": {"a": 1}}, {"why": "x"}, {"by_name": ""}]
)
def test_an_entry_can_be_emptied_and_never_rewritten(world, said):
    begun(world)
    refused(lambda: Entry.objects.update(**said))
    refused(lambda: forget_columns(Entry.objects.all(), **said))
    assert forget_columns(Entry.objects.all(), **EMPTY) > 3  # the control


@pytest.mark.parametrize("said", [{name: value} for name, value in EMPTY.items()])
def test_nothing_is_emptied_but_where_somebody_is_forgotten(world, said):
    """Nor before, nor after, nor after a failure in the same transaction."""
    it = begun(world)
    for each in ("now", "soon"):
        giving.change_need(by=world.by, need_id=it.need_id, urgency=each, why="She rang.")
    plainly = "is emptied only where somebody is forgotten"
    assert plainly in refused(lambda: Entry.objects.update(**said))
    one = Entry.objects.exclude(**said).latest("pk")
    assert forget_columns(Entry.objects.filter(pk=one.pk), **said) == 1  # the control
    assert plainly in refused(lambda: Entry.objects.update(**said))
    refused(lambda: forget_columns(Entry.objects.all(), sentence="Other words."))
    assert plainly in refused(lambda: Entry.objects.update(**said))


def test_what_was_emptied_bears_the_databases_own_stamp(world):
    begun(world)
    one, other = Entry.objects.order_by("-pk")[:2]
    forget_columns(Entry.objects.filter(pk=one.pk), **EMPTY)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.forgotten_at is not None
    assert other.forgotten_at is None
    for at in (None, one.at):
        write = Entry.objects.filter(pk__in=(one.pk, other.pk)).update
        assert "permission denied" in refused(lambda at=at, write=write: write(forgotten_at=at))


def test_every_table_that_may_forget_has_the_stamp():
    named = {model for model in scoped_models() if model.may_forget}
    assert {Entry, LinkOutcome} <= named
    for model in named:
        assert model.append_only
        assert model._meta.get_field("forgotten_at").null


@pytest.mark.parametrize("said", [{"address": "::1"}, {"agent": "Mine"}, {"said": {}}])
def test_a_proof_can_lose_from_where_it_came_and_nothing_else(world, time, said):
    it = begun(world)
    link = services.ask_client(by=world.by, introduction_id=it.pk)
    proof = messaging.Proof("198.51.100.1", "A phone", "v-1", {"answer": "no"})
    messaging.take_outcome(link_id=link.pk, edition=0, proof=proof)
    refused(lambda: LinkOutcome.objects.update(**said))
    refused(lambda: LinkOutcome.objects.update(address="", agent=""))
    messaging.forget_reader(purpose=PublicLink.Purpose.INTRODUCTION, object_id=it.pk)
    kept = LinkOutcome.objects.get()
    assert (kept.address, kept.agent, kept.said) == ("", "", {"answer": "no"})
    assert kept.forgotten_at is not None


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
