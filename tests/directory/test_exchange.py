"""HSDS 3 and CSV, out and in: accepted by the published schemas, the same twice, nothing lost."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.shared_data import shared_path
from warmhand.apps.directory import queries, services
from warmhand.apps.directory.exchange import (
    COLUMNS,
    directory_csv,
    directory_document,
    directory_tables,
    import_directory,
)
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.journal.models import Entry
from warmhand.problems import Invalid

FORMATS = jsonschema.FormatChecker(["uuid", "email", "date", "idn-email"])


def schema(name: str) -> jsonschema.Draft202012Validator:
    found = json.loads((shared_path("hsds") / "schema_compiled" / name).read_text())
    return jsonschema.Draft202012Validator(found, format_checker=FORMATS)


def faults(document: Any) -> list[str]:
    """What the published schemas say against each service and its organization."""
    whole, listed = schema("service.json"), schema("service_list.json")
    firms = schema("organization_list.json")
    return [
        f"{error.json_path}: {error.message[:120]}"
        for each in document["contents"]
        for validator, thing in ((whole, each), (listed, each), (firms, each["organization"]))
        for error in validator.iter_errors(thing)
    ]


def file(tmp_path: Path, content: Any, name: str = "file.json") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def brought(world, path: Path):
    return import_directory(by=world.by, path=path)


def counts(report) -> tuple[int, int, int, int]:
    return tuple(report.count(it) for it in ("created", "updated", "unchanged", "refused"))


def emptied() -> None:
    Service.all_objects.all().delete()
    Provider.all_objects.all().delete()


def full(world) -> Provider:
    made = services.add_provider(
        by=world.by,
        name="Nordlicht Law",
        contact_name="Birte Nissen",
        email="mail@nordlicht.example",
        phone="+49 431 5550",
        website="https://nordlicht.example",
        about="Leases, wills",
        street="Kai 1",
        city="Kiel",
        postcode="24103",
        country="DE",
        latitude=54.32,
        longitude=10.13,
        reach_km=80,
        languages=["de", "en"],
        capacity="limited",
        away_from=dt.date(2030, 7, 1),
        away_until=dt.date(2030, 7, 20),
        licence="Bar of Kiel",
        licence_until=dt.date(2031, 12, 31),
        price=3,
        why_confident="Two of our clients\nwent there.",
        public_words="Speaks plainly.",
    )
    services.add_service(
        by=world.by, provider_id=made.pk, name="Notary", words="Deeds", category="541120"
    )
    services.add_service(by=world.by, provider_id=made.pk, name="Family law")
    services.add_provider(by=world.by, name="Nothing yet", kind="person")
    return made


def test_an_export_is_what_the_published_schemas_accept(world):
    full(world)
    document = directory_document()
    assert document["total_items"] == 3
    assert faults(document) == []


def test_the_schemas_would_say_so(world):
    """The control: a fault in an export is found."""
    full(world)
    document = directory_document()
    document["contents"][0]["id"] = "no uuid"
    document["contents"][1].pop("status")
    document["contents"][0]["organization"].pop("description")
    assert len(faults(document)) >= 4


def test_an_import_of_the_own_export_changes_nothing(world, tmp_path):
    full(world)
    path = file(tmp_path, directory_document())
    entries = Entry.objects.count()
    assert counts(brought(world, path)) == (0, 0, 2, 0)
    assert Entry.objects.count() == entries


def test_there_and_back(world, tmp_path):
    full(world)
    before = directory_document()
    path = file(tmp_path, before)
    emptied()
    report = brought(world, path)
    assert (counts(report), report.left_out) == ((2, 0, 0, 0), [])
    assert directory_document() == before
    made = Provider.objects.get(name="Nordlicht Law")
    assert (made.away_until, made.price, made.languages) == (dt.date(2030, 7, 20), 3, ["de", "en"])
    assert made.carried == {}
    assert not Service.objects.filter(provider__name="Nothing yet").exists()
    assert counts(brought(world, path)) == (0, 0, 2, 0)


def test_a_code_of_ours_is_told_as_the_scheme_has_it(world, tmp_path):
    """Others read 238220, which NAICS knows; we read our own code again, unless they changed it."""
    made = services.add_provider(by=world.by, name="Ada Pipes")
    service = services.add_service(
        by=world.by, provider_id=made.pk, name="Plumbing", category="238220.1"
    )
    document = directory_document()
    assert faults(document) == []
    terms = [it["taxonomy_term"] for it in document["contents"][0]["attributes"]]
    assert [it["code"] for it in terms if it["taxonomy"] == "NAICS 2022"] == ["238220"]
    path = file(tmp_path, document)
    assert counts(brought(world, path)) == (0, 0, 1, 0)
    emptied()
    brought(world, path)
    assert directory_document() == document
    assert Service.objects.get().category == service.category == "238220.1"
    terms[0]["code"] = "541120"
    brought(world, file(tmp_path, document))
    assert Service.objects.get().category == "541120"


def test_tables_there_and_back(world, tmp_path):
    full(world)
    before = directory_document()
    path = tmp_path / "tables.zip"
    path.write_bytes(directory_tables())
    assert directory_tables() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {"organizations.csv", "services.csv", "phones.csv"} <= set(archive.namelist())
    emptied()
    assert counts(brought(world, path)) == (2, 0, 0, 0)
    assert directory_document() == before


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)
LINE = TEXT.map(lambda text: " ".join(text.split()))
NAME = LINE.filter(bool)
DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2190, 1, 1))
SERVICE = st.fixed_dictionaries(
    {"name": NAME, "words": LINE, "category": st.sampled_from(["", "541120", "23", "238220.1"])}
)
PROVIDER = st.fixed_dictionaries(
    {
        "name": NAME,
        "kind": st.sampled_from(["firm", "person"]),
        "contact_name": LINE,
        "email": st.sampled_from(["", "a@b.example", "x.y+z@d.example.org"]),
        "phone": st.sampled_from(["", "+49 431 5550", "0431/5550", "ext 5"]),
        "website": st.sampled_from(["", "https://a.example/b?c=d", "http://b.example"]),
        "about": LINE,
        "street": LINE,
        "city": LINE,
        "postcode": st.sampled_from(["", "24103", "SW1A 1AA"]),
        "country": st.sampled_from(["", "DE", "GB"]),
        "reach_km": st.none() | st.integers(0, 1000),
        "languages": st.lists(st.sampled_from(["de", "en", "fr", "ur"]), unique=True),
        "capacity": st.sampled_from(["open", "limited", "full"]),
        "licence": LINE,
        "licence_until": DAYS,
        "price": st.none() | st.integers(1, 4),
        "why_confident": LINE,
        "public_words": LINE,
    }
)
PLACES = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180).filter(bool))
DIRECTORIES = st.lists(
    st.tuples(PROVIDER, PLACES, st.lists(SERVICE, max_size=2)),
    max_size=3,
    unique_by=lambda it: it[0]["name"].casefold(),
)
MANY = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking writes for minutes
)


def planted(world, directory) -> None:
    emptied()
    for fields, place, done in directory:
        north, east = place or (None, None)
        made = services.add_provider(by=world.by, latitude=north, longitude=east, **fields)
        for each in done:
            services.add_service(by=world.by, provider_id=made.pk, **each)


def test_a_contact_keeps_the_quotation_marks_of_their_name(world, tmp_path):
    names = ['"', '"Kit" Marl', 'Jo "Red" Hay']
    for name in names:
        services.add_provider(by=world.by, name=f"Of {name}", contact_name=name)
    before = directory_document()
    path = file(tmp_path, before)
    emptied()
    brought(world, path)
    assert directory_document() == before
    assert sorted(Provider.objects.values_list("contact_name", flat=True)) == sorted(names)


@MANY
@given(DIRECTORIES)
def test_any_directory_there_and_back(world, tmp_path, directory):
    planted(world, directory)
    before = directory_document()
    assert faults(before) == []
    path = file(tmp_path, before)
    emptied()
    report = brought(world, path)
    assert counts(report) == (len(directory), 0, 0, 0)
    assert directory_document() == before
    assert counts(brought(world, path)) == (0, 0, len(directory), 0)


@MANY
@given(DIRECTORIES)
def test_any_csv_there_and_back(world, tmp_path, directory):
    planted(world, directory)
    before = directory_csv()
    path = file(tmp_path, "", "ours.csv")
    path.write_bytes(before.encode())
    emptied()
    report = brought(world, path)
    assert counts(report) == (len(directory), 0, 0, 0)
    assert directory_csv() == before
    assert counts(brought(world, path)) == (0, 0, len(directory), 0)


PUBLISHED = ("service_full.json", "service_list.json", "organization_list.json", "tabular.json")


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_examples_come_in_and_go_out_whole(world, tmp_path, name):
    path = shared_path("hsds") / name
    assert counts(brought(world, path)) == (1, 0, 0, 0)
    made = Provider.objects.get()
    assert made.name == "Example Organization Inc."
    assert made.email == "email@example.com"
    assert counts(brought(world, path)) == (0, 0, 1, 0)
    first = directory_document()
    assert faults(first) == []
    told = file(tmp_path, first)
    emptied()
    assert counts(brought(world, told)) == (1, 0, 0, 0)
    assert directory_document() == first


def strings(value: Any) -> set[str]:
    """Every text in a document, but for identifiers."""
    if isinstance(value, dict):
        return set().union(*(strings(it) for name, it in value.items() if not name.endswith("id")))
    if isinstance(value, list):
        return set().union(*map(strings, value))
    return {value.strip()} if isinstance(value, str) else set()


def test_nothing_of_the_full_example_is_lost(world):
    path = shared_path("hsds") / "service_full.json"
    brought(world, path)
    given, told = json.loads(path.read_text()), directory_document()
    lost = strings(given) - strings(told)
    assert lost <= {'"+44 1234 234567"', "wait_time", "link_entity"} | {"US"}
    made = Provider.objects.get()
    assert made.phone == "+44 1234 234567"
    assert (made.contact_name, made.city, made.country) == ("Ann Persona", "MyCity", "US")
    assert made.languages == ["ur"]
    assert [it.name for it in made.services.all()] == ["Community Counselling"]


def test_a_place_outside_the_world_is_told_and_not_taken(world):
    report = brought(world, shared_path("hsds") / "service_full.json")
    assert [(it.field, it.place) for it in report.left_out] == [
        ("latitude", "the file.organization.locations[0]")
    ]
    assert Provider.objects.get().latitude is None


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("base.json", "where an HSDS service is"),
        ("taxonomy.json", "no organization"),
        ("taxonomy_list.json", "no organization"),
        ("taxonomy_term.json", "taxonomy terms"),
        ("taxonomy_term_list.json", "taxonomy terms"),
    ],
)
def test_published_files_without_providers_are_read_and_told(world, name, note):
    report = brought(world, shared_path("hsds") / name)
    assert report.read == 0
    assert any(note in it for it in report.notes)
    assert not Provider.objects.exists()


def test_a_page_says_that_it_is_one(world):
    report = brought(world, shared_path("hsds") / "service_list.json")
    assert "This is page 1 of 10: the others are files of their own." in report.notes


def test_a_real_county_of_the_older_form(world, tmp_path):
    folder = shared_path("ohana")
    report = brought(world, folder)
    assert counts(report) == (9, 0, 0, 0) or report.count("refused") == 0
    assert Service.objects.count() == 23
    first = directory_document()
    assert faults(first) == []
    assert counts(brought(world, folder))[2] == report.read
    archive = shutil.make_archive(str(tmp_path / "county"), "zip", folder)
    emptied()
    assert counts(brought(world, Path(archive))) == counts(report)
    assert directory_document() == first


def test_tables_that_name_each_other_by_id(world, tmp_path):
    tables = {
        "organizations": [{"id": "1", "name": "One"}, {"id": 2, "name": "Two"}],
        "services": [
            {"id": "s", "organization_id": 2, "name": "Notary", "status": "active"},
            {"id": "t", "location_id": "L", "name": "Wills", "status": "inactive"},
        ],
        "locations": [{"id": "L", "organization_id": "1", "latitude": "54.3", "longitude": "10.1"}],
        "phones": [{"id": 9, "organization_id": "1", "number": 4315550}],
        "attributes": [
            {"id": "a", "link_id": "s", "link_entity": "service", "taxonomy_term_id": "n"}
        ],
        "taxonomy_terms": [{"id": "n", "code": "541120", "name": "x", "taxonomy": "NAICS"}],
    }
    assert counts(brought(world, file(tmp_path, tables))) == (2, 0, 0, 0)
    one, two = Provider.objects.order_by("name")
    assert (one.phone, one.latitude, one.capacity) == ("4315550", 54.3, "full")
    assert (two.capacity, two.services.get().category) == ("open", "541120")


def test_two_publishers_number_1_are_two(world, tmp_path):
    for name in ("One", "Other"):
        brought(world, file(tmp_path, [{"id": "1", "name": name, "description": ""}]))
    assert Provider.objects.count() == 2


def test_what_the_file_says_is_taken_over_and_what_it_leaves_empty_stays(world, tmp_path):
    made = services.add_provider(by=world.by, name="Nordlicht", city="Kiel", price=2)
    given = {
        "id": "7d0c1d3e-0f36-4cf5-9c53-7a6d7e1d6d11",
        "name": "nordlicht",
        "description": "Law",
    }
    assert counts(brought(world, file(tmp_path, [given]))) == (0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.about, made.city, made.price) == ("Law", "Kiel", 2)
    assert made.source_ref == given["id"]
    services.remove_provider(by=world.by, provider_id=made.pk)
    assert counts(brought(world, file(tmp_path, [given]))) == (1, 0, 0, 0)


ODD = {
    "id": None,
    "name": "  Odd \x00 & \ud800 Sons ",
    "description": None,
    "email": "no address",
    "website": "www.odd.example",
    "phones": [None, {"number": None}, "0431 5550"],
    "locations": {"addresses": [{"city": "Kiel", "country": "Atlantis", "postal_code": "1" * 40}]},
    "services": [{"name": "Notary", "status": "unheard of"}, {"status": "active"}, 7],
    "languages": "German, Klingon",
    "surprise": {"deep": ["er", {"x": float("nan")}]},
}


def test_a_bad_part_costs_only_itself(world, tmp_path):
    report = brought(world, file(tmp_path, [ODD, 5, {"id": "2", "description": "nobody"}]))
    assert counts(report) == (1, 0, 0, 2)
    made = Provider.objects.get()
    assert made.name == "Odd & \ufffd Sons"
    assert (made.email, made.phone, made.city, made.country) == ("", "0431 5550", "Kiel", "")
    assert [it.name for it in made.services.all()] == ["Notary"]
    assert {"country", "postcode", "service"} <= {it.field for it in report.left_out}
    assert faults(directory_document()) == []


@pytest.mark.parametrize(
    "content", ["", "{", "nonsense", "3", '"text"', "[" * 100_000, "\ufffd", '{"contents"']
)
def test_what_is_no_directory_is_refused_whole(world, tmp_path, content):
    with pytest.raises(Invalid) as refused:
        brought(world, file(tmp_path, content))
    assert refused.value.code == "directory_unreadable"
    assert refused.value.lift


KEYS = (
    "id", "name", "organization", "services", "phones", "number", "locations", "addresses",
    "contents", "taxonomy_term", "attributes", "languages", "service", "location",
    "organization_id",
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=30,
)


@MANY
@given(JSON)
def test_any_json_is_taken_or_refused_and_never_breaks(world, tmp_path, value):
    emptied()
    try:
        report = brought(world, file(tmp_path, value))
    except Invalid:
        return
    assert report.count("created") == Provider.objects.count()
    document = directory_document()
    assert faults(document) == []
    again = file(tmp_path, document, "again.json")
    assert brought(world, again).count("refused") == 0
    assert directory_document() == document


def test_an_archive_that_unpacks_to_too_much_is_refused(world, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.csv", b"id,name\n" + b"0" * 20_000_000)
    with pytest.raises(Invalid):
        brought(world, path)


def test_an_archive_writes_nowhere_else(world, tmp_path):
    path = tmp_path / "climbs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../organizations.csv", "id,name\n1,Nordlicht\n")
    assert counts(brought(world, path)) == (1, 0, 0, 0)
    assert not (tmp_path.parent / "organizations.csv").exists()


# our own CSV


def test_the_columns_of_the_csv(world):
    made = full(world)
    head, *_ = directory_csv().split("\r\n")
    assert head == ",".join(f'"{name}"' for name in COLUMNS)
    assert "'+49 431 5550" in directory_csv()
    services.change_provider(by=world.by, provider_id=made.pk, about="=cmd|' /C calc'!A0")
    assert "\"'=cmd" in directory_csv()


def test_a_csv_by_hand_in_windows_letters(world, tmp_path):
    path = tmp_path / "wish.csv"
    text = (
        "Name;Zip;City;Country;Languages;Services;Price;Colour\n"
        'Bäckerei Groß;24103;Kiel;Germany;German en;"Bread [311811]\nRolls";9;red\n'
        ";1;;;;;;\n"
    )
    path.write_bytes(text.encode("cp1252"))
    report = brought(world, path)
    assert counts(report) == (1, 0, 0, 1)
    assert report.rows[1].place == "line 4"
    assert [(it.place, it.field) for it in report.left_out] == [("line 2", "price")]
    assert "Colour" in report.notes[0]
    made = queries.providers(search="Groß").get()
    assert (made.country, made.languages, made.postcode) == ("DE", ["de", "en"], "24103")
    assert [(it.name, it.category) for it in made.services.all()] == [
        ("Bread", "311811"), ("Rolls", ""),
    ]  # fmt: skip


def test_a_service_called_like_a_guard_of_ours_comes_back(world, tmp_path):
    made = services.add_provider(by=world.by, name="Odd", about="\nAbout")
    for name in ("'", "Notary"):
        services.add_service(by=world.by, provider_id=made.pk, name=name)
    before = directory_csv()
    path = tmp_path / "ours.csv"
    path.write_bytes(before.encode())
    emptied()
    brought(world, path)
    assert directory_csv() == before


def test_a_csv_without_names_is_refused(world, tmp_path):
    with pytest.raises(Invalid) as refused:
        brought(world, file(tmp_path, "a,b\n1,2\n", "odd.csv"))
    assert "name" in refused.value.sentence
