"""The texts that clients read or hear, in their language: gettext catalogues, English in the code.

A text stands in the code once, in English, as the argument of `say(...)`; `texts/<language>.po`
holds its translations. Babel reads them, so nothing has to be compiled; a test extracts the texts
from the code and compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

ENGLISH = "en"


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language; what isn't translated yet is said in English."""

    language: str = ENGLISH
    texts: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: str, /, **values: object) -> str:
        """The text in this language, with its `{places}` filled. Values are never read as texts."""
        return (self.texts.get(text) or text).format(**values)


def languages() -> tuple[str, ...]:
    """Codes of the languages there are texts in, English first."""
    folder = files(__package__) / "texts"
    others = (each.name for each in folder.iterdir() if each.name.endswith(".po"))
    return (ENGLISH, *sorted(name.removesuffix(".po") for name in others))


@lru_cache
def catalogue(language: str = ENGLISH) -> Catalogue:
    """The texts for a language such as 'de' or 'de-AT'; English where there are none."""
    code = language.replace("_", "-").partition("-")[0].lower()
    if code == ENGLISH or code not in languages():
        return Catalogue()
    with (files(__package__) / "texts" / f"{code}.po").open("rb") as file:
        read = read_po(file, locale=code)
    texts = {str(each.id): str(each.string) for each in read if each.id and each.string}
    return Catalogue(code, texts)
