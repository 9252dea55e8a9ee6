"""A note as each helpdesk's own specification wants it, and what its answers mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import urlsplit

import jsonschema
import pytest
from hubspot.crm.objects import notes as hubspot_notes

from tests.connections.stubs import SPECS, stub_of
from warmhand.apps.connections.calling import Answer, Call, call
from warmhand.apps.connections.notes import NOTE_PEERS, Desk, outcome_of
from warmhand.apps.connections.notes.sending import send
from warmhand.problems import Invalid
from warmhand.wording.notes import VerdictNote, headline, verdict_word

NOW = dt.datetime.fromtimestamp(2_000_000_000, dt.UTC)
NOTE = VerdictNote(
    headline("resolved", True),
    (("2 cases <open>.", "Solve them & confirm."),),
    ("Is it 'solved'?", "Häuser & <b>Söhne</b>"),
    "https://warmhand.example/console/1/?case=2&x=1",
)
REFS = {peer: "ticket:35436" if peer == "hubspot" else "35436" for peer in NOTE_PEERS}


def desk_at(base: str, key: str = "k3y", peer: str = "zendesk") -> Desk:
    users = {"zendesk": "agent@desk.example", "intercom": "991", "helpscout": "app"}
    return Desk(base, key, users.get(peer, ""), "7" if peer == "chatwoot" else "")


def sent_to(stub, peer, ref=None, key="k3y"):
    inside = {urlsplit(stub.url).netloc}
    return send(
        NOTE_PEERS[peer],
        desk_at(stub.url, key, peer),
        ref or REFS[peer],
        NOTE,
        inside=inside,
        now=NOW,
    )


@pytest.mark.parametrize("peer", NOTE_PEERS)
def test_a_note_is_taken_as_the_specification_says(peer):
    with stub_of(peer) as stub:
        outcome = sent_to(stub, peer)
    assert outcome.written, outcome.sentence
    assert stub.wrong == []
    [body] = stub.notes
    text = str(body)
    assert "Häuser" in text
    assert ("&lt;b&gt;" in text) != (peer == "chatwoot")  # Chatwoot takes text, the others HTML


@pytest.mark.parametrize("peer", NOTE_PEERS)
def test_what_is_refused_is_not_tried_again(peer):
    spec = SPECS[peer]
    with stub_of(peer) as stub:
        unknown = sent_to(stub, peer, key="old")
        stub.answers = [(*spec.invalid, {})]
        invalid = sent_to(stub, peer)
    assert (unknown.written, unknown.passing) == (False, False)
    assert "token" in unknown.sentence
    assert (invalid.written, invalid.passing) == (False, False)
    assert "won't take the note" in invalid.sentence
    assert stub.notes == []


@pytest.mark.parametrize("peer", [peer for peer in NOTE_PEERS if peer != "hubspot"])
def test_a_ticket_that_is_gone_is_said_to_be(peer):
    with stub_of(peer) as stub:
        outcome = sent_to(stub, peer, ref="404404")
    assert (outcome.written, outcome.passing) == (False, False)
    assert "no such ticket" in outcome.sentence


@pytest.mark.parametrize("peer", NOTE_PEERS)
def test_a_limit_says_how_long_to_wait(peer):
    with stub_of(peer) as stub:
        stub.answers = [(429, None, SPECS[peer].wait), (500, None, {})]
        limited, broken = sent_to(stub, peer), sent_to(stub, peer)
        assert sent_to(stub, peer).written
    assert (limited.written, limited.passing, limited.wait) == (False, True, dt.timedelta(0, 93))
    assert (broken.written, broken.passing, broken.wait) == (False, True, None)


def test_zendesks_own_words_are_told():
    with stub_of("zendesk") as stub:
        stub.answers = [(*SPECS["zendesk"].invalid, {})]
        assert "closed prevents ticket update" in sent_to(stub, "zendesk").sentence


def test_control_the_stub_refuses_a_public_note():
    """What the stubs are for: a note that clients would read breaks the specification."""
    body = {"ticket": {"comment": {"html_body": "x", "public": True}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, SPECS["zendesk"].schema)
    with stub_of("chatwoot") as stub:
        path = "/api/v1/accounts/7/conversations/35436/messages"
        public = Call("POST", stub.url + path, {"api_access_token": "k3y"}, b'{"content": "x"}')
        assert call(public, inside={urlsplit(stub.url).netloc}).status == 422
    assert stub.notes == []
    assert len(stub.wrong) == 1


def test_hubspots_own_models_take_the_note():
    request = NOTE_PEERS["hubspot"].write(desk_at("https://api.hubapi.com"), "deal:17", NOTE)
    import json

    body = json.loads(request.body)
    [link] = body["associations"]
    [kind] = link["types"]
    made = hubspot_notes.SimplePublicObjectInputForCreate(
        properties=body["properties"],
        associations=[
            hubspot_notes.PublicAssociationsForObject(
                to=hubspot_notes.PublicObjectId(id=link["to"]["id"]),
                types=[
                    hubspot_notes.AssociationSpec(
                        association_category=kind["associationCategory"],
                        association_type_id=kind["associationTypeId"],
                    )
                ],
            )
        ],
    )
    assert made.associations[0].to.id == "17"
    assert kind["associationTypeId"] == 214


@pytest.mark.parametrize("peer", NOTE_PEERS)
@pytest.mark.parametrize("ref", ["", "../users/1", "1/../../x", "1?x=1", "1#", "a b", "é", "%2e"])
def test_a_number_that_would_lead_elsewhere_is_refused(peer, ref):
    with pytest.raises(Invalid):
        NOTE_PEERS[peer].write(desk_at("https://desk.example", peer=peer), ref, NOTE)


def test_what_is_missing_is_named():
    peer = NOTE_PEERS["zendesk"]
    assert peer.lacks(desk_at("https://desk.example")) == ""
    said = peer.lacks(Desk("", ""))
    assert "Address of its API" in said
    assert "API token" in said
    assert "whose token" in said


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "5"}, 5),
        ({"retry-after": "999999999999"}, 3600),
        ({"retry-after": "Wed, 18 May 2033 03:34:20 GMT"}, 60),
        ({"retry-after": "Wed, 18 May 2033 03:30:00 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"x-ratelimit-reset": "2000000060"}, 60),
        ({"x-ratelimit-reset": "1"}, None),
        ({}, None),
    ],
)
def test_how_long_a_peer_wants_to_be_left_in_peace(headers, wait):
    outcome = outcome_of(Answer(429, headers, b""), now=NOW)
    assert outcome.wait == (None if wait is None else dt.timedelta(seconds=wait))


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 410, 413, 422, 451])
def test_what_will_not_pass_is_given_up(status):
    outcome = outcome_of(Answer(status, {}, b"<html>no</html>"), now=NOW)
    assert (outcome.written, outcome.passing) == (False, False)
    assert str(status) in outcome.sentence


def test_a_peers_words_are_short_plain_and_never_markup_of_control():
    body = ('{"message": "' + "a\\u0000\\u001b[31m" * 200 + '"}').encode()
    sentence = outcome_of(Answer(400, {}, body), now=NOW).sentence
    assert len(sentence) < 300
    assert sentence.isprintable()
    deep = b'{"a":' * 3000 + b"1" + b"}" * 3000
    assert outcome_of(Answer(400, {}, deep), now=NOW).sentence.endswith(".")


def test_the_text_says_what_to_do_and_nothing_is_markup():
    assert NOTE.plain.splitlines()[0] == f"Warmhand: {NOTE.headline}"
    assert "<open>" in NOTE.plain
    assert "<open>" not in NOTE.html
    assert "&lt;open&gt;" in NOTE.html
    assert 'href="https://warmhand.example/console/1/?case=2&amp;x=1"' in NOTE.html
    empty = replace(NOTE, reasons=(), say=(), link="")
    assert empty.plain == f"Warmhand: {NOTE.headline}"
    assert "<ul>" not in empty.html


def test_nothing_is_asked_of_a_client_whose_case_is_open():
    assert headline("open", True) == headline("open", False)
    assert verdict_word("open", True) == "Not solved"
    assert len({verdict_word(s, a) for s in ("resolved", "confirmed") for a in (True, False)}) == 4
