"""The environment variables Warmhand reads: one table, from which the reference is generated."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from warmhand.config.cluster.places import data_folder


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable: its default and what it is for."""

    name: str
    default: str
    sentence: str


SETTINGS: tuple[Setting, ...] = (
    Setting("DATABASE_URL", "", "A PostgreSQL server of your own; empty: the embedded one."),
    Setting("WARMHAND_DATA", "var", "The folder that holds everything a workspace writes."),
    Setting("PORT", "8000", "The port the product is served on."),
    Setting("HOST_ADDRESS", "127.0.0.1", "The address it is served on; 0.0.0.0 lets others in."),
    Setting("WARMHAND_SECRET_KEY", "", "Signs sessions; empty: made once and kept in the data."),
    Setting("WARMHAND_OLD_SECRET_KEYS", "", "Keys used before, comma-separated; never drop one."),
    Setting("WARMHAND_HOSTS", "127.0.0.1,localhost", "Host names answered to, comma-separated."),
    Setting("WARMHAND_ORIGINS", "", "Origins (https://…) forms may come from, behind a proxy."),
    Setting("WARMHAND_HTTPS", "no", "yes: served behind HTTPS; cookies are secure then."),
    Setting(
        "WARMHAND_PRIVATE_HELPDESKS",
        "",
        "Hosts (name or name:port, comma-separated) of helpdesks in your own network: only these "
        "may be called there, and by http:// too.",
    ),
    Setting("WARMHAND_MAIL_HOST", "", "SMTP server; empty: mails are printed on the console."),
    Setting("WARMHAND_MAIL_PORT", "587", "SMTP port."),
    Setting("WARMHAND_MAIL_USER", "", "SMTP user."),
    Setting("WARMHAND_MAIL_PASSWORD", "", "SMTP password."),
    Setting("WARMHAND_MAIL_TLS", "yes", "yes: STARTTLS is used."),
    Setting("WARMHAND_MAIL_FROM", "Warmhand <warmhand@localhost>", "The sender of our mails."),
    Setting("WARMHAND_LOG_LEVEL", "WARNING", "DEBUG, INFO, WARNING or ERROR; to standard error."),
)
_DEFAULTS = {s.name: s.default for s in SETTINGS}


class WrongSetting(Exception):
    """An environment variable has a value that can't be used; says which are possible."""


def text(name: str) -> str:
    """A setting as text; its default where the environment has none."""
    return os.environ.get(name, _DEFAULTS[name])


def number(name: str) -> int:
    """A setting as a whole number."""
    value = text(name)
    if not value.isdigit():
        raise WrongSetting(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def flag(name: str) -> bool:
    """A setting that is yes or no."""
    value = text(name).lower()
    if value not in ("yes", "no"):
        raise WrongSetting(f"{name} must be 'yes' or 'no', not {value!r}.")
    return value == "yes"


def mail_backend() -> str:
    """SMTP where a server is named, else the console."""
    kind = "smtp" if text("WARMHAND_MAIL_HOST") else "console"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def secret_key() -> str:
    """The signing key: given, or made once and kept beside the data, readable by us only."""
    given = text("WARMHAND_SECRET_KEY")
    return given or _kept_key(data_folder() / "secret_key")


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # whoever is first wins; the others read it
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()
