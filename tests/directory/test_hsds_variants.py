"""HSDS in every form we know of: no traceback, nothing good is lost, each fault is told."""

from __future__ import annotations

import copy
import gzip
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.directory import hsds_files as files
from tests.directory.hsds_files import ident, leaves, lost, page
from tests.directory.test_exchange import brought, counts, emptied, faults, file
from warmhand.apps.directory.exchange import (
    directory_document,
    directory_tables,
    folding,
    reading,
    unfolding,
)
from warmhand.apps.directory.models import Provider, Service
from warmhand.problems import Invalid


def there_and_back(world, tmp_path: Path, path: Path) -> Any:
    """Bring a file in, check the export and that it comes back the same; returns the report."""
    report = brought(world, path)
    first = directory_document()
    assert faults(first) == []
    assert brought(world, path).count("updated") == 0
    again = file(tmp_path, first, "again.json")
    emptied()
    second = brought(world, again)
    assert second.count("refused") == 0
    assert directory_document() == first
    return report


def changed(**values: Any) -> dict[str, Any]:
    return {**files.service(), **values}


WHOLE = {
    "a service": files.service,
    "a list of services": lambda: [files.service()],
    "a page": lambda: page(files.service()),
    "a page of the UK": lambda: {"totalElements": 1, "content": [files.service()]},
    "an organization with its services": files.as_organization,
    "a page of organizations": lambda: page(files.as_organization()),
    "a service at a location": files.as_service_at_location,
    "a page of services at locations": lambda: page(files.as_service_at_location()),
    "an organization without services": files.organization,
    "in an envelope": lambda: {"data": {"organizations": [files.as_organization()]}},
    "by the names of tables": lambda: {"services": [files.service()]},
    "one of each": lambda: {
        "organization": files.organization(),
        "service": changed(organization=None, organization_id=ident("organization")),
    },
    "with numbers for ids": lambda: files.renumbered(files.service()),
    "organizations with numbers": lambda: page(files.renumbered(files.as_organization())),
    "with ids in capitals": lambda: json.loads(
        json.dumps(files.service()).replace(ident("service"), ident("service").upper())
    ),
    "with unknown fields": lambda: changed(
        reviews=[{"title": "Kind", "score": 5}], local_code="X-9", nested={"deep": {"er": "yes"}}
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", WHOLE)
def test_everything_the_standard_has_comes_and_goes(world, tmp_path, form):
    given = WHOLE[form]()
    report = there_and_back(world, tmp_path, file(tmp_path, given))
    assert counts(report) == (1, 0, 0, 0)
    assert report.left_out == []
    assert lost(given, directory_document(), report) == set()
    made = Provider.objects.get()
    assert (made.name, made.city, made.postcode) == ("Millers' Aid", "London", "SE1 7PB")


def test_the_measure_of_loss_can_fail(world, tmp_path):
    """The control: what is taken out of an export is missed."""
    report = brought(world, file(tmp_path, files.service()))
    document = directory_document()
    document["contents"][0].pop("cost_options")
    document["contents"][0]["organization"]["phones"].pop()
    missed = lost(files.service(), document, report)
    assert {"Adult", "a visit", "12.5", "second org desk"} <= missed


@pytest.mark.parametrize("form", ["a service", "with unknown fields", "with numbers for ids"])
def test_tables_hold_everything_too(world, tmp_path, form):
    given = WHOLE[form]()
    brought(world, file(tmp_path, given))
    before = directory_document()
    path = tmp_path / "tables.zip"
    path.write_bytes(directory_tables())
    emptied()
    report = brought(world, path)
    assert counts(report) == (1, 0, 0, 0)
    assert report.left_out == []
    assert lost(before, directory_document(), report) == set()
    assert lost(given, directory_document(), report) == set()
    assert faults(directory_document()) == []


def test_tables_give_each_of_two_services_what_they_share(world, tmp_path):
    """One contact of two services is a row for each; none loses its phone."""
    one, two = files.service(), {**files.service(), "id": ident("other"), "name": "Wet"}
    brought(world, file(tmp_path, page(one, two)))
    path = tmp_path / "tables.zip"
    path.write_bytes(directory_tables())
    emptied()
    assert brought(world, path).left_out == []
    for each in directory_document()["contents"]:
        assert leaves(files.service()["contacts"]) <= leaves(each["contacts"])
        assert leaves(files.service()["cost_options"]) <= leaves(each["cost_options"])
        assert each["capacities"][0]["unit"]["name"] == "Pump"
        assert each["program"]["name"] == "Flood help"


ROWS: dict[str, Any] = {
    "organizations.csv": [
        {"id": "o1", "name": "One", "description": 'First\n\nwith "quotes", commas',
         "colour": "red"},
        {"id": "o2", "name": "Two", "description": "NULL", "colour": ""},
    ],
    "services.csv": [
        {"id": "s1", "organization_id": "o1", "name": "Notary", "status": "active"},
        {"id": "s2", "organization_id": "o2", "name": "Wills", "status": "Inactive"},
    ],
    "locations.csv": [{"id": "l1", "organization_id": "o1", "name": "Mill", "latitude": "51.5",
                       "longitude": "-0.1"}],
    "addresses.csv": [{"id": "a1", "location_id": "l1", "address_1": "1 Lane", "city": "London",
                       "postal_code": "SE1", "country": "GB"}],
    "service_at_location.csv": [{"id": "x1", "service_id": "s2", "location_id": "l1",
                                 "description": "Fridays"}],
    "phones.csv": [
        {"id": "1", "organization_id": "o1", "number": "+44 1"},
        {"id": "2", "service_id": "s1", "number": "+44 2"},
        {"id": "3", "location_id": "l1", "number": "+44 3"},
        {"id": "4", "service_at_location_id": "x1", "number": "+44 4"},
        {"id": "5", "contact_id": "c1", "number": "+44 5"},
    ],
    "contacts.csv": [{"id": "c1", "service_id": "s1", "name": "Cora"}],
    "languages.csv": [{"id": "g1", "phone_id": "1", "name": "Polish"},
                      {"id": "g2", "service_id": "s1", "code": "de"}],
    "schedules.csv": [{"id": "h1", "service_at_location_id": "x1", "freq": "weekly", "byday": "MO",
                       "opens_at": "09:00"}],
    "url.csv": [{"id": "u1", "service_id": "s1", "url": "https://form.example", "label": "Form"}],
    "units.csv": [{"id": "n1", "name": "Bed"}],
    "service_capacity.csv": [{"id": "p1", "service_id": "s1", "unit_id": "n1", "available": "4"}],
    "taxonomies.csv": [{"id": "t1", "name": "Kinds", "description": "All kinds"}],
    "taxonomy_terms.csv": [{"id": "k1", "taxonomy_id": "t1", "code": "BH", "name": "Housing",
                            "description": "Homes"}],
    "attributes.csv": [
        {"id": "b1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "k1"},
        {"id": "b2", "link_id": "l1", "link_entity": "location", "taxonomy_term_id": "k1"},
    ],
    "metadata.csv": [{"id": "m1", "resource_id": "s1", "resource_type": "service",
                      "last_action_date": "2024-01-01", "last_action_type": "update",
                      "field_name": "name", "previous_value": "Notar",
                      "replacement_value": "Notary", "updated_by": "Clerk"}],
    "payments_accepted.csv": [{"id": "q1", "service_id": "s1", "payment": "Cash"}],
    "programs.csv": "",
    "funding.csv": "id,organization_id,service_id,source\n",
}  # fmt: skip


def check_rows(world, tmp_path, path: Path) -> Any:
    report = there_and_back(world, tmp_path, path)
    assert (counts(report), report.left_out) == ((2, 0, 0, 0), [])
    given = {name: rows for name, rows in ROWS.items() if not isinstance(rows, str)}
    document = directory_document()
    ours = {"NULL", "Inactive", "weekly", "-0.1", "51.5"}
    assert lost(given, document, report) - ours == set()
    one, two = Provider.objects.order_by("name")
    assert one.about == 'First\n\nwith "quotes", commas'
    assert (one.phone, one.city, one.latitude, two.about) == ("+44 1", "London", 51.5, "")
    assert two.capacity == "full"
    return report


def test_a_folder_of_tables(world, tmp_path):
    check_rows(world, tmp_path, files.folder(tmp_path / "t", ROWS))


def test_a_folder_with_marks_of_byte_order(world, tmp_path):
    check_rows(world, tmp_path, files.folder(tmp_path / "t", ROWS, "utf-8-sig"))


def test_a_data_package_in_a_folder_of_its_own(world, tmp_path):
    """Names of files that mean nothing, explained by `datapackage.json`."""
    renamed = {f"data/file {number}.csv": name for number, name in enumerate(ROWS)}
    parts: dict[str, Any] = {path: ROWS[name] for path, name in renamed.items()}
    resources = [
        {"name": name.removesuffix(".csv"), "path": path, "schema": {"fields": []}}
        for path, name in renamed.items()
    ]
    loose = next(path for path, name in renamed.items() if name == "payments_accepted.csv")
    parts["data/payments_accepted.csv"] = parts.pop(loose)
    parts["datapackage.json"] = {"name": "x", "resources": resources}
    check_rows(world, tmp_path, files.zipped(tmp_path / "p.zip", parts))


def test_singular_names_and_semicolons_and_windows_letters(world, tmp_path):
    texts = {
        "organization.csv": "ID;Name;Description\r\n1;Bäckerei;Süßes\r\n",
        "service.csv": "Id;Organization_ID;Name;Status\r\n9;1;Brötchen;active\r\n",
    }
    path = files.folder(tmp_path / "t", texts, "cp1252")
    assert counts(there_and_back(world, tmp_path, path)) == (1, 0, 0, 0)
    assert Provider.objects.get().about == "Süßes"


def test_pages_as_files_of_a_folder_or_zip(world, tmp_path):
    parts = {
        f"page-{number}.json": page({**files.service(), "id": ident(f"s{number}"), "name": name},
                                    total_pages=2, page_number=number)
        for number, name in enumerate(("Dry", "Wet"), 1)
    }  # fmt: skip
    report = brought(world, files.zipped(tmp_path / "pages.zip", parts))
    assert counts(report) == (1, 0, 0, 0)
    assert (report.notes, report.left_out) == ([], [])
    assert [it.name for it in Service.objects.order_by("name")] == ["Dry", "Wet"]


def test_two_files_of_one_name_in_an_archive_are_both_read(world, tmp_path):
    parts = {
        f"{part}/organizations.csv": [{"id": part, "name": part}] for part in ("north", "south")
    }
    assert counts(brought(world, files.zipped(tmp_path / "two.zip", parts))) == (2, 0, 0, 0)


def test_the_tables_say_what_they_are(world, tmp_path):
    brought(world, file(tmp_path, files.service()))
    path = tmp_path / "tables.zip"
    path.write_bytes(directory_tables())
    with zipfile.ZipFile(path) as archive:
        package = json.loads(archive.read("datapackage.json"))
        for each in package["resources"]:
            head = archive.read(each["path"]).decode().splitlines()[0]
            assert head.split(",") == [it["name"] for it in each["schema"]["fields"]]
        assert {it["path"] for it in package["resources"]} == {*archive.namelist()} - {
            "datapackage.json"
        }


# the United Kingdom's form of HSDS 1.1 and 2, as its feeds still give it

OLD_UK = {
    "id": "s-1", "name": "Tea &amp; Talk", "status": "active", "fees": "2 pounds",
    "description": "<p>Tea on <b>Mondays</b></p><ul><li>cake</li><li>talk</li></ul>",
    "url": "www.tea.example", "email": "tea@firm.example", "deliverable_type": "Advice",
    "organization": {"id": "o-1", "name": "Age Kind", "url": "https://kind.example",
                     "description": "Kind people"},
    "contacts": [{"id": "c-1", "name": "Ann", "title": "Host",
                  "phones": [{"id": "p-1", "number": "0113 1", "language": "en"}]}],
    "eligibilitys": [{"id": "e-1", "eligibility": "Older people", "minimum_age": 60}],
    "fundings": [{"id": "f-1", "source": "Lottery"}],
    "cost_options": [{"id": "k-1", "amount": "2.00", "option": "Tea", "amount_description": "cup"}],
    "service_areas": [{"id": "r-1", "service_area": "Leeds", "extent": "E08000035"}],
    "regular_schedules": [{"id": "g-1", "weekday": "1", "opens_at": "10:00", "closes_at": "12:00"}],
    "holiday_schedules": [{"id": "y-1", "closed": True, "start_date": "2024-12-24"}],
    "service_taxonomys": [
        {"id": "x-1", "taxonomy": {"id": "t-1", "name": "Clubs", "vocabulary": "OpenActive"}}
    ],
    "service_at_locations": [
        {"id": "a-1", "location": {
            "id": "l-1", "name": "Hall", "latitude": "53.8", "longitude": "-1.5",
            "accessibility_for_disabilities": [{"id": "d-1", "accessibility": "Ramp"}],
            "physical_addresses": [{"id": "b-1", "address_1": "2 Road", "city": "Leeds",
                                    "state_province": "WYK", "postal_code": "LS2 8AA",
                                    "country": "England"}]}}
    ],
}  # fmt: skip


def test_the_older_form_of_the_united_kingdom(world, tmp_path):
    report = there_and_back(world, tmp_path, file(tmp_path, {"content": [OLD_UK]}))
    assert counts(report) == (1, 0, 0, 0)
    document = directory_document()
    gone = {"2.00", "www.tea.example", "Tea &amp; Talk", "England", "53.8", "-1.5"}
    assert lost(OLD_UK, document, report) <= gone
    made, done = Provider.objects.get(), Service.objects.get()
    assert (made.city, made.postcode, made.phone) == ("Leeds", "LS2 8AA", "0113 1")
    assert (made.latitude, made.country, made.website) == (53.8, "GB", "https://kind.example")
    assert done.name == "Tea & Talk"
    assert done.words == "Tea on Mondays\n\n- cake\n- talk"
    told = document["contents"][0]
    assert told["description"] == OLD_UK["description"]
    assert told["attributes"][0]["taxonomy_term"]["name"] == "Clubs"
    assert [it["source"] for it in told["funding"]] == ["Lottery"]
    assert len(told["schedules"]) == 2
    assert told["cost_options"][0]["amount"] == 2


# faults, each with its place


def bad(**values: Any) -> dict[str, Any]:
    firm = {"id": ident("o"), "name": "One", "description": ""}
    return {"id": ident("s"), "name": "S", "status": "active", "organization": firm, **values}


@pytest.mark.parametrize(
    ("values", "place", "field"),
    [
        ({"minimum_age": "18+"}, "the file", "minimum_age"),
        ({"status": "who knows"}, "the file", "status"),
        ({"email": "nobody"}, "the file", "email"),
        ({"url": "not a place"}, "the file", "url"),
        ({"last_modified": "last week"}, "the file", "last_modified"),
        ({"phones": [{"number": "1", "extension": "x12"}]}, "the file.phones[0]", "extension"),
        ({"phones": [{"description": "Ask"}]}, "the file.phones[0]", "phone"),
        ({"phones": 5.5}, "the file", "phones"),
        ({"phones": [[1]]}, "the file.phones[0]", "phone"),
        ({"schedules": [{"freq": "DAILY"}]}, "the file.schedules[0]", "freq"),
        ({"schedules": [{"wkst": "XX"}]}, "the file.schedules[0]", "wkst"),
        ({"cost_options": [{"amount": "a lot"}]}, "the file.cost_options[0]", "amount"),
        ({"description": {"en": "Hi"}}, "the file", "description"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_at_its_place(world, tmp_path, values, place, field):
    report = brought(world, file(tmp_path, bad(**values)))
    assert counts(report) == (1, 0, 0, 0)
    assert [(it.place, it.field) for it in report.left_out] == [(place, field)]
    assert lost(bad(**values), directory_document(), report) == set()
    assert faults(directory_document()) == []


def test_what_only_looks_odd_is_put_right(world, tmp_path):
    given = bad(
        status="Active", url="www.one.example/a", minimum_age="18", last_modified="2024-03-01",
        schedules=[{"freq": "weekly", "byday": ["MO", "TU"]}], alert="<br>Shut&nbsp;now",
    )  # fmt: skip
    report = there_and_back(world, tmp_path, file(tmp_path, given))
    told = directory_document()["contents"][0]
    assert report.left_out == []
    assert (told["status"], told["url"]) == ("active", "https://www.one.example/a")
    assert (told["minimum_age"], told["last_modified"]) == (18, "2024-03-01T00:00:00+00:00")
    assert (told["schedules"][0]["freq"], told["schedules"][0]["byday"]) == ("WEEKLY", "MO,TU")
    assert told["alert"] == given["alert"]


def test_nulls_everywhere(world, tmp_path):
    def emptied_of(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: v if k in ("id", "name") else emptied_of(v) for k, v in value.items()}
        return [*map(emptied_of, value), None] if isinstance(value, list) else None

    given = emptied_of(files.service())
    report = there_and_back(world, tmp_path, file(tmp_path, given))
    assert counts(report) == (1, 0, 0, 0)
    assert {it.field for it in report.left_out} == {"phone"}  # without numbers they say nothing


def test_what_hangs_on_nothing_is_told_where_it_stands(world, tmp_path):
    tables = {
        "organizations.csv": [{"id": "o1", "name": "One"}],
        "services.csv": [
            {"id": "s9", "organization_id": "o9", "name": "Orphan", "status": "active"}
        ],
        "phones.csv": [{"id": "1", "organization_id": "o8", "number": "+44 1"}],
        "locations.csv": [{"id": "l1", "name": "Nowhere"}],
        "fees_of_ours.csv": [{"service_id": "s7", "fee": "five"}],
        "colours.csv": [{"colour": "red"}],
    }
    report = brought(world, files.folder(tmp_path / "t", tables))
    assert counts(report) == (2, 0, 0, 0)
    assert {(it.place, it.field) for it in report.left_out} == {
        ("services.csv, line 2", "organization_id"),
        ("phones.csv, line 2", "phone"),
        ("locations.csv, line 2", "location"),
        ("fees_of_ours.csv, line 2", "service_id"),
    }
    said = " ".join(it.sentence for it in report.left_out)
    assert all(each in said for each in ("o9", "o8", "+44 1", "Nowhere", "s7"))
    assert any("colours.csv" in each for each in report.notes)


def test_parts_that_share_a_number_stay_apart(world, tmp_path):
    """Ids of small parts are often counted anew in each object."""
    given = [
        {"id": str(n), "name": f"Firm {n}", "phones": [{"id": "1", "number": f"+49 {n}"}]}
        for n in range(3)
    ]
    there_and_back(world, tmp_path, file(tmp_path, given))
    assert [it.phone for it in Provider.objects.order_by("name")] == ["+49 0", "+49 1", "+49 2"]


def test_the_same_service_told_twice_otherwise_is_told(world, tmp_path):
    rows = [
        {"id": "1", "organization_id": "o", "name": "First", "status": "active"},
        {"id": "1", "organization_id": "o", "name": "Second", "status": "active"},
    ]
    tables = {"organizations.csv": [{"id": "o", "name": "One"}], "services.csv": rows}
    report = brought(world, files.folder(tmp_path / "t", tables))
    assert [(it.place, it.field) for it in report.left_out] == [("services.csv, line 3", "name")]
    assert "Second" in report.left_out[0].sentence


def test_a_text_that_is_too_long_is_told_and_costs_only_itself(world, tmp_path):
    given = bad(service_areas=[{"name": "All", "extent": "9" * 250_000}], alert="Shut")
    report = brought(world, file(tmp_path, given))
    assert [(it.field, it.place) for it in report.left_out] == [("service_areas", "the file")]
    assert directory_document()["contents"][0]["alert"] == "Shut"


def test_markup_of_any_kind_is_read(world, tmp_path):
    for odd in (
        "<p>a",
        "<![foo]><b>",
        "a < b & c > d",
        "<b>&#0;</b>",
        "<script>x()</script><p>y</p>",
    ):
        emptied()
        there_and_back(world, tmp_path, file(tmp_path, bad(description=odd)))
        told = directory_document()["contents"][0]
        assert told["description"] == odd
    assert Service.objects.get().words == "y"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_in_other_letters(world, tmp_path, encoding):
    path = tmp_path / "x.json"
    path.write_bytes(json.dumps(files.service(), ensure_ascii=False).encode(encoding))
    assert counts(brought(world, path)) == (1, 0, 0, 0)


@pytest.mark.parametrize("parts", [{}, {"readme.txt": "hello"}, {"a.json": "{"}, {"a.json": "3"}])
def test_an_archive_without_a_directory_is_refused(world, tmp_path, parts):
    path = files.zipped(tmp_path / "x.zip", parts)
    with pytest.raises(Invalid):
        brought(world, path)


def test_a_small_file_of_very_many_parts_is_refused_before_it_is_parsed(
    world, tmp_path, monkeypatch
):
    path = tmp_path / "parts.json"
    path.write_text("[" + "{}," * reading.MOST_PARTS + "{}]")
    monkeypatch.setattr(reading.json, "loads", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(Invalid) as refused:
        brought(world, path)
    assert "more rows than are read" in refused.value.sentence


def test_all_that_is_kept_aside_is_named(world, tmp_path):
    report = brought(world, file(tmp_path, files.service()))
    assert len(report.kept_aside) > 10
    assert report.kept_aside["cost_options"] == 1
    emptied()
    plain = brought(world, file(tmp_path, copy.deepcopy(bad())))
    assert plain.kept_aside == {}


def test_a_briefer_file_takes_nothing_away(world, tmp_path):
    """A list after the whole: what it doesn't tell of stays, and a status of now counts."""
    whole = changed(status="inactive")
    brought(world, file(tmp_path, whole))
    brief = {"id": whole["id"], "name": "Drying out", "status": "active", "alert": "Open again",
             "organization": {"id": ident("organization"), "name": "Millers' Aid"}}  # fmt: skip
    report = brought(world, file(tmp_path, page(brief)))
    document = directory_document()
    assert counts(report) == (0, 1, 0, 0)
    gone = {"inactive", "Closed in May"}
    assert lost(whole, document, report) <= gone
    told = document["contents"][0]
    assert (told["status"], told["alert"]) == ("active", "Open again")
    assert counts(brought(world, file(tmp_path, page(brief)))) == (0, 0, 1, 0)


def test_an_object_a_line_packed_or_not(world, tmp_path):
    """NDJSON, with Windows line ends and an empty line at the end; the same in gzip."""
    both = [{"id": ident(name), "name": name, "description": "x"} for name in ("One", "Two")]
    lines = "\r\n".join([*map(json.dumps, both), "", ""]).encode()
    (tmp_path / "feed.ndjson").write_bytes(lines)
    (tmp_path / "feed.ndjson.gz").write_bytes(gzip.compress(lines))
    first = brought(world, tmp_path / "feed.ndjson")
    assert [row.name for row in first.rows] == ["One", "Two"]
    assert brought(world, tmp_path / "feed.ndjson.gz").count("unchanged") == 2


def test_a_line_that_is_no_object_is_refused_with_its_number(world, tmp_path):
    (tmp_path / "feed.ndjson").write_text('{"name": "One"}\n{"name": \n')
    with pytest.raises(Invalid, match=r"line 2"):
        brought(world, tmp_path / "feed.ndjson")
    (tmp_path / "broken.json.gz").write_bytes(gzip.compress(b'{"name": "One"}')[:-6])
    with pytest.raises(Invalid, match=r"can't be unpacked"):
        brought(world, tmp_path / "broken.json.gz")


def test_a_part_of_an_archive_is_never_held_whole(tmp_path):
    """Its control: the part read at once takes its thirty megabytes."""
    path = tmp_path / "big.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("services.csv", bytes(30 * 2**20))

    def peak(do):
        tracemalloc.start()
        try:
            with zipfile.ZipFile(path) as archive:
                do(archive)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(lambda archive: archive.read("services.csv")) > 30 * 2**20
    assert peak(lambda archive: reading._unpack(archive, tmp_path)) < 3 * 2**20
    assert (tmp_path / "services.csv").stat().st_size == 30 * 2**20


def test_an_identifier_that_is_no_uuid_stays_the_same_and_is_kept_beside_it(world, tmp_path):
    given = {"id": "12", "name": "Aid", "services": [{"id": "S/7", "name": "Help"}]}
    there_and_back(world, tmp_path, file(tmp_path, given))
    one = directory_document()["contents"][0]
    emptied()
    brought(world, file(tmp_path, given))
    again = directory_document()["contents"][0]
    assert (one["id"], one["organization"]["id"]) == (again["id"], again["organization"]["id"])
    kept = one["organization"]["organization_identifiers"]
    assert [(it["identifier_type"], it["identifier"]) for it in kept] == [("source_id", "12")]
    assert ("source_id", "S/7") in {
        (it["taxonomy_term"]["code"], it["value"]) for it in one["attributes"]
    }


def test_an_organization_of_very_many_services_is_told_whole_once(world, tmp_path, monkeypatch):
    """The file grows with the services, not with their square; nothing of it is lost."""
    firm = files.organization()
    many = [{"id": ident(f"s{n}"), "name": f"Help {n}", "status": "active"} for n in range(5)]
    monkeypatch.setattr(folding, "WHOLE", 4)
    there_and_back(world, tmp_path, file(tmp_path, {**firm, "services": many}))
    whole, *others = (each["organization"] for each in directory_document()["contents"])
    assert len(whole["locations"]) == 1
    assert all(set(each) == {"id", "name", "description"} for each in others)
    monkeypatch.setattr(folding, "WHOLE", 5)
    assert all(each["organization"] == whole for each in directory_document()["contents"])


def test_places_beyond_what_one_provider_carries_stay_with_their_services(
    world, tmp_path, monkeypatch
):
    """What is too much for the provider is told; a service's own place is not lost with it."""
    monkeypatch.setattr(unfolding, "LARGEST", 3000)
    many = [
        {
            "id": ident(f"s{n}"), "name": f"Help {n}", "status": "active",
            "service_at_locations": [
                {"id": ident(f"at{n}"), "location": {
                    "id": ident(f"l{n}"), "location_type": "physical", "name": f"House {n}"}}
            ],
        }
        for n in range(40)
    ]  # fmt: skip
    report = brought(world, file(tmp_path, {"id": ident("o"), "name": "Aid", "services": many}))
    assert [it.field for it in report.left_out] == ["locations"]
    kept = leaves(directory_document())
    assert {f"House {n}" for n in range(40)} <= kept


def test_what_an_archive_holds_in_other_forms_is_told(world, tmp_path):
    parts = {"services.csv": [{"id": "1", "name": "Help"}], "more/fees.xlsx": "x", "README.md": "x"}
    report = brought(world, files.zipped(tmp_path / "both.zip", parts))
    assert report.count("created") == 1
    assert report.notes == ["fees.xlsx is neither CSV nor JSON and is left out."]
