"""The two real sets import whole, and the same files twice change nothing."""

import datetime as dt
import time

from django.db.models import F

from tests.people.importing.importing_help import TODAY, counts, example, run
from tests.shared_data import shared_path
from warmhand.apps.accounts.models import Member
from warmhand.apps.journal.models import Entry
from warmhand.apps.people.models import Client, Company, ContactPoint, ImportRun
from warmhand.apps.work.models import Commitment


def test_northwind_is_on_record(world):
    folder = shared_path("northwind")
    done = run(world, folder, mapping=example("northwind"))
    assert counts(done) == (932, 932, 0, 0, 0)
    orders = Commitment.objects.filter(kind="order")
    assert Client.objects.filter(source="northwind").count() == 93
    assert orders.count() == 830
    assert orders.filter(client__isnull=True).count() == 0
    assert orders.filter(delivered_on__gt=F("due_on")).count() == 37
    assert orders.filter(delivered_on__isnull=True).count() == 21
    assert Member.objects.filter(source="northwind").count() == 9
    assert Client.objects.filter(source="northwind", company__isnull=True).count() == 0
    assert not done.refused_rows.exists()


def test_northwind_keeps_its_relations(world):
    run(world, shared_path("northwind"), mapping=example("northwind"))
    maria = Client.objects.get(name="Maria Anders")
    assert (maria.source_ref, maria.company.name) == ("ALFKI", "Alfreds Futterkiste")
    assert maria.company.country == "Germany"
    assert list(maria.contact_points.values_list("kind", "value")) == [("phone", "+49300074321")]
    assert maria.commitments.count() == 6
    assert maria.keeper.name == "Nancy Davolio"  # two orders, as Margaret; hers are later
    assert maria.client_since == min(c.agreed_on for c in maria.commitments.all())
    assert Member.objects.get(name="Nancy Davolio").manager.name == "Andrew Fuller"
    assert Client.objects.filter(commitments__isnull=True, source="northwind").count() == 4
    assert Client.objects.get(source_ref="Val2").company.name == "IT"


def test_the_set_moves_as_a_whole_so_that_its_last_day_is_yesterday(world):
    done = run(world, shared_path("northwind"), mapping=example("northwind"))
    assert done.shift_days == (dt.date(2026, 6, 14) - dt.date(1998, 5, 6)).days
    first = Commitment.objects.get(source_ref="10248")
    assert first.agreed_on == dt.date(1996, 7, 4) + dt.timedelta(done.shift_days)
    assert (first.due_on - first.agreed_on).days == 28
    assert max(Commitment.objects.values_list("agreed_on", flat=True)) == dt.date(2026, 6, 14)


def test_the_sales_set_is_on_record(world):
    seen = []
    began = time.monotonic()
    done = run(
        world,
        shared_path("crm_sales"),
        mapping=example("crm_sales"),
        progress=lambda at, of: seen.append((at, of)),
    )
    assert counts(done) == (8920, 8920, 0, 0, 0)
    deals = Commitment.objects.filter(kind="sale")
    assert deals.count() == 8_800
    assert Company.objects.filter(source="crm_sales").count() == 85
    assert Client.objects.filter(source="crm_sales", name="").count() == 85
    assert deals.filter(client__isnull=True, company__isnull=True).count() == 1_425
    assert deals.filter(client__isnull=False, company__isnull=False).count() == 7_375
    assert deals.filter(agreed_on__isnull=True).count() == 500
    assert deals.filter(delivered_on__isnull=False).count() == 4_238
    assert deals.filter(cancelled_on__isnull=False).count() == 2_473
    assert Member.objects.filter(source="crm_sales").count() == 41
    assert Member.objects.filter(source="crm_sales", reports__isnull=True).count() == 35
    assert deals.values("member").distinct().count() == 30
    assert Company.objects.filter(parent__isnull=False).count() == 15
    assert not deals.filter(title="GTXPro").exists()
    assert deals.filter(title="GTX Pro").count() == 1_480
    assert done.counts["besides"]["contacts"] == 85
    assert seen[-1] == (8920, 8920)
    assert time.monotonic() - began < 60


def test_the_same_files_twice_change_nothing(world):
    for name, rows in (("northwind", 932), ("crm_sales", 8920)):
        run(world, shared_path(name), mapping=example(name))
        before = Entry.objects.count(), Client.objects.count(), ContactPoint.objects.count()
        later = TODAY + dt.timedelta(days=30)
        again = run(world, shared_path(name), mapping=example(name), today=later)
        assert counts(again) == (rows, 0, 0, rows, 0)
        assert not again.counts["besides"]
        assert (
            Entry.objects.count(),
            Client.objects.count(),
            ContactPoint.objects.count(),
        ) == before


def test_every_record_is_in_the_journal_with_its_run(world):
    done = run(world, shared_path("northwind"), mapping=example("northwind"))
    entries = Entry.objects.filter(why=f"import {done.pk}", verb="created")
    assert entries.filter(object_type="work.Commitment").count() == 830
    assert entries.filter(object_type="people.Client").count() == 93
    assert set(entries.values_list("via", "by_name")) == {("import", world.by.name)}


def test_a_guess_alone_imports_northwind(world):
    """No mapping at all: customers, employees and orders find each other by their headers."""
    folder = shared_path("northwind")
    paths = [folder / f"{name}.csv" for name in ("orders", "employees", "customers")]
    done = run(world, *paths)
    assert counts(done) == (932, 932, 0, 0, 0)
    assert Commitment.objects.filter(delivered_on__gt=F("due_on")).count() == 37
    assert ImportRun.objects.get().source == "northwind"
