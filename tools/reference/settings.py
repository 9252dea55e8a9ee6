"""The settings: of a workspace's policy, and of the environment."""

from __future__ import annotations

from warmhand.config import env
from warmhand.rulebook import RULES, SETTINGS, SettingInfo
from warmhand.rulebook.moves import PROPOSALS
from warmhand.rulebook.tree import Setting, walk

from .text import NOTICE, code, fields, sources, table, value

POLICY = """\
# Policy settings

Each workspace has its own. Saving makes a new version, with who and why; every ask keeps the
number of the version it rested on. [Tune the rules](../how-to/tune-the-rules.md) shows how, and
how to see first what would change.

"""

ENVIRONMENT = """\
# Environment variables

Everything about an installation is said by the environment; there is no settings file. A value
that cannot be used stops the command with a sentence that names it.

"""


def policy_page() -> str:
    """Every setting of the policy."""
    return NOTICE + POLICY + "\n".join(map(_setting, SETTINGS.values()))


def _setting(info: SettingInfo) -> str:
    pairs = (
        ("Name", code(info.name)),
        ("Unit", info.unit),
        ("Default", code(value(info.default))),
        ("Allowed", info.allowed),
        ("Rests on", sources(info.basis)),
        ("Tunes", _tunes(info.name)),
    )
    return f"(setting-{info.name})=\n## {info.title}\n\n{sources(info.sentence)}\n\n{fields(pairs)}"


def _tunes(name: str) -> str:
    rules = [f"[{code}](rules/{code}.md)" for code, rule in RULES.items() if name in rule.settings]
    if any(isinstance(n, Setting) and n.name == name for p in PROPOSALS for n in walk(p.when)):
        rules.append("[the choice of the move](moves.md)")
    return ", ".join(rules) or "the days on which work is due"


def environment_page() -> str:
    """Every environment variable."""
    rows = ((code(s.name), s.sentence, code(s.default) if s.default else "") for s in env.SETTINGS)
    return NOTICE + ENVIRONMENT + table(("variable", "what it is for", "default"), rows)
