"""No reward for an introduction inside the client's own company, by no path (P20).

Each path is tried for a co-worker ask and refused, and for client to client, where it goes through
while rewards are on: without that control a path that is broken would look locked.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gratitude.rewarding import (
    EITHER,
    KINDS,
    OTHERS,
    TOLD,
    asked,
    insert,
    named,
    promise,
    refused,
    rewards_on,
    row_of,
)
from tests.world import World
from warmhand.apps.asks import plans
from warmhand.apps.asks.models import Ask
from warmhand.apps.gratitude import rewards
from warmhand.apps.gratitude.locks import KEYS, missing_locks
from warmhand.apps.gratitude.models import Reward
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.people import merging
from warmhand.apps.people.importing.fields import FIELDS
from warmhand.apps.people.importing.guessing import guess_table
from warmhand.apps.people.importing.mapping import mapping_from
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.profiling import survey
from warmhand.apps.people.importing.reading import open_table
from warmhand.apps.policies import services as policies
from warmhand.apps.referrals import kinds
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.referrals.services import receive_referral
from warmhand.problems import Conflict, Invalid, Problem

# ---- off until an owner chooses --------------------------------------------------------------


def test_rewards_are_off_until_an_owner_chooses(world):
    ask = asked(world)
    with pytest.raises(Conflict) as told:
        promise(world, ask)
    assert told.value.code == "reward_not_allowed"
    with pytest.raises(Invalid) as who:
        policies.save_policy(by=world.actor("leader"), values={"rewards": "cash"}, why="Please.")
    assert who.value.code == "owner_decides"
    rewards_on(world, "in_kind")
    assert promise(world, ask).state == "promised"


def test_each_form_is_allowed_by_itself(world):
    ask = asked(world)
    rewards_on(world, "credit")
    money = {"amount": 2500, "currency": "EUR"}
    assert promise(world, ask, form="credit", **money).amount == 2500
    with pytest.raises(Conflict, match="Money"):
        promise(world, ask, form="cash", **money)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"disclosure": "  "}, "disclosure"),
        ({"what": ""}, "what"),
        ({"pack": ""}, "pack"),
        ({"form": "cash"}, "amount"),
        ({"form": "cash", "amount": 0}, "amount"),
        ({"form": "cash", "amount": -5, "currency": "EUR"}, "amount"),
        ({"form": "cash", "amount": 5}, "currency"),
        ({"form": "cash", "amount": 5, "currency": "XXQ"}, "currency"),
        ({"form": "stock"}, "form"),
        ({"party": "staff"}, "party"),
    ],
)
def test_a_reward_is_disclosed_and_its_worth_is_said(rewarding, values, field):
    ask = asked(rewarding)
    with pytest.raises(Invalid) as told:
        promise(rewarding, ask, **values)
    assert told.value.places[0].field == field
    assert promise(rewarding, ask).disclosure == TOLD


def test_given_or_withdrawn_once(rewarding):
    first, second = (promise(rewarding, asked(rewarding, name=name)) for name in ("Ada", "Bo"))
    given = rewards.give_reward(by=rewarding.by, reward_id=first.pk)
    assert given.state == "given"
    for act in (
        lambda: rewards.give_reward(by=rewarding.by, reward_id=first.pk),
        lambda: rewards.withdraw_reward(by=rewarding.by, reward_id=first.pk, why="Oh."),
        lambda: rewards.remove_reward(by=rewarding.by, reward_id=first.pk),
    ):
        assert isinstance(refused(act, Conflict), Conflict)
    with pytest.raises(Invalid):
        rewards.withdraw_reward(by=rewarding.by, reward_id=second.pk, why=" ")
    gone = rewards.withdraw_reward(by=rewarding.by, reward_id=second.pk, why="We can't.")
    assert gone.state == "withdrawn"


# ---- the rule --------------------------------------------------------------------------------


@EITHER
def test_the_service(rewarding, kind):
    ask = asked(rewarding, kind)
    if kind == "ask":
        assert promise(rewarding, ask).pk
        return
    with pytest.raises(Conflict) as told:
        promise(rewarding, ask)
    code = "no_reward_for_coworkers" if kind == "ask_coworker" else "no_reward_for_more_business"
    assert (told.value.code, told.value.details) == (code, {"practice": "P20"})
    assert "Thank them" in told.value.lift


def test_the_plan_of_a_coworker_has_no_word_of_a_reward(rewarding):
    ask = asked(rewarding, "ask_coworker")
    plan = plans.plans(ask_id=ask.pk).get()
    said = " ".join(task.what for task in plan.tasks.all())
    assert "Write the note that Ada Kettle can forward" in said
    for word in ("reward", "bonus", "credit", "gift", "voucher"):
        assert word not in said.lower()


# ---- the database ----------------------------------------------------------------------------


@EITHER
@pytest.mark.parametrize("more", [{}, {"given_on": "today"}])
def test_raw_sql_as_the_application(rewarding, kind, more):
    ask = asked(rewarding, kind)
    row = row_of(ask, **dict.fromkeys(more, ask.asked_on))
    if kind == "ask":
        insert(connection, row)
        assert Reward.objects.get().what == "A dinner"
    else:
        assert "reward_only_client_to_client" in str(refused(lambda: insert(connection, row)))


@pytest.mark.parametrize("kind", OTHERS)
def test_bulk_updates_of_either_side(rewarding, kind):
    plain, other = asked(rewarding), asked(rewarding, kind, "Bo Stone")
    reward = promise(rewarding, plain)
    plain.kind = kind
    refused(lambda: Ask.objects.bulk_update([plain], ["kind"]))
    refused(lambda: Ask.objects.filter(pk=plain.pk).update(kind=kind))
    reward.ask = other
    refused(lambda: Reward.objects.bulk_update([reward], ["ask"]))
    refused(lambda: Reward.objects.bulk_create([Reward(**row_of(other))]))
    # the control: without a reward, or to another ask of the same kind, the same writes go through
    unpromised, third = asked(rewarding, "ask", "Cy Copper"), asked(rewarding, "ask", "Di Moss")
    unpromised.kind = kind
    assert Ask.objects.bulk_update([unpromised], ["kind"]) == 1
    reward.ask = third
    assert Reward.objects.bulk_update([reward], ["ask"]) == 1
    connection.check_constraints()


def test_the_kind_that_a_reward_holds_can_be_written_by_nobody(rewarding):
    promise(rewarding, asked(rewarding))
    for value in ("'ask_coworker'", "NULL"):
        statement = f"UPDATE gratitude_reward SET ask_kind = {value}"
        with (
            pytest.raises(ProgrammingError, match="ask_kind"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# ---- later -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OTHERS)
def test_changing_the_kind_later(rewarding, kind):
    ask = asked(rewarding)
    reward = promise(rewarding, ask)
    with pytest.raises(Conflict) as told:
        kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind=kind)
    assert told.value.code == "no_reward_for_coworkers"
    assert "Withdraw the reward first" in told.value.lift
    rewards.withdraw_reward(by=rewarding.by, reward_id=reward.pk, why="They are colleagues.")
    assert kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind=kind).kind == kind
    connection.check_constraints()
    with pytest.raises(Problem):
        promise(rewarding, ask)
    # undoing the withdrawal would bring the reward back
    entry = entry_about(reward, "changed")
    refused(lambda: journal.undo(by=rewarding.by, entry_id=entry.pk), Conflict)


def test_a_given_reward_keeps_its_ask_for_good(rewarding):
    ask = asked(rewarding)
    reward = promise(rewarding, ask)
    rewards.give_reward(by=rewarding.by, reward_id=reward.pk)
    Reward.objects.filter(pk=reward.pk).update(removed_at=ask.asked_at)
    with pytest.raises(Conflict):
        kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask_coworker")
    refused(lambda: Ask.objects.filter(pk=ask.pk).update(kind="ask_coworker"))


def entry_about(record, verb: str) -> Entry:
    found = Entry.objects.filter(object_type=record._meta.label, object_id=record.pk, verb=verb)
    return found.latest("pk")


def test_undoing_and_redoing_a_change_of_kind(rewarding):
    ask = asked(rewarding, "ask_coworker")
    kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask")
    change = entry_about(ask, "changed")
    reward = promise(rewarding, ask)
    told = refused(lambda: journal.undo(by=rewarding.by, entry_id=change.pk), Conflict)
    assert "A reward goes with this ask" in str(told)
    journal.undo(by=rewarding.by, entry_id=entry_about(reward, "created").pk)
    journal.undo(by=rewarding.by, entry_id=change.pk)  # the control: with the promise undone
    ask.refresh_from_db()
    assert ask.kind == "ask_coworker"
    with pytest.raises(Conflict):  # nor can the promise be brought back by undoing once more
        promise(rewarding, ask)


def test_bringing_back_a_removed_reward(rewarding):
    ask = asked(rewarding)
    reward = promise(rewarding, ask)
    rewards.remove_reward(by=rewarding.by, reward_id=reward.pk)
    removal = entry_about(reward, "removed")
    kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask_coworker")
    refused(lambda: journal.undo(by=rewarding.by, entry_id=removal.pk), Conflict)
    kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask")
    journal.undo(by=rewarding.by, entry_id=removal.pk)  # the control
    assert Reward.objects.get().pk == reward.pk


# ---- referrals -------------------------------------------------------------------------------


@EITHER
def test_a_referral_is_of_the_kind_of_its_ask(rewarding, kind):
    referral = named(rewarding, asked(rewarding, kind))
    assert referral.kind == kind
    other = next(each for each in KINDS if each != kind)
    refused(lambda: ReferralReceived.objects.filter(pk=referral.pk).update(kind=other))
    with pytest.raises(Invalid):
        receive_referral(
            by=rewarding.by, client_id=referral.client_id, new_person="Y",
            ask_id=referral.ask_id, kind=other,
        )  # fmt: skip


def test_somebody_who_turns_out_to_be_a_colleague(rewarding):
    ask = asked(rewarding)
    referral = named(rewarding, ask)
    reward = promise(rewarding, ask, referral_id=referral.pk)
    with pytest.raises(Conflict) as told:
        kinds.found_inside(by=rewarding.by, referral_id=referral.pk, why="The same badge.")
    assert told.value.code == "no_reward_for_coworkers"
    rewards.withdraw_reward(by=rewarding.by, reward_id=reward.pk, why="They are colleagues.")
    found = kinds.found_inside(by=rewarding.by, referral_id=referral.pk, why="The same badge.")
    connection.check_constraints()
    ask.refresh_from_db()
    assert (found.kind, ask.kind) == ("ask_coworker", "ask_coworker")
    assert plans.plans(ask_id=ask.pk).get().tasks.count() == 7
    with pytest.raises(Conflict, match="co-worker"):
        kinds.found_inside(by=rewarding.by, referral_id=referral.pk)


def test_undoing_that_somebody_is_a_colleague_takes_all_of_it_back(rewarding):
    ask = asked(rewarding)
    referral = named(rewarding, ask)
    kinds.found_inside(by=rewarding.by, referral_id=referral.pk)
    journal.undo(by=rewarding.by, entry_id=entry_about(ask, "changed").pk)
    connection.check_constraints()
    for record in (ask, referral):
        record.refresh_from_db()
        assert record.kind == "ask"
    assert promise(rewarding, ask).pk


def test_one_of_two_is_a_colleague(rewarding):
    ask = asked(rewarding)
    inside = named(rewarding, ask)
    receive_referral(by=rewarding.by, client_id=ask.client_id, new_person="Y", ask_id=ask.pk)
    promise(rewarding, ask, referral_id=inside.pk)
    with pytest.raises(Conflict) as told:
        kinds.found_inside(by=rewarding.by, referral_id=inside.pk)
    assert told.value.code == "no_reward_for_coworkers"
    rewards.withdraw_reward(by=rewarding.by, reward_id=Reward.objects.get().pk, why="Inside.")
    found = kinds.found_inside(by=rewarding.by, referral_id=inside.pk)
    connection.check_constraints()
    ask.refresh_from_db()
    assert (found.kind, found.ask_id, ask.kind) == ("ask_coworker", None, "ask")
    assert promise(rewarding, ask).pk  # for the other one, who works elsewhere
    with pytest.raises(Invalid, match="did not come of that ask"):
        promise(rewarding, ask, referral_id=inside.pk)


def test_a_removed_referral_comes_back_only_with_the_kind_of_its_ask(rewarding):
    from warmhand.apps.referrals.services import remove_referral

    ask = asked(rewarding)
    referral = named(rewarding, ask)
    remove_referral(by=rewarding.by, referral_id=referral.pk)
    removal = entry_about(referral, "removed")
    kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask_coworker")
    told = refused(lambda: journal.undo(by=rewarding.by, entry_id=removal.pk), Conflict)
    assert "rests on it" in str(told)
    kinds.change_kind(by=rewarding.by, ask_id=ask.pk, kind="ask")
    journal.undo(by=rewarding.by, entry_id=removal.pk)  # the control
    assert ReferralReceived.objects.get().kind == "ask"


# ---- merging ---------------------------------------------------------------------------------


def test_merging_clients_carries_no_reward_over(rewarding):
    plain = asked(rewarding, "ask", "Ada Kettle")
    answer_ask(by=rewarding.by, ask_id=plain.pk, outcome="no")
    inside = asked(rewarding, "ask_coworker", "Ada Kettel")
    promise(rewarding, plain)
    merge = merging.merge_clients(
        by=rewarding.by, kept_id=inside.client_id, gone_id=plain.client_id
    )
    connection.check_constraints()
    reward = Reward.objects.get()
    assert (reward.client_id, reward.ask_id, reward.ask.kind) == (
        inside.client_id, plain.pk, "ask",
    )  # fmt: skip
    with pytest.raises(Conflict):
        promise(rewarding, inside)
    refused(lambda: Reward.objects.update(ask=inside))
    merging.undo_merge(by=rewarding.by, merge_id=merge.pk)
    connection.check_constraints()
    assert Reward.objects.get().client_id == plain.client_id


# ---- import ----------------------------------------------------------------------------------


def test_no_file_can_bring_a_reward():
    """The registry of what columns may mean knows no reward: nothing to map one to."""
    names = {field.name for fields in FIELDS.values() for field in fields}
    assert "client_since" in names  # the control: it is the registry
    for word in ("reward", "bonus", "credit", "payout", "incentive", "kind_of_ask"):
        assert not [name for name in names if word in name]
    assert {kind.value for kind in FIELDS}.isdisjoint({"asks", "rewards", "referrals"})


@pytest.mark.parametrize("name", ["reward", "amount", "ask_kind"])
def test_a_mapping_that_names_one_is_refused_aloud(name):
    fields = {"name": {"column": "Name"}, name: {"column": "Reward"}}
    table = {"file": "a.csv", "kind": "clients", "fields": fields}
    with pytest.raises(ImportRefused) as told:
        mapping_from({"source": "x", "table": [table]})
    assert name in str(told.value)
    del fields[name]
    assert mapping_from({"source": "x", "table": [table]})  # the control


def test_a_column_of_rewards_is_taken_for_nothing(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(
        "Name,E-mail,Reward,Reward EUR\nAda Kettle,ada@kettle.example,Voucher,25\n"
        "Bo Stone,bo@stone.example,Voucher,25\n"
    )
    with open_table(path) as table:
        found = guess_table(table, survey(table), None)
    chosen = {each.column: each.field for each in found.columns}
    assert {"Name", "E-mail"} <= set(chosen)
    assert not {"Reward", "Reward EUR"} & set(chosen)


# ---- whatever order --------------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["promise", "give", "withdraw", "remove", "kind", "undo", "raw"]),
        st.sampled_from(KINDS),
    ),
    max_size=10,
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_no_order_of_acts_ends_with_a_rewarded_coworker(rewarding, acts):
    """Whatever people do one after the other, no reward that counts is of another kind."""
    with transaction.atomic():
        ask = asked(rewarding)
        for act, kind in acts:
            _try(rewarding, ask, act, kind)
            held = Reward.held(ask_id=ask.pk).select_related("ask")
            assert all(each.ask.kind == "ask" for each in held)
        connection.check_constraints()
        transaction.set_rollback(True)


def _try(world: World, ask: Ask, act: str, kind: str) -> None:
    latest = Reward.objects.order_by("-pk").first()
    number = latest.pk if latest else 0
    entries = Entry.objects.filter(verb__in=("created", "changed", "removed"), part_of=None)
    doing = {
        "promise": lambda: promise(world, ask),
        "give": lambda: rewards.give_reward(by=world.by, reward_id=number),
        "withdraw": lambda: rewards.withdraw_reward(by=world.by, reward_id=number, why="No."),
        "remove": lambda: rewards.remove_reward(by=world.by, reward_id=number),
        "kind": lambda: kinds.change_kind(by=world.by, ask_id=ask.pk, kind=kind),
        "undo": lambda: journal.undo(by=world.by, entry_id=entries.latest("pk").pk),
        "raw": lambda: Ask.objects.filter(pk=ask.pk).update(kind=kind),
    }
    try:
        with transaction.atomic():
            doing[act]()
    except (Problem, IntegrityError):
        pass


def test_every_lock_has_a_name_that_the_database_knows(db):
    with connection.cursor() as cursor:
        assert missing_locks(cursor) == []
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
        assert set(KEYS) <= {row[0] for row in cursor.fetchall()}
