"""The directory out and in: Open Referral HSDS 3 (nested, tabular, older files) and CSV (P31)."""

from .csv_table import COLUMNS, directory_csv
from .hsds import directory_document, directory_tables
from .importing import import_directory
from .report import Report, Told

__all__ = [
    "COLUMNS",
    "Report",
    "Told",
    "directory_csv",
    "directory_document",
    "directory_tables",
    "import_directory",
]
