"""The words of an ask, made from what the records hold, and anybody's own words checked. Pure."""

from .asks import Shown, Step, Wording, compose_ask
from .catalogue import Catalogue, catalogue, languages
from .check import Breach, Checked, check
from .choices import Channel, Formality, Kind, Moment
from .codes import CODES, Code
from .context import KEYS, Context, context_from

__all__ = [
    "CODES",
    "KEYS",
    "Breach",
    "Catalogue",
    "Channel",
    "Checked",
    "Code",
    "Context",
    "Formality",
    "Kind",
    "Moment",
    "Shown",
    "Step",
    "Wording",
    "catalogue",
    "check",
    "compose_ask",
    "context_from",
    "languages",
]
