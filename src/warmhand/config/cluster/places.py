"""Where the private cluster lies and how to reach it: worked out from the environment alone.

Nothing here starts, writes or connects, so settings may ask at import time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmhand.config.problems import InstallationProblem

DATABASE = "warmhand"
OWNER = "warmhand_owner"
APP = "warmhand_app"
SUPERUSER = "postgres"
PORT = 5432
LONGEST_SOCKET_PATH = 107  # bytes; sockaddr_un of Linux without its closing zero


@dataclass(frozen=True)
class Folders:
    """The folders of one private cluster, all under the data folder but for a long socket path."""

    root: Path

    @property
    def pg(self) -> Path:
        """Everything of the cluster; belongs to whoever the server runs as, closed to others."""
        return self.root / "pg"

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.pg / "data"

    @property
    def log(self) -> Path:
        """What the server writes; a week of it is kept."""
        return self.pg / "log"

    @property
    def throwaway(self) -> Path:
        """The mark of a cluster whose data nobody will miss: it may skip fsync."""
        return self.pg / "throwaway"

    @property
    def socket(self) -> Path:
        """The folder of the server's socket, short enough for the operating system."""
        inside = self.pg / "socket"
        longest = inside / f".s.PGSQL.{PORT}.lock"
        if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH:
            return inside
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path("/tmp") / f"warmhand-{name}"  # noqa: S108 - its owner and mode are checked


@dataclass(frozen=True)
class Place:
    """How to reach a database: what libpq wants to know, and which role does what."""

    host: str
    port: int
    name: str
    owner: str
    app: str

    @property
    def owner_url(self) -> str:
        """The connection that migrates: owns the tables."""
        return self._url(self.owner)

    @property
    def app_url(self) -> str:
        """The connection that serves: sees one workspace at a time."""
        return self._url(self.app)

    def _url(self, user: str) -> str:
        return f"postgresql://{user}@/{self.name}?host={quote(self.host)}&port={self.port}"


def data_folder() -> Path:
    """The folder that holds everything an installation writes: `WARMHAND_DATA`, else `./var`."""
    return Path(os.path.abspath(os.environ.get("WARMHAND_DATA") or "var"))  # noqa: PTH100 - keeps symlinks


def folders() -> Folders:
    """The private cluster's folders under `data_folder()`."""
    return Folders(data_folder())


def database_url() -> str | None:
    """The server of one's own that `DATABASE_URL` names, or None for the private cluster."""
    return os.environ.get("DATABASE_URL") or None


def private_place(where: Folders) -> Place:
    """How to reach the private cluster in these folders."""
    return Place(host=str(where.socket), port=PORT, name=DATABASE, owner=OWNER, app=APP)


def database_settings() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` (the application role) and `owner` (migrations).

    Works at import time: nothing is started and no connection is made.
    Raises InstallationProblem `database_url_unusable` where `DATABASE_URL` cannot be read.
    """
    url = database_url()
    if url:
        return _settings_of_url(url)
    place = private_place(folders())
    return {"default": _settings(place, place.app), "owner": _settings(place, place.owner)}


def _settings(place: Place, user: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place.name,
        "USER": user,
        "PASSWORD": "",
        "HOST": place.host,
        "PORT": str(place.port),
        "OPTIONS": {},
    }


def _settings_of_url(url: str) -> dict[str, dict[str, Any]]:
    """Both aliases log in as the URL's role; the application's takes on `warmhand_app` at once."""
    known = parse_url(url)
    base = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known.pop("dbname", known.get("user", DATABASE)),
        "USER": known.pop("user", ""),
        "PASSWORD": known.pop("password", ""),
        "HOST": known.pop("host", ""),
        "PORT": known.pop("port", ""),
    }
    as_app = f"{known.get('options', '')} -c role={APP}".strip()
    return {
        "default": {**base, "OPTIONS": {**known, "options": as_app}},
        "owner": {**base, "OPTIONS": dict(known)},
    }


def parse_url(url: str) -> dict[str, str]:
    """A `DATABASE_URL` in its parts, named as libpq names them. Raises InstallationProblem."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(("postgres://", "postgresql://")):
        raise _unusable("it does not begin with postgresql://")
    try:
        return {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError as error:
        raise _unusable(str(error).strip()) from None


def _unusable(why: str) -> InstallationProblem:
    return InstallationProblem(
        "database_url_unusable",
        f"DATABASE_URL cannot be used: {why}.",
        "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or with"
        " ?host=/folder/of/the/socket; or unset it to use the embedded PostgreSQL.",
    )
