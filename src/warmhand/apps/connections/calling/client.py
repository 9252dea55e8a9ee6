"""One call to a server of somebody else's: resolved once, checked twice, never led elsewhere.

Only https on port 443 (or http on 80 never): the one exception is a host that the operator of this
installation names, for a helpdesk in their own network (`WARMHAND_PRIVATE_HELPDESKS`). No
redirects, no proxies from the environment, ten seconds to connect, thirty in all, 64 KB of answer.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError
from urllib3.util import Timeout

from .addresses import may_call, may_call_inside

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
MOST_BYTES: Final = 64 * 1024

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of the other server."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in small letters, the body cut at 64 KB."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


class Unreachable(Exception):
    """No answer was had; `sentence` tells a person why, `passing` whether to try again."""

    def __init__(self, sentence: str, *, passing: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.passing = passing


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a call goes: the name it is meant for, and the one address it is sent to."""

    host: str
    port: int
    secure: bool
    path: str
    named: bool
    """The operator has named this host: it may be inside."""

    def may(self, address: str) -> bool:
        return may_call(address) or (self.named and may_call_inside(address))


def call(
    request: Call,
    *,
    inside: Collection[str] = (),
    context: ssl.SSLContext | None = None,
    resolve: Resolve | None = None,
    seconds: float = TOTAL_SECONDS,
) -> Answer:
    """Make one call. `inside`: hosts ('name' or 'name:port') that may be in our own network.

    Raises Unreachable. `context` and `resolve` are for tests; `seconds` is the time in all.
    """
    target = _target(request.url, inside)
    address = _address(target, resolve or _resolved)
    with _deadline(seconds) as watch:
        return _sent(request, target, address, context, watch)


def _target(url: str, inside: Collection[str]) -> _Target:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Unreachable("The address can't be read.", passing=False) from None
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    named = host in inside or f"{host}:{port}" in inside
    if not host or parts.username is not None or parts.scheme not in ("https", "http"):
        raise Unreachable("The address isn't one of a web server.", passing=False)
    if not (named or (secure and port == 443)):
        raise Unreachable(
            "Only https:// on its usual port is called. For a helpdesk in your own network, name "
            "it in WARMHAND_PRIVATE_HELPDESKS.",
            passing=False,
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(host, port, secure, path, named)


def _address(target: _Target, resolve: Resolve) -> str:
    """The one address to connect to; a name that also leads inside is refused altogether."""
    found = resolve(target.host, target.port)
    if not found:
        raise Unreachable(f"There is no server called {target.host}.", passing=True)
    if not all(target.may(address) for address in found):
        raise _inside(target)
    return found[0]


def _inside(target: _Target) -> Unreachable:
    return Unreachable(
        f"{target.host} leads into a network that isn't called from here. If it is a helpdesk of "
        "your own, name it in WARMHAND_PRIVATE_HELPDESKS.",
        passing=False,
    )


def _resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says, within the time there is to connect."""
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(row[4][0]) for row in rows)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(CONNECT_SECONDS)
    return list(found)


class _Watch:
    """Ends a call that takes too long, whatever it is waiting for."""

    def __init__(self) -> None:
        self.over = False
        self.sock: socket.socket | None = None

    def hold(self, sock: socket.socket) -> None:
        """Keep a handle of our own: encryption takes the first one away."""
        self.sock = sock.dup()
        if self.over:
            self.end()

    def end(self) -> None:
        self.over = True
        if self.sock is not None:
            with suppress(OSError):  # it has ended by itself
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self.sock is not None:
            self.sock.close()


@contextmanager
def _deadline(seconds: float) -> Iterator[_Watch]:
    watch = _Watch()
    timer = threading.Timer(seconds, watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        timer.join()
        watch.close()


def _sent(
    request: Call,
    target: _Target,
    address: str,
    context: ssl.SSLContext | None,
    watch: _Watch,
) -> Answer:
    try:
        with _pool(target, address, context, watch) as pool:
            response = pool.urlopen(
                request.method,
                target.path,
                body=request.body or None,
                headers=_headers(request, target),
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            body = response.read(MOST_BYTES + 1, decode_content=False)
            headers = {name.lower(): value for name, value in response.headers.items()}
            response.close()
    except SSLError as wrong:
        if watch.over:
            raise _broken(target, watch, wrong) from wrong
        raise Unreachable(
            f"{target.host} couldn't prove that it is that server ({wrong}).", passing=False
        ) from wrong
    except (HTTPError, OSError) as wrong:
        raise _broken(target, watch, wrong) from wrong
    if watch.over:
        raise _broken(target, watch, None)
    return Answer(response.status, headers, body[:MOST_BYTES], cut=len(body) > MOST_BYTES)


def _broken(target: _Target, watch: _Watch, wrong: Exception | None) -> Unreachable:
    refused = _cause(wrong)
    if refused is not None:
        return refused
    said = "took too long to answer" if watch.over else "didn't answer"
    return Unreachable(f"{target.host} {said}.", passing=True)


def _cause(wrong: BaseException | None) -> Unreachable | None:
    """The refusal of the check at the socket, however urllib3 has wrapped it."""
    while wrong is not None:
        if isinstance(wrong, _Refused):
            return wrong.unreachable
        wrong = wrong.__cause__ or wrong.__context__
    return None


def _headers(request: Call, target: _Target) -> dict[str, str]:
    usual = 443 if target.secure else 80
    host = target.host if target.port == usual else f"{target.host}:{target.port}"
    return {
        "Accept": "application/json",
        "User-Agent": "Warmhand",
        **request.headers,
        "Host": host,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


class _Refused(OSError):
    """The connected address isn't one that may be called."""

    def __init__(self, unreachable: Unreachable) -> None:
        super().__init__(unreachable.sentence)
        self.unreachable = unreachable


def _pool(
    target: _Target, address: str, context: ssl.SSLContext | None, watch: _Watch
) -> urllib3.HTTPConnectionPool:
    """A pool of one connection to the one address, with the name kept for the certificate."""
    timeout = Timeout(connect=CONNECT_SECONDS, read=TOTAL_SECONDS)
    if not target.secure:
        pool = urllib3.HTTPConnectionPool(address, target.port, timeout=timeout, maxsize=1)
        pool.ConnectionCls = _checked(HTTPConnection, target, watch)
        return pool
    secure = urllib3.HTTPSConnectionPool(
        address,
        target.port,
        timeout=timeout,
        maxsize=1,
        server_hostname=target.host,
        ssl_context=context or ssl.create_default_context(),
    )
    secure.ConnectionCls = _checked(HTTPSConnection, target, watch)
    return secure


def _checked(kind: type[Any], target: _Target, watch: _Watch) -> type[Any]:
    """A connection that looks at the address it has really reached, before a byte is sent."""

    class Checked(kind):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            sock: socket.socket = super()._new_conn()
            reached = sock.getpeername()[0]
            if not target.may(reached):
                sock.close()
                raise _Refused(_inside(target))
            watch.hold(sock)
            return sock

    return Checked
