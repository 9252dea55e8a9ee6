"""The pages of a key ring, and that no name of it leaves them before it is earned (P1)."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.checked import Caller, key_of
from tests.asks.earned import earn
from tests.people.test_keys import HEAD, ROWS
from warmhand.apps.accounts.models import Member
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.people import services as people
from warmhand.apps.people.models import KeyList, KeyRingEntry
from warmhand.apps.work.models import Case, Rating
from warmhand.rulebook import ASKS

MARK = "Zzyzx"


@pytest.fixture
def ada(closed_world):
    """A client of whom the ask is earned, with five keys that all fit."""
    world = closed_world
    with workspace_scope(world.workspace.pk):
        client = earn(world, company=world.company())
        for number in range(3):
            people.add_key(
                by=world.by, client_id=client.pk, name=f"{MARK} Out{number}", closeness=5
            )
            people.add_key(
                by=world.by,
                client_id=client.pk,
                name=f"{MARK} In{number}",
                closeness=5,
                inside=True,
            )
        touch(client_id=client.pk)
    return client


@pytest.fixture
def signed_in(closed_world):
    def sign_in(role="account_manager") -> Client:
        client = Client()
        client.force_login(
            closed_world.users[role], "allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in


def said(answer) -> str:
    assert answer.status_code in (200, 302, 409), answer.content.decode()[:500]
    return answer.content.decode()


def not_yet(world, client) -> None:
    with workspace_scope(world.workspace.pk):
        Rating.objects.create(client=client, on=world.today(), score=2)
        touch(client_id=client.pk)


PAGES_THAT_PROPOSE = (
    "/today/",
    "/today/?move=ask",
    "/clients/{id}/verdict/",
    "/clients/{id}/verdict/what-if/?fact_days_since_rating=0",
    "/console/?q=Ada",
    "/console/{id}/",
    *(f"/clients/{{id}}/moves/{move.value}/do/" for move in ASKS),
    "/asks/",
    "/journal/",
    "/clients/",
    "/clients/{id}/?tab=journal",
    "/clients/{id}/?tab=days",
)
CALLS_THAT_PROPOSE = ("/clients/{id}", "/clients/{id}/verdict", "/today", "/asks", "/clients")


def everything_said(world, client, http) -> dict[str, str]:
    """All pages and answers that may propose an ask of this client, by their address."""
    found = {}
    for page in PAGES_THAT_PROPOSE:
        if page.startswith("/clients/{id}/?"):
            continue  # the client's own page: see the test of who sees the ring
        found[page] = said(http.get(page.format(id=client.pk)))
    api = Caller(key_of(world.workspace.pk, world.by))
    for call in CALLS_THAT_PROPOSE:
        answer = api.get(call.format(id=client.pk))
        assert answer.status == 200, call
        found[call] = json.dumps(answer.body)
    with workspace_scope(world.workspace.pk):
        case = Case.objects.create(client=client, title="Leak", opened_on=world.days_ago(2))
    for what in ("resolved", "confirmed"):
        answer = api.post("/moments", {"case": case.pk, "what": what})
        assert answer.status == 200, answer.body
        found[f"moment: {what}"] = json.dumps(answer.body)
    found["ask by API"] = json.dumps(api.post("/asks", {"client_id": client.pk}).body)
    found["ask in the console"] = said(
        http.post(f"/console/{client.pk}/ask/", {"kind": "ask"}, follow=True)
    )
    return found


def names_in(text: str) -> set[str]:
    return set(re.findall(rf"{MARK} (?:Out|In)\d", text))


def test_no_answer_that_proposes_an_ask_names_a_key_before_it_is_earned(
    closed_world, ada, signed_in
):
    not_yet(closed_world, ada)
    for where, text in everything_said(closed_world, ada, signed_in("agent")).items():
        assert MARK not in text, where


def test_two_at_most_are_named_once_it_is_earned(closed_world, ada, signed_in):
    """The control of the test above: the names are there to be found."""
    named = {
        where: names_in(text)
        for where, text in everything_said(closed_world, ada, signed_in("agent")).items()
    }
    assert all(len(names) <= 2 for names in named.values()), named
    assert named["/clients/{id}/verdict/"] == {f"{MARK} Out0", f"{MARK} Out1"}
    assert named["/clients/{id}/moves/ask_coworker/do/"] == {f"{MARK} In0", f"{MARK} In1"}
    assert named["/clients/{id}/moves/ask_more/do/"] == set()
    assert named["moment: resolved"] == set()
    assert named["moment: confirmed"] == {f"{MARK} Out0", f"{MARK} Out1"}


def test_what_the_command_line_prints_names_no_key(closed_world, ada, capsys):
    """`verdict`, `verdict --json` and `today` print these; earned or not."""
    from warmhand.apps.asks.queries import verdict_of
    from warmhand.cli.verdict import _tell

    with workspace_scope(closed_world.workspace.pk):
        verdict = verdict_of(ada.pk)
        assert verdict.decision.may_ask
        _tell(verdict)
        text = capsys.readouterr().out + json.dumps(verdict.as_dict())
    assert "Ada Kettle" in text
    assert MARK not in text


def test_the_console_shows_the_names_of_the_ask_with_its_words(closed_world, ada, signed_in):
    http = signed_in("agent")
    before = said(http.get(f"/console/{ada.pk}/"))
    assert "Yes, ask now" in before
    assert MARK not in before
    page = said(http.post(f"/console/{ada.pk}/ask/", {"kind": "ask"}, follow=True))
    assert f"Might {MARK} Out0 or {MARK} Out1 be somebody whom we could help" in page
    assert "they know each other very well" in page.lower()
    with workspace_scope(closed_world.workspace.pk):
        assert KeyRingEntry.objects.exclude(named_on=None).count() == 2


def test_the_verdict_says_why_there_is_no_name(closed_world, ada, signed_in):
    with workspace_scope(closed_world.workspace.pk):
        KeyRingEntry.objects.all().update(closeness=None)
    page = said(signed_in().get(f"/clients/{ada.pk}/verdict/"))
    assert "No name on their key ring fits" in page


@pytest.mark.parametrize(
    ("role", "sees"),
    [("owner", True), ("leader", True), ("account_manager", True), ("agent", False)],
)
def test_who_cares_for_the_client_sees_the_ring(closed_world, ada, signed_in, role, sees):
    http = signed_in(role)
    page = said(http.get(f"/clients/{ada.pk}/"))
    assert (MARK in page) is sees
    ring = http.get(f"/clients/{ada.pk}/key-ring/")
    assert ring.status_code == (200 if sees else 403)
    assert (MARK in ring.content.decode()) is sees
    with workspace_scope(closed_world.workspace.pk):
        key = KeyRingEntry.objects.first()
    for act in ("edit", "confirm", "no-contact"):
        answer = http.get(f"/records/key/{key.pk}/{act}/")
        assert answer.status_code == (200 if sees else 403)
    if not sees:
        assert "shown to Account Colleague" in page
        assert http.post(f"/records/key/{key.pk}/remove/").status_code == 403


def test_a_ring_is_told_not_to_be_named_before_it_is_earned(closed_world, ada, signed_in):
    http = signed_in()
    assert "holds up two of them at most" in said(http.get(f"/clients/{ada.pk}/"))
    not_yet(closed_world, ada)
    assert "Not to be named to anybody before the ask is earned" in said(
        http.get(f"/clients/{ada.pk}/")
    )


def test_several_people_are_added_found_and_undone(closed_world, ada, signed_in):
    http = signed_in()
    where = f"/clients/{ada.pk}/key-ring/"
    lines = {
        "r0-name": "Ines Marl", "r0-company_name": "Marl Design", "r0-closeness": "4",
        "r1-name": "Bo Li", "r1-relation": "neighbours",
    }  # fmt: skip
    page = said(http.post(where, lines, follow=True))
    assert "2 people are on the ring." in page
    assert "Ines Marl" in said(http.get(where, {"q": "marl"}))
    assert "Bo Li" not in said(http.get(where, {"q": "marl"}))
    assert "Nobody fits" in said(http.get(where, {"q": "nobody"}))
    undo = re.search(r'action="(/journal/\d+/undo/)"', page)
    http.post(undo[1])
    assert "Ines Marl" not in said(http.get(where))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"r0-relation": "neighbours"}, "Who is it?"),
        ({}, "Name at least one person."),
        ({"r0-name": "Ines", "r0-relation": "ines@marl.example"}, "Leave out addresses"),
        ({"r0-name": "x" * 201}, "at most 200"),
    ],
)
def test_lines_that_cannot_be_taken_say_so(ada, signed_in, lines, expected):
    answer = signed_in().post(f"/clients/{ada.pk}/key-ring/", lines)
    assert answer.status_code == 422
    assert expected in answer.content.decode()


def upload(http, client, content=HEAD + ROWS, **more):
    raw = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("Connections.csv", raw)
    return http.post(f"/clients/{client.pk}/key-ring/list/", {"file": file, "theirs": "on", **more})


def test_a_list_is_previewed_chosen_from_and_forgotten(
    closed_world, ada, signed_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    http = signed_in()
    where = upload(http, ada).headers["Location"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()], "the file is deleted"
    page = said(http.get(where))
    assert "gave us this list themselves" in page
    assert "Ines Marl" in page
    assert "checked" not in page, "nobody is ticked by itself"
    assert "linkedin.com" not in page
    assert "Nobody fits" in said(http.get(where, {"q": "nobody"}))
    assert "Bo Li" not in said(http.get(where, {"q": "ines marl"}))
    assert http.post(where, {}).status_code == 422
    page = said(http.post(where, {"chosen": ["0", "nonsense"]}, follow=True))
    assert "Took 1 person from the list" in page
    with workspace_scope(closed_world.workspace.pk):
        assert KeyRingEntry.objects.filter(name="Ines Marl", source="linkedin").count() == 1
        assert not KeyRingEntry.objects.filter(name="Bo Li").exists()
    assert "waits to be chosen from" in said(http.get(f"/clients/{ada.pk}/key-ring/"))
    http.post(f"{where}forget/")
    assert "This list is forgotten" in said(http.get(where))
    with workspace_scope(closed_world.workspace.pk):
        assert KeyList.objects.get().rows == []
    assert http.post(where, {"chosen": ["1"]}).status_code == 409


def test_rows_that_fit_what_we_did_come_first_and_can_be_shown_alone(ada, signed_in):
    http = signed_in()
    content = HEAD + "Aa,Aa,,,Bakery,Baker,\nZed,Fit,,,Zed Roofs,Roof builder,\n"
    where = upload(http, ada, content).headers["Location"]
    page = said(http.get(where))
    assert page.index("Zed Fit") < page.index("Aa Aa")
    assert "Aa Aa" not in said(http.get(where, {"fits": "yes"}))


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        (HEAD + ROWS, {"theirs": ""}, "Only a list that they gave us themselves"),
        ("Given,Family\nA,B\n", {}, "names the columns First Name and Last Name"),
        (HEAD + 'Bo,"Li,,,,,\n', {}, "A quotation mark opened on line 2"),
        (b"\x89PNG\r\n", {}, "holds a picture"),
    ],
)
def test_a_file_that_is_no_list_is_refused_on_its_field(ada, signed_in, content, more, expected):
    answer = upload(signed_in(), ada, content, **more)
    assert answer.status_code == 422
    assert expected in answer.content.decode()


def test_the_ring_s_page_asks_a_bounded_number_of_times(
    closed_world, ada, signed_in, django_assert_max_num_queries
):
    http = signed_in("owner")
    with workspace_scope(closed_world.workspace.pk):
        for number in range(40):
            people.add_key(by=closed_world.by, client_id=ada.pk, name=f"Key {number}")
    http.get("/today/")
    with django_assert_max_num_queries(16):
        said(http.get(f"/clients/{ada.pk}/key-ring/"))


def test_an_unkept_client_is_everybody_s(closed_world, ada, signed_in):
    with workspace_scope(closed_world.workspace.pk):
        type(ada).objects.filter(pk=ada.pk).update(keeper=None)
        assert Member.objects.count() == 4
    assert MARK in said(signed_in("agent").get(f"/clients/{ada.pk}/key-ring/"))
