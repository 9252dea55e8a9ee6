"""Files that a page hands out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from warmhand.apps.people.importing.exporting import CsvText


def csv_answer(name: str, text: CsvText) -> HttpResponse:
    """A table as a file: with a mark by which every spreadsheet reads it as UTF-8.

    Only what `csv_text` made is taken: its cells are harmless to a spreadsheet.
    """
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
