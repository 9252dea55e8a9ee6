"""What a scope keeps: the day is read once, and a setting that changes in it is seen at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.accounts.models import Workspace
from warmhand.apps.accounts.queries import our_workspace
from warmhand.apps.accounts.services import change_workspace
from warmhand.apps.island.scope import workspace_scope

LATE = dt.datetime(2026, 3, 7, 23, 30, tzinfo=dt.UTC)


@pytest.fixture
def late(closed_world, monkeypatch):
    """Late in the evening in UTC, which is the workspace's zone; the next day in Auckland."""
    Workspace.objects.filter(slug="harbour").update(timezone="UTC")
    monkeypatch.setattr(timezone, "now", lambda: LATE)


def test_the_day_is_read_once_in_a_scope(closed_world, django_assert_num_queries):
    with workspace_scope(closed_world.workspace.pk):
        first = days.today()
        with django_assert_num_queries(0):
            assert days.today() == first
            days.zone()
            our_workspace()


def test_the_next_scope_reads_anew(closed_world, late):
    with workspace_scope(closed_world.workspace.pk):
        assert days.today() == dt.date(2026, 3, 7)
    Workspace.objects.filter(pk=closed_world.workspace.pk).update(timezone="Pacific/Auckland")
    with workspace_scope(closed_world.workspace.pk):
        assert days.today() == dt.date(2026, 3, 8)


def test_the_clock_is_not_kept(closed_world, late, monkeypatch):
    with workspace_scope(closed_world.workspace.pk):
        assert days.today() == dt.date(2026, 3, 7)
        monkeypatch.setattr(timezone, "now", lambda: LATE + dt.timedelta(hours=1))
        assert days.today() == dt.date(2026, 3, 8)


def by_service(world):
    change_workspace(by=world.by, name="H", timezone_name="Pacific/Auckland", language="en")


def by_query(world):
    Workspace.objects.filter(pk=world.workspace.pk).update(timezone="Pacific/Auckland")


@pytest.mark.parametrize("change", [by_service, by_query])
def test_a_zone_changed_in_the_same_scope_is_seen(closed_world, late, change):
    with workspace_scope(closed_world.workspace.pk):
        assert days.today() == dt.date(2026, 3, 7)
        change(closed_world)
        assert days.today() == dt.date(2026, 3, 8)


def test_a_change_taken_back_by_a_savepoint_is_not_kept(closed_world, late):
    with workspace_scope(closed_world.workspace.pk):
        point = transaction.savepoint()
        by_query(closed_world)
        assert days.today() == dt.date(2026, 3, 8)
        transaction.savepoint_rollback(point)
        assert days.today() == dt.date(2026, 3, 7)
