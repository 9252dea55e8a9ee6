"""Who is it really: nothing forged gets in, whatever bit, secret or time was changed.

Signed by libraries of others where there are any (see signers.py). The control checks after
parsing, and lets in what was written anew.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connections.signers import (
    SECRETS,
    SIGN_THE_BODY,
    SIGN_THE_TIME,
    SIGNERS,
    URI,
    arrived,
    svix,
)
from tests.shared_data import shared_path
from warmhand.apps.connections.peers import ADAPTERS
from warmhand.apps.connections.peers.kinds import Arrived, Refusal

NOW = dt.datetime(2026, 4, 2, 9, 30, tzinfo=dt.UTC)
PEERS = sorted(SIGNERS)
BODIES = st.dictionaries(
    st.text(max_size=8), st.one_of(st.text(max_size=20), st.integers(), st.none()), max_size=4
).map(lambda body: json.dumps(body).encode())
EXAMPLES = settings(max_examples=25)


def verdict(peer, sent, *, secrets=None, now=NOW):
    return ADAPTERS[peer].verify(sent, secrets or (SECRETS[peer],), now)


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(raw=BODIES, seconds=st.integers(-299, 299))
def test_what_the_peer_signed_gets_in(peer, raw, seconds):
    sent = arrived(peer, raw, now=NOW + dt.timedelta(seconds=seconds))
    assert verdict(peer, sent) is None


@EXAMPLES
@given(raw=BODIES)
def test_svix_signs_the_plain_one_too(raw):
    assert verdict("plain", arrived("plain", raw, now=NOW, signer=svix)) is None


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(raw=BODIES, before=st.booleans())
def test_during_a_rotation_both_secrets_fit(peer, raw, before):
    other = "whsec_" + "QUJD" * 8
    secrets = (other, SECRETS[peer]) if before else (SECRETS[peer], other)
    assert verdict(peer, arrived(peer, raw, now=NOW), secrets=secrets) is None


@pytest.mark.parametrize("peer", SIGN_THE_BODY)
@EXAMPLES
@given(raw=BODIES, where=st.integers(0, 10_000))
def test_a_flipped_bit_is_refused(peer, raw, where):
    sent = arrived(peer, raw, now=NOW)
    place, bit = (where // 8) % len(raw), where % 8
    forged = bytearray(raw)
    forged[place] ^= 1 << bit
    found = verdict(peer, Arrived(bytes(forged), sent.headers, sent.method, sent.uri))
    assert found is Refusal.WRONG_SIGNATURE


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(raw=BODIES, data=st.data())
def test_a_flipped_bit_in_a_header_is_refused(peer, raw, data):
    sent = arrived(peer, raw, now=NOW)
    signed = [n for n in sent.headers if n not in ("x-helpscout-event", "x-chatwoot-delivery")]
    name = data.draw(st.sampled_from(sorted(signed)))
    said = sent.headers[name].encode()
    place, bit = data.draw(st.integers(0, len(said) - 1)), data.draw(st.integers(0, 6))
    changed = bytearray(said)
    changed[place] ^= 1 << bit
    headers = {**sent.headers, name: changed.decode("latin1")}
    assert verdict(peer, Arrived(raw, headers, "POST", URI)) is not None


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(raw=BODIES, wrong=st.binary(min_size=12, max_size=32))
def test_another_secret_is_refused(peer, raw, wrong):
    import base64

    secret = f"whsec_{base64.b64encode(wrong).decode()}"
    assert verdict(peer, arrived(peer, raw, now=NOW, secret=secret)) is Refusal.WRONG_SIGNATURE


@pytest.mark.parametrize("peer", SIGN_THE_TIME)
@EXAMPLES
@given(raw=BODIES, seconds=st.integers(302, 10**9), ahead=st.booleans())
def test_an_old_and_a_future_time_are_refused(peer, raw, seconds, ahead):
    """A day ahead is refused too: HubSpot's own client would take it."""
    away = dt.timedelta(seconds=seconds if ahead else -min(seconds, 7 * 10**8))
    assert verdict(peer, arrived(peer, raw, now=NOW + away)) is Refusal.WRONG_TIME


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(raw=BODIES, data=st.data())
def test_a_header_left_out_is_refused(peer, raw, data):
    sent = arrived(peer, raw, now=NOW)
    optional = ("x-helpscout-event", "x-chatwoot-delivery")
    name = data.draw(st.sampled_from(sorted(set(sent.headers) - set(optional))))
    headers = {k: v for k, v in sent.headers.items() if k != name}
    assert verdict(peer, Arrived(raw, headers, "POST", URI)) is not None


@pytest.mark.parametrize("peer", PEERS)
def test_without_a_secret_everything_is_refused(peer):
    sent = arrived(peer, b"{}", now=NOW)
    assert ADAPTERS[peer].verify(sent, (), NOW) is Refusal.NONE_SET
    assert ADAPTERS[peer].verify(Arrived(b"{}", {}), (), NOW) is Refusal.NONE_SET


