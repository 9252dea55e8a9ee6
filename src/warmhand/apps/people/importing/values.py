"""From the text of a cell to a value: dates, numbers, flags, e-mail, telephone, time zone.

How a column writes its dates and numbers is decided once for the whole column (`DateOrder`,
`DecimalMark`) and shown to the person; a single cell never decides for itself.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email


class DateOrder(StrEnum):
    """The order in which a column writes day, month and year."""

    YEAR_FIRST = "year-month-day"
    DAY_FIRST = "day-month-year"
    MONTH_FIRST = "month-day-year"


class DecimalMark(StrEnum):
    """What parts the whole from the fraction."""

    POINT = "."
    COMMA = ","


TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)? ?([AaPp][Mm])?(Z|[+-]\d\d:?\d\d)?$")
YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$|(\d{4})(\d\d)(\d\d)$")
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d\d)$")
NAMED = re.compile(r"(\d{1,2})[-. ]+(?:de )?([^\W\d_]{3,})\.?,?[-. ]+(?:de )?(\d{4})$")
NAMED_FIRST = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2}),? (\d{4})$")
NUMBER = re.compile(r"[+-]?[0-9][0-9., '  ]*$|[+-]?[.,][0-9]+$")
MONEY_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}
YES = {"1", "true", "yes", "y", "x", "ja", "j", "wahr", "si", "sí", "verdadero", "oui", "on"}
NO = {"0", "false", "no", "n", "nein", "falsch", "falso", "non", "off", "-"}
LANGUAGES_OF_NAMES = ("en", "de", "es")


def split_date(text: str) -> tuple[DateOrder | None, tuple[int, int, int]] | None:
    """The three numbers of something written like a date, and its order where that is plain.

    None when the text is not written like a date at all; the numbers need not be a real day.
    """
    bare = TIME.sub("", text.strip())
    if match := YEAR_FIRST.match(bare):
        numbers = [int(part) for part in match.groups() if part is not None]
        return DateOrder.YEAR_FIRST, (numbers[0], numbers[1], numbers[2])
    if match := YEAR_LAST.match(bare):
        first, second, year = (int(part) for part in match.groups())
        return None, (first, second, _full_year(year))
    return _named_date(bare)


def _named_date(bare: str) -> tuple[DateOrder | None, tuple[int, int, int]] | None:
    match, flipped = NAMED.match(bare), NAMED_FIRST.match(bare)
    if match:
        day, name, year = match.groups()
    elif flipped:
        name, day, year = flipped.groups()
    else:
        return None
    month = _months().get(name.casefold().rstrip("."))
    return (DateOrder.YEAR_FIRST, (int(year), month, int(day))) if month else None


def _full_year(year: int) -> int:
    """Two digits are this century up to 49, the last one from 50."""
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def parse_date(text: str, order: DateOrder) -> datetime.date | None:
    """The day `text` names in a column of that order, or None (31/02 is no day)."""
    found = split_date(text)
    if found is None:
        return None
    plain, (one, two, three) = found
    year, month, day = one, two, three
    if plain is None and order is DateOrder.DAY_FIRST:
        day, month, year = one, two, three
    elif plain is None:
        month, day, year = one, two, three
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES_OF_NAMES:
        locale = Locale(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    names[name.casefold().rstrip(".")] = number
    return names


def parse_number(text: str, mark: DecimalMark) -> Decimal | None:
    """The number in `text`, without its thousands marks, its sign of money and its percent sign."""
    bare = text.strip().rstrip("%").strip()
    for sign, code in MONEY_SIGNS.items():
        bare = bare.removeprefix(sign).removesuffix(sign).removesuffix(code).removeprefix(code)
    bare = bare.strip()
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if negative else bare
    if not NUMBER.match(bare):
        return None
    thousands = "," if mark is DecimalMark.POINT else "."
    if not _grouped(bare, thousands, mark.value):
        return None
    plain = re.sub(rf"[{thousands} '  ]", "", bare).replace(mark.value, ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return -number if negative else number


def _grouped(bare: str, thousands: str, mark: str) -> bool:
    """Groups after the first must have three digits, else the mark means something else."""
    whole = bare.partition(mark)[0]
    return thousands not in bare.partition(mark)[2] and all(
        len(group) == 3 for group in whole.split(thousands)[1:]
    )


def money_sign(text: str) -> str | None:
    """The currency whose sign or code stands in `text`."""
    for sign, code in MONEY_SIGNS.items():
        if sign in text or code in text:
            return code
    return None


def parse_flag(text: str) -> bool | None:
    """Yes or no in English, German, Spanish, French."""
    word = text.strip().casefold()
    return True if word in YES else False if word in NO else None


def parse_email(text: str) -> str | None:
    """The address in its normal form, in small letters; nothing is looked up in the network."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return found.normalized.lower()


def parse_phone(text: str, country: str | None) -> str | None:
    """The number as E.164 (+4930…), or None where it cannot be told apart from any other."""
    bare = text.strip().removeprefix("tel:").partition(";")[0]
    try:
        number = phonenumbers.parse(bare, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def country_code(text: str) -> str | None:
    """The two letters of a country given by code or by name (English, German, Spanish)."""
    word = text.strip()
    if len(word) == 2 and word.isalpha():
        code = {"UK": "GB", "EL": "GR"}.get(word.upper(), word.upper())
        return code if code in Locale("en").territories else None
    return _countries().get(word.casefold())


@cache
def _countries() -> dict[str, str]:
    names = {"usa": "US", "u.s.a.": "US", "united states of america": "US", "korea": "KR"}
    names |= {"great britain": "GB", "england": "GB", "scotland": "GB", "holland": "NL"}
    for language in LANGUAGES_OF_NAMES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(str(name).casefold(), str(code))
    return names


@cache
def language_code(text: str) -> str | None:
    """The two or three letters of a language given by code (de, de-AT) or by name."""
    word = text.strip().casefold()
    code = re.split(r"[-_]", word)[0]
    known = Locale("en").languages
    if code.isascii() and 2 <= len(code) <= 3 and code in known:
        return code
    for language in LANGUAGES_OF_NAMES:
        for code, name in Locale(language).languages.items():
            if str(name).casefold() == word:
                return str(code)
    return None


@cache
def _timezones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def parse_timezone(text: str) -> str | None:
    """The zone's name as the zone database spells it."""
    return _timezones().get(text.strip().casefold().replace(" ", "_"))
