"""The words of an ask, made from what the records hold. Pure: no framework, no clock."""

from .asks import Shown, Step, Wording, compose_ask
from .catalogue import Catalogue, catalogue, languages
from .choices import Channel, Formality, Kind, Moment

__all__ = [
    "Catalogue",
    "Channel",
    "Formality",
    "Kind",
    "Moment",
    "Shown",
    "Step",
    "Wording",
    "catalogue",
    "compose_ask",
    "languages",
]
