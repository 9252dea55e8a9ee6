"""What tests of rewards share: an ask of each kind, a promise, a row as raw SQL writes it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, connections, transaction

from tests.asks.earned import earn
from tests.world import World
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.services import record_ask
from warmhand.apps.gratitude import rewards
from warmhand.apps.gratitude.models import Reward
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.policies import services as policies
from warmhand.apps.referrals.models import ReferralReceived

TOLD = "We thank who introduces somebody with a dinner."
KINDS = ("ask", "ask_coworker", "ask_more")
OTHERS = KINDS[1:]
EITHER = pytest.mark.parametrize("kind", KINDS)


def rewards_on(world: World, upto: str = "cash") -> None:
    policies.save_policy(by=world.by, values={"rewards": upto}, why="The lawyer agreed.")


def asked(world: World, kind: str = "ask", name: str = "Ada Kettle") -> Ask:
    client = earn(world, name, company=world.company(f"{name} & Sons"))
    return record_ask(by=world.by, client_id=client.pk, kind=kind, words="More of the same?")


def promise(world: World, ask: Ask, **values) -> Reward:
    values = {"what": "A dinner for two", "disclosure": TOLD, **values}
    return rewards.promise_reward(by=world.by, ask_id=ask.pk, **values)


def row_of(ask: Ask, **values):
    """The columns of a reward as raw SQL would write them."""
    return {
        "workspace_id": ask.workspace_id, "client_id": ask.client_id, "ask_id": ask.pk,
        "party": "giver", "form": "in_kind", "what": "A dinner", "currency": "",
        "disclosure": TOLD, "pack": "us-ftc-255", "promised_on": ask.asked_on,
        "created_at": ask.asked_at, **values,
    }  # fmt: skip


def insert(using, row) -> None:
    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with using.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO gratitude_reward ({columns}) VALUES ({marks})", list(row.values())
        )


def refused(act, what=IntegrityError):
    """Try it in a savepoint; the database's own refusals included, also those at the commit."""

    def to_the_end():
        act()
        connection.check_constraints()

    with pytest.raises(what) as told, transaction.atomic():
        to_the_end()
    return told.value


def insert_as_owner(ask: Ask) -> None:
    with transaction.atomic("owner"):
        open_workspace(connections["owner"], ask)
        insert(connections["owner"], row_of(ask))


def as_owner(ask: Ask, statement: str, what: str) -> int:
    """Run a statement with the ask's number, or with none; how many rows it changed."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        open_workspace(connections["owner"], ask)
        cursor.execute(statement, [ask.pk] if what == "ask" else None)
        return cursor.rowcount


def open_workspace(using, ask: Ask) -> None:
    with using.cursor() as cursor:
        cursor.execute("SELECT set_config('app.workspace', %s, true)", [str(ask.workspace_id)])


def named(world: World, ask: Ask, person: str = "Zoe") -> ReferralReceived:
    answer_ask(by=world.by, ask_id=ask.pk, outcome="name", new_person=person)
    return ReferralReceived.objects.get(ask=ask)
