"""A workspace is an island, in three layers (safety.md P0.2); each layer holds alone."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError

from warmhand.apps.accounts.models import Workspace
from warmhand.apps.island.isolation import apply_isolation, links, scoped_models
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.island.scoped import Link
from warmhand.apps.journal.models import Entry
from warmhand.apps.people.models import Client, Company
from warmhand.problems import Problem


def test_the_application_role_is_no_owner_and_no_superuser(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_scoped_table_forces_row_security(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        secured = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in scoped_models()} <= secured


def test_every_link_has_its_composite_key(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
        known = {row[0] for row in cursor.fetchall()}
    wanted = {
        f"{model._meta.db_table}_{link.column}_in_workspace"
        for model in scoped_models()
        for link in links(model)
    }
    assert wanted
    assert wanted <= known


def test_keys_inside_a_workspace_are_links():
    scoped = set(scoped_models())
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model in scoped and field.is_relation and field.related_model in scoped
        if not isinstance(field, Link)
    ]
    assert plain == []


def test_queries_outside_a_scope_are_refused(closed_world):
    with pytest.raises(ScopeError):
        list(Client.objects.all())


def test_row_security_holds_with_the_application_filters_off(world):
    world.client("Ada Kettle")
    with scopes_disabled():
        assert Client.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.workspace', %s, true)", [str(world.other.pk)])
        assert Client.objects.count() == 0


def test_row_security_refuses_a_write_into_another_workspace(world):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Client(name="Planted", workspace=world.other).save()


def test_a_crossing_key_cannot_be_stored(closed_world):
    with workspace_scope(closed_world.other.pk):
        theirs = Company.objects.create(name="Theirs")
    with workspace_scope(closed_world.workspace.pk):
        Client.objects.create(name="Ada", company_id=theirs.pk)
        with (
            pytest.raises(IntegrityError, match="in_workspace"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Client.objects.filter(name="Ada").delete()


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_key_added_later_looks_at_the_rows_that_are_there():
    """Under forced row security the owner sees no row, and a key would be taken for proven."""
    owner, key = connections["owner"], "people_client_company_id_in_workspace"
    theirs, ours = (as_owner(Workspace(name=name, slug=name)).pk for name in ("theirs", "ours"))
    company = as_owner(Company(workspace_id=theirs, name="Theirs"), theirs)
    with owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE people_client DROP CONSTRAINT {key}")
    as_owner(Client(workspace_id=ours, name="Ada", company_id=company.pk), ours)
    with pytest.raises(IntegrityError, match=key):
        apply_isolation(owner)


def as_owner(record, workspace_id=0):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('app.workspace', %s, true)", [str(workspace_id)])
        record.save(using="owner")
        cursor.execute("SELECT set_config('app.workspace', '', true)")  # as at a migration
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or no table may be altered afterwards
    return record


def test_two_workspaces_are_never_open_at_once(world):
    with pytest.raises(Problem, match="open already"), workspace_scope(world.other.pk):
        pass


def test_the_journal_is_append_only_for_the_application(world):
    with pytest.raises(ProgrammingError, match="forgotten, not changed"), transaction.atomic():
        Entry.objects.update(sentence="Nothing happened.")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Entry.objects.update(by_name="Nobody")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Entry.objects.all().delete()
