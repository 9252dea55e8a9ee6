"""The product served from the test's own process, over a database of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.databases import copied_database, speaking_to
from tests.world import World, make_world


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing: pytest shows what matters."""


@dataclass
class Site:
    """Where the product is served, and the world in it."""

    url: str
    database: str
    world: World

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have Django (the server's threads and the test alike) speak to the site's database."""
        with speaking_to(self.database):
            yield

    def session_cookie(self, role: str) -> dict[str, Any]:
        """A session of a member of this role, made without the slow hashing of a password."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        user = self.world.users[role]
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["workspace"] = self.world.workspace.pk
        session.save()
        return {"name": "sessionid", "value": session.session_key, "url": self.url}


@contextmanager
def serve_site() -> Iterator[Site]:
    """Serve the product on a free port with a world in it; both are gone afterwards."""
    name = f"warmhand_site_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with copied_database(name):
        with speaking_to(name):
            world = make_world()
        with serving() as url:
            yield Site(url, name, world)


@contextmanager
def serving() -> Iterator[str]:
    """The product's WSGI application on a free port, over whatever database Django speaks to."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
