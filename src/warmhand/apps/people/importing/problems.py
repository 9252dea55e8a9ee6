"""Every problem an import can report, each with its sentence and how to mend it, defined once.

A *whole-file* problem is raised as `ImportRefused` before anything is written. A *row* problem
refuses that row only and travels in the stream of rows as a `Refusal`.
"""

from __future__ import annotations

from dataclasses import dataclass

from warmhand.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """What is wrong, where (line counted from 1, column name), and what the person can do."""

    code: str
    sentence: str
    line: int | None = None
    field: str | None = None
    mend: str = ""

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as one flat JSON object."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "line": self.line,
            "field": self.field,
            "mend": self.mend,
        }


class ImportRefused(Problem):
    """The whole file (or mapping) cannot be imported; nothing was written."""

    def __init__(self, problem: ImportProblem) -> None:
        place = Place(problem.field or "file", problem.sentence, problem.line)
        super().__init__(problem.code, problem.sentence, lift=problem.mend, places=(place,))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The sentence (a format string) and the mending advice of one code."""

    sentence: str
    mend: str


PROBLEMS: dict[str, ProblemKind] = {
    # the whole file
    "file_missing": ProblemKind("There is no file {path}.", "Check the path."),
    "file_empty": ProblemKind("{path} holds no rows.", "Export the table again."),
    "file_too_big": ProblemKind(
        "{path} has {size} bytes; at most {limit} are read.", "Split the file and import the parts."
    ),
    "file_kind_unknown": ProblemKind(
        "{path} is not a kind of file that can be imported.", "Save it as .csv, .xlsx or .vcf."
    ),
    "binary_file": ProblemKind(
        "{path} is called a text table but holds {found}.",
        "Export the table as CSV, or give a workbook its own ending, .xlsx.",
    ),
    "encoding_wrong": ProblemKind(
        "Line {line} cannot be read as {encoding}: byte {byte} is not allowed there.",
        "Save the file as UTF-8, or name its encoding in the mapping.",
    ),
    "encoding_unknown": ProblemKind(
        "The encoding of {path} is not known by the name {encoding}.", "Use utf-8 or cp1252."
    ),
    "quote_not_closed": ProblemKind(
        "A quotation mark opened on line {line} is never closed properly, so the rows after it "
        "cannot be told apart.",
        "Close or double the quotation mark on that line.",
    ),
    "quote_inside": ProblemKind(
        "A quotation mark stands inside a quoted cell.", "Double the inner quotation marks."
    ),
    "line_too_long": ProblemKind(
        "Line {line} is longer than {limit} characters.", "Shorten or remove that line."
    ),
    "too_many_columns": ProblemKind(
        "The table has {found} columns; at most {limit} are read.",
        "Keep the columns you need and import again.",
    ),
    "too_many_rows": ProblemKind(
        "The table has more than {limit} rows.", "Split the file and import the parts in turn."
    ),
    "no_header": ProblemKind(
        "The first row holds data (“{found}”) where the names of the columns should stand.",
        "Put a first row with the name of each column.",
    ),
    "not_a_workbook": ProblemKind(
        "{path} cannot be read as a workbook: {why}.", "Save it again as .xlsx."
    ),
    "workbook_too_big": ProblemKind(
        "{path} would unpack to {found}; at most {limit} is allowed.",
        "Save only the sheet you need, or export it as CSV.",
    ),
    "workbook_unsafe": ProblemKind(
        "{path} holds XML declarations that a workbook never needs.", "Export the sheet as CSV."
    ),
    "workbook_too_slow": ProblemKind(
        "{path} needed more than {limit} to read, so reading was stopped.",
        "Export the sheet as CSV.",
    ),
    "sheet_missing": ProblemKind(
        "{path} has no sheet called “{sheet}”.", "Name one of its sheets: {found}."
    ),
    "archive_too_big": ProblemKind(
        "{path} would unpack to {found}; at most {limit} is allowed.",
        "Unpack it yourself and upload Connections.csv alone.",
    ),
    "archive_unreadable": ProblemKind(
        "{path} cannot be unpacked: {why}.", "Unpack it yourself and upload Connections.csv alone."
    ),
    "no_connections_inside": ProblemKind(
        "{path} holds no Connections.csv.",
        "Choose “Connections” when you ask LinkedIn for a copy of your data.",
    ),
    "not_connections": ProblemKind(
        "None of the first {limit} lines of {path} names the columns First Name and Last Name.",
        "Upload Connections.csv as LinkedIn gives it, or put a first line: First Name,Last Name,"
        "Company,Position,Connected On.",
    ),
    "no_card": ProblemKind("{path} holds no vCard.", "Export the contacts again as .vcf."),
    # the mapping
    "mapping_unreadable": ProblemKind("The mapping cannot be read: {why}.", "Mend the file."),
    "mapping_wrong": ProblemKind("The mapping is not right: {why}.", "Mend the mapping."),
    "column_missing": ProblemKind(
        "The mapping asks for the column “{field}”, which {path} does not have.",
        "Choose another column, or add it to the file.",
    ),
    "field_missing": ProblemKind(
        "No column is chosen for “{field}”, which {kind} cannot do without.",
        "Choose the column that holds it.",
    ),
    "kind_unknown": ProblemKind(
        "It is not clear what the rows of {path} are.",
        "Say whether they are clients, companies, commitments, members, cases, ratings, favours or "
        "needs.",
    ),
    # one row
    "too_few_cells": ProblemKind(
        "The row has {found} cells where the table has {expected} columns.",
        "Add the missing separators, or close a quotation mark.",
    ),
    "too_many_cells": ProblemKind(
        "The row has {found} cells where the table has {expected} columns.",
        "Put quotation marks around a cell that holds the separator.",
    ),
    "cell_too_long": ProblemKind(
        "The cell has more than {limit} characters.", "Shorten it, or leave the column out."
    ),
    "value_missing": ProblemKind("“{field}” is empty.", "Fill it in."),
    "bad_date": ProblemKind(
        "“{value}” is not a date ({order}).", "Write it as year-month-day, like 2026-02-28."
    ),
    "day_to_come": ProblemKind("{value} lies in the future.", "Correct the date, or clear it."),
    "name_is_contact": ProblemKind(
        "The name is an address; who it is stays unknown.", "Write the person's name."
    ),
    "bad_number": ProblemKind("“{value}” is not a number.", "Write digits only."),
    "number_out_of_range": ProblemKind(
        "{value} is outside {low} to {high}.", "Correct the number, or translate the scale."
    ),
    "bad_email": ProblemKind("“{value}” is not an e-mail address.", "Correct or clear it."),
    "bad_choice": ProblemKind(
        "“{value}” is not one of: {choices}.", "Correct it, or translate it in the mapping."
    ),
    "bad_category": ProblemKind(
        "“{value}” is no code of NAICS 2022.",
        "Correct or clear it: warmhand match finds the code of a need in words.",
    ),
    "bad_flag": ProblemKind("“{value}” is neither yes nor no.", "Write yes or no."),
    "bad_timezone": ProblemKind(
        "“{value}” is not a time zone.", "Write it as Europe/Berlin, or clear it."
    ),
    "formula": ProblemKind(
        "The cell holds a formula; formulas are never worked out here.",
        "Replace the formula by its value.",
    ),
    "ref_repeated": ProblemKind(
        "“{value}” already stands on line {first} with other values.",
        "Give each row its own identifier, or remove one of the two.",
    ),
    "dates_in_wrong_order": ProblemKind(
        "{field} lies before {other}.", "Correct one of the two dates."
    ),
    "favour_has_price": ProblemKind(
        "“{value}” is a price, and a favour is something we can't be paid for.",
        "Import what is paid for as commitments; if nothing was charged, clear the cell.",
    ),
    "unknown_link": ProblemKind(
        "No {kind} is known by “{value}”.", "Import the {kind} first, or correct the value."
    ),
    "ambiguous_link": ProblemKind(
        "More than one {kind} is known by “{value}”.", "Use the identifier instead of the name."
    ),
    "card_not_closed": ProblemKind(
        "The card that begins on line {line} has no end.", "Add END:VCARD."
    ),
    "card_unreadable": ProblemKind(
        "The card that begins on line {line} cannot be read: {why}.", "Export that contact again."
    ),
    "card_line_too_long": ProblemKind(
        "A line of the card that begins on line {line} has more than {limit} bytes.",
        "Remove the photo or the attachment.",
    ),
    "card_too_deep": ProblemKind(
        "The card that begins on line {line} nests deeper than {limit}.",
        "Export that contact again.",
    ),
    "card_too_many_properties": ProblemKind(
        "The card that begins on line {line} has more than {limit} properties.",
        "Export that contact again.",
    ),
    "not_stored": ProblemKind("The record was not accepted: {why}.", "Correct the row."),
}


def problem(
    code: str, *, line: int | None = None, field: str | None = None, **facts: object
) -> ImportProblem:
    """Fill the sentence and the advice of `code`; long values are cut to keep a report small."""
    kind = PROBLEMS[code]
    words = {name: _short(value) for name, value in facts.items()}
    words |= {"line": str(line), "field": str(field)}
    return ImportProblem(
        code, kind.sentence.format(**words), line, field, kind.mend.format(**words)
    )


def refused(
    code: str, *, line: int | None = None, field: str | None = None, **facts: object
) -> ImportRefused:
    """The exception for a whole-file problem, ready to raise."""
    return ImportRefused(problem(code, line=line, field=field, **facts))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 120 else text[:117] + "…"
