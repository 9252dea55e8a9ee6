"""The locks of rewards on a database of their own: the owner, migrations, old rows (P20)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, connections, transaction

from tests.gratitude.rewarding import (
    KINDS,
    OTHERS,
    as_owner,
    asked,
    insert_as_owner,
    named,
)
from warmhand.apps.gratitude.locks import missing_locks
from warmhand.apps.gratitude.models import Reward
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.config.migrations import migrate_everything


def test_raw_sql_as_the_owner(fresh_database):
    from tests.world import make_world
    from warmhand.apps.island.scope import workspace_scope

    world = make_world()
    with workspace_scope(world.workspace.pk):
        found = {kind: asked(world, kind, name) for kind, name in zip(KINDS, "ABC", strict=True)}
    owner = connections["owner"]
    try:
        insert_as_owner(found["ask"])
        for kind in OTHERS:
            with pytest.raises(IntegrityError, match="reward_only_client_to_client"):
                insert_as_owner(found[kind])
        with pytest.raises(IntegrityError, match="reward_only_client_to_client"):
            as_owner(found["ask"], "UPDATE asks_ask SET kind = 'ask_coworker' WHERE id = %s", "ask")
        control = as_owner(
            found["ask_more"], "UPDATE asks_ask SET kind = 'ask_coworker' WHERE id = %s", "ask"
        )
        assert control == 1
        with owner.cursor() as cursor:
            assert missing_locks(cursor) == []
        with workspace_scope(world.workspace.pk):
            assert [each.ask.kind for each in Reward.objects.all()] == ["ask"]
    finally:
        for each in (owner, connections["default"]):
            each.close()


# ---- what comes and goes around the locks ----------------------------------------------------


def test_the_locks_outlive_migrations_and_isolation(fresh_database):
    owner = connections["owner"]
    try:
        for _ in range(2):
            migrate_everything()
            with owner.cursor() as cursor:
                assert missing_locks(cursor) == []
        with owner.cursor() as cursor:  # the control: a lock that is gone is missed
            cursor.execute(
                "ALTER TABLE gratitude_reward DROP CONSTRAINT reward_only_client_to_client"
            )
            assert missing_locks(cursor) == ["reward_only_client_to_client"]
            cursor.execute("ALTER TABLE gratitude_reward DROP COLUMN ask_kind")
            assert set(missing_locks(cursor)) == {
                "reward_only_client_to_client",
                "rewarded_referral_is_client_to_client",
                "gratitude_reward.ask_kind",
            }
    finally:
        owner.close()


def test_the_migration_itself_refuses_what_breaks_it(fresh_database):
    from tests.world import make_world
    from warmhand.apps.island.scope import workspace_scope

    lock = import_module("warmhand.apps.gratitude.migrations.0003_rewards")
    world = make_world()
    with workspace_scope(world.workspace.pk):
        ask = asked(world, "ask_coworker")
    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute(lock.UNLOCK)
        insert_as_owner(ask)
        with pytest.raises(IntegrityError), transaction.atomic("owner"), owner.cursor() as cursor:
            cursor.execute(lock.LOCK)
        as_owner(ask, "DELETE FROM gratitude_reward", "all")
        with transaction.atomic("owner"), owner.cursor() as cursor:  # the control
            cursor.execute(lock.LOCK)
            assert missing_locks(cursor) == []
    finally:
        for each in (owner, connections["default"]):
            each.close()


def test_referrals_from_before_take_the_kind_of_their_ask(fresh_database):
    from tests.world import make_world
    from warmhand.apps.island.scope import workspace_scope

    step = import_module("warmhand.apps.referrals.migrations.0002_kind_of_a_referral")
    world = make_world()
    with workspace_scope(world.workspace.pk):
        referral = named(world, asked(world, "ask_coworker"))
    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE referrals_referralreceived DROP CONSTRAINT "
                "referral_of_the_kind_of_its_ask"
            )
            cursor.execute(step.UNLOCK)
        with workspace_scope(world.workspace.pk):
            ReferralReceived.objects.update(kind="ask")
        with transaction.atomic("owner"), owner.cursor() as cursor:
            cursor.execute(step.TAKE_THE_KIND_OF_THE_ASK)
            cursor.execute(step.LOCK)
        with workspace_scope(world.workspace.pk):
            referral.refresh_from_db()
            assert referral.kind == "ask_coworker"
        with owner.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_class WHERE relforcerowsecurity AND relname IN "
                "('asks_ask', 'referrals_referralreceived')"
            )
            assert cursor.fetchone() == (2,)
    finally:
        for each in (owner, connections["default"]):
            each.close()
