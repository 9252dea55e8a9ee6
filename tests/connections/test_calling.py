"""Calling out: no address that leads inside is ever reached, by whatever road (safety.md, 18)."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from tests.connections.traps import certificate, ok, trap
from warmhand.apps.connections.calling import Call, Unreachable, addresses, call, client
from warmhand.apps.connections.calling.addresses import may_call, may_call_inside

_INSIDE = (
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 "
    "127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 "
    "169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.170 192.0.0.192 "
    "192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 "
    "203.0.113.9 224.0.0.1 224.0.0.251 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 "
    "::127.0.0.1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 "
    "::ffff:7f00:1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b::169.254.169.254 "
    "64:ff9b:1::7f00:1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1 "
    "2002:7f00:1:: 2002:a00:1:: 2002:a9fe:a9fe:: 2002:c0a8:1:: 3fff::1 5f00::1 fc00::1 "
    "fd00::1 fd00:ec2::254 fdff:ffff::1 fe80::1 fe80::1%eth0 feb0::1 fec0::1 ff01::1 ff02::1 "
    "ff05::2 4000::1 8000::1 f000::1 "
)
_OUTSIDE = (
    "1.1.1.1 8.8.8.8 9.9.9.9 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 "
    "168.63.129.15 169.253.255.255 169.255.0.1 172.15.255.255 172.32.0.1 192.0.1.1 "
    "192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.254 ::ffff:8.8.8.8 "
    "64:ff9b::808:808 2002:808:808:: 2606:4700::1111 2001:4860:4860::8888 2a00:1450:4001::1 "
)
INSIDE, OUTSIDE = _INSIDE.split(), _OUTSIDE.split()
NOT_AN_ADDRESS = ["", "localhost", "127.1", "0x7f000001", "2130706433", "017700000001", "1.2.3"]


def test_the_table_is_long_enough_to_mean_something():
    assert len(INSIDE) >= 60
    assert len({*INSIDE}) == len(INSIDE)


@pytest.mark.parametrize("text", INSIDE + NOT_AN_ADDRESS)
def test_what_leads_inside_is_denied(text):
    assert not may_call(text)


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_is_out_in_the_world_is_allowed(text):
    assert may_call(text)


def test_control_the_standard_library_alone_lets_some_through():
    """Why the table is ours: `is_private` would call multicast, NAT64 and neighbours."""
    through = [text for text in INSIDE if not ipaddress.ip_address(text).is_private]
    assert {"100.64.0.1", "224.0.0.1", "64:ff9b::7f00:1", "168.63.129.16"} <= {*through}


def test_metadata_is_denied_even_to_a_named_host():
    assert may_call_inside("10.0.0.5")
    assert may_call_inside("127.0.0.1")
    for text in ("169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "x"):
        assert not may_call_inside(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/",
        "https://desk.example:8443/",
        "https://user:secret@desk.example/",
        "ftp://desk.example/",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "https://desk.example:99999/",
    ],
)
def test_only_https_on_its_port_is_called(url):
    with pytest.raises(Unreachable) as refused:
        call(Call("GET", url), resolve=lambda *_: pytest.fail("it was looked up"))
    assert not refused.value.passing


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f000001", "2130706433", "017700000001", "localhost", "127.0.0.1"]
)
def test_numbers_in_any_writing_are_refused_by_what_they_resolve_to(everything_to, host):
    with trap() as found:
        everything_to(found.port)
        with pytest.raises(Unreachable, match="isn't called from here"):
            call(Call("GET", f"https://{host}/"))
    assert found.reached == 0


def test_a_name_that_leads_inside_too_is_refused_altogether():
    with pytest.raises(Unreachable) as refused:
        call(Call("GET", "https://desk.example/"), resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert "WARMHAND_PRIVATE_HELPDESKS" in refused.value.sentence


def test_a_name_nobody_has_may_be_tried_again():
    with pytest.raises(Unreachable) as refused:
        call(Call("GET", "https://desk.example/"), resolve=lambda *_: [])
    assert refused.value.passing


# What the guards are for: a server on loopback that nobody may reach. Each of the two guards holds
# alone; with both off it is reached, so that the test can fail.


@pytest.fixture
def everything_to(monkeypatch):
    """A trap that stands for port 443 of whatever is resolved to loopback."""

    def lead(port, *, no_table=False, no_second_look=False):
        real = socket.create_connection
        monkeypatch.setattr(
            client.urllib3.util.connection,
            "create_connection",
            lambda address, *rest, **more: real(("127.0.0.1", port)),
        )
        if no_table:
            monkeypatch.setattr(client, "_address", lambda target, resolve: "127.0.0.1")
        if no_second_look:
            monkeypatch.setattr(client._Target, "may", lambda self, address: True)

    return lead


def test_each_guard_alone_keeps_the_trap_unheard(everything_to):
    with trap() as found:
        everything_to(found.port)
        with pytest.raises(Unreachable, match="isn't called from here"):
            call(Call("GET", "https://desk.example/"), resolve=lambda *_: ["127.0.0.1"])
        assert found.reached == 0
        # a name that was fine when it was looked up, and leads inside when connected
        with pytest.raises(Unreachable, match="isn't called from here"):
            call(Call("GET", "https://desk.example/"), resolve=lambda *_: ["8.8.8.8"])
        everything_to(found.port, no_table=True)
        with pytest.raises(Unreachable, match="isn't called from here"):
            call(Call("GET", "https://desk.example/"), resolve=lambda *_: ["8.8.8.8"])
    assert b"".join(found.said) == b""


def test_control_without_the_guards_the_trap_hears_us(everything_to):
    with trap() as found:
        everything_to(found.port, no_table=True, no_second_look=True)
        with pytest.raises(Unreachable):
            call(Call("GET", "https://desk.example/"), resolve=lambda *_: ["127.0.0.1"])
    assert found.reached == 1


# How a call goes: the name kept for the certificate, no redirects, limits of time and size.


def spoken_to(found, path="/", **more):
    named = {f"127.0.0.1:{found.port}"}
    return call(Call("GET", f"http://127.0.0.1:{found.port}{path}"), inside=named, **more)


def test_the_name_is_kept_for_the_certificate(tmp_path):
    server, trusting = certificate(tmp_path, "desk.example")
    with trap(ok, server) as found:
        url = f"https://desk.example:{found.port}/tickets?x=1"
        named = {f"desk.example:{found.port}"}
        answer = call(
            Call("POST", url, {"X-A": "b"}, b"{}"),
            inside=named,
            context=trusting,
            resolve=lambda *_: ["127.0.0.1"],
        )
    assert (answer.status, answer.body, answer.cut) == (200, b"{}", False)
    assert found.names == ["desk.example"]
    said = found.said[0].decode()
    assert said.startswith("POST /tickets?x=1 HTTP/1.1\r\n")
    assert f"Host: desk.example:{found.port}\r\n" in said
    assert "X-A: b\r\n" in said


def test_a_certificate_of_another_name_is_refused(tmp_path):
    server, trusting = certificate(tmp_path, "other.example")
    with trap(ok, server) as found, pytest.raises(Unreachable, match="prove") as refused:
        call(
            Call("GET", f"https://desk.example:{found.port}/"),
            inside={f"desk.example:{found.port}"},
            context=trusting,
            resolve=lambda *_: ["127.0.0.1"],
        )
    assert not refused.value.passing
    assert found.said in ([], [b""])


def test_an_untrusted_certificate_is_refused(tmp_path):
    server, _ = certificate(tmp_path, "desk.example")
    with trap(ok, server) as found, pytest.raises(Unreachable, match="prove"):
        call(
            Call("GET", f"https://desk.example:{found.port}/"),
            inside={f"desk.example:{found.port}"},
            resolve=lambda *_: ["127.0.0.1"],
        )


def test_a_redirect_is_an_answer_and_not_followed():
    with trap() as other:
        there = f"http://127.0.0.1:{other.port}/".encode()

        def away(sock):
            sock.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + there + b"\r\n\r\n")

        with trap(away) as found:
            assert spoken_to(found).status == 302
    assert other.reached == 0


def test_an_answer_is_cut_at_its_most_bytes():
    def endless(sock):
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sock.sendall(b"x" * 65536)

    with trap(endless) as found:
        answer = spoken_to(found)
    assert (len(answer.body), answer.cut) == (client.MOST_BYTES, True)


def test_a_packed_answer_is_not_unpacked():
    def packed(sock):
        sock.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
            b"\x1f\x8b\x08\x00"
        )

    with trap(packed) as found:
        assert spoken_to(found).body == b"\x1f\x8b\x08\x00"


@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left_after_the_time_in_all(begin):
    """Each byte comes in time; all together would take for ever."""

    def trickle(sock):
        sock.sendall(begin)
        sock.settimeout(0.02)
        while True:
            try:
                if sock.recv(1) == b"":
                    return
            except TimeoutError:
                sock.sendall(b"x")

    with trap(trickle) as found, pytest.raises(Unreachable, match="too long") as refused:
        spoken_to(found, seconds=0.3)
    assert refused.value.passing
    assert found.reached == 1


def test_a_server_that_never_shakes_hands_is_left_too():
    with trap(lambda sock: sock.recv(1)) as found:
        named = {f"127.0.0.1:{found.port}"}
        with pytest.raises(Unreachable, match="too long"):
            call(Call("GET", f"https://127.0.0.1:{found.port}/"), inside=named, seconds=0.3)


def test_a_server_that_hangs_up_may_be_tried_again():
    with trap(lambda sock: None) as found, pytest.raises(Unreachable) as refused:
        spoken_to(found)
    assert refused.value.passing


def test_an_unparsable_answer_is_no_crash():
    with trap(lambda sock: sock.sendall(b"hello\r\n\r\n")) as found, pytest.raises(Unreachable):
        spoken_to(found)


def test_addresses_are_unwrapped_to_what_they_stand_for():
    assert str(addresses.parsed("2002:7f00:1::")) == "127.0.0.1"
    assert str(addresses.parsed("64:ff9b::7f00:1")) == "127.0.0.1"
    assert str(addresses.parsed("::ffff:10.0.0.1")) == "10.0.0.1"