RE_ENCODED = b'{"a":1,  "b":"\xc3\xa9"}'


@pytest.mark.parametrize("peer", SIGN_THE_BODY)
def test_the_same_json_written_anew_is_refused(peer):
    sent = arrived(peer, RE_ENCODED, now=NOW)
    anew = json.dumps(json.loads(RE_ENCODED)).encode()
    assert verdict(peer, Arrived(anew, sent.headers, "POST", URI)) is Refusal.WRONG_SIGNATURE


@pytest.mark.parametrize("peer", SIGN_THE_BODY)
def test_control_a_check_after_parsing_would_let_it_in(peer):
    """What must not be built: both sides brought into one form first."""
    form = json.dumps(json.loads(RE_ENCODED), sort_keys=True).encode()
    sent = arrived(peer, form, now=NOW)
    received = b'{  "b":"\\u00e9","a":1}'  # not the bytes that were signed
    parsed_first = json.dumps(json.loads(received), sort_keys=True).encode()
    assert verdict(peer, Arrived(parsed_first, sent.headers, "POST", URI)) is None
    assert verdict(peer, Arrived(received, sent.headers, "POST", URI)) is not None


@pytest.mark.parametrize("uri", [f"{URI}?x=1", URI.replace("https", "http"), "https://other/"])
def test_hubspot_signs_the_address_too(uri):
    sent = arrived("hubspot", b"[]", now=NOW)
    assert verdict("hubspot", Arrived(b"[]", sent.headers, "POST", uri)) is not None
    assert verdict("hubspot", Arrived(b"[]", sent.headers, "PUT", URI)) is not None


def test_hubspots_published_vector():
    vectors = json.loads((shared_path("hubspot") / "signature_vectors.json").read_text())
    vector = next(each for each in vectors if each["version"] == "v3")
    headers = {
        "x-hubspot-signature-v3": vector["signature"],
        "x-hubspot-request-timestamp": vector["timestamp"],
    }
    sent = Arrived(vector["body"].encode(), headers, vector["http_method"], vector["uri"])
    then = dt.datetime.fromtimestamp(int(vector["timestamp"]) / 1000, dt.UTC)
    assert verdict("hubspot", sent, secrets=(vector["client_secret"],), now=then) is None
    assert verdict("hubspot", sent, secrets=(vector["client_secret"],), now=NOW) is not None


def test_hubspots_first_version_is_refused():
    """It has no time in it: whoever saw one could send it again for ever."""
    vectors = json.loads((shared_path("hubspot") / "signature_vectors.json").read_text())
    vector = next(each for each in vectors if each["version"] == "v1")
    headers = {"x-hubspot-signature": vector["signature"]}
    sent = Arrived(vector["body"].encode(), headers, "POST", URI)
    found = verdict("hubspot", sent, secrets=(vector["client_secret"],))
    assert found is Refusal.NO_SIGNATURE


def test_the_published_vector_of_standard_webhooks():
    vector = json.loads((shared_path("standard-webhooks") / "sign_vector.json").read_text())
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    sent = Arrived(vector["body"].encode(), {name: vector[name] for name in names})
    then = dt.datetime.fromtimestamp(int(vector["webhook-timestamp"]), dt.UTC)
    assert verdict("plain", sent, secrets=(vector["secret"],), now=then) is None


def test_several_signatures_in_one_header():
    sent = arrived("plain", b"{}", now=NOW)
    both = f"v1,AAAA v1a,xyz {sent.headers['webhook-signature']}"
    headers = {**sent.headers, "webhook-signature": both}
    assert verdict("plain", Arrived(b"{}", headers)) is None


def test_freshdesk_by_the_password_of_basic_authentication():
    import base64

    said = base64.b64encode(f"warmhand:{SECRETS['freshdesk']}".encode()).decode()
    fits = Arrived(b"{}", {"authorization": f"Basic {said}"})
    assert verdict("freshdesk", fits) is None
    for header in (f"Bearer {said}", "Basic", "Basic !!!", f"Basic {said[:-6]}"):
        assert verdict("freshdesk", Arrived(b"{}", {"authorization": header})) is not None


@pytest.mark.parametrize("peer", PEERS)
@EXAMPLES
@given(
    raw=st.binary(max_size=60),
    headers=st.dictionaries(
        st.sampled_from(sorted({n for p in PEERS for n in arrived(p, b"{}", now=NOW).headers})),
        st.text(max_size=40),
    ),
)
def test_whatever_comes_is_answered_and_refused(peer, raw, headers):
    assert verdict(peer, Arrived(raw, headers, "POST", URI)) is not None


@pytest.mark.parametrize("peer", PEERS)
def test_what_the_test_button_signs_fits(peer):
    """Our own signing, judged by our own check that the libraries above have proved."""
    headers = ADAPTERS[peer].sign(b"{}", SECRETS[peer], URI, "msg_9", NOW)
    assert verdict(peer, Arrived(b"{}", headers, "POST", URI)) is None
