"""Tables for a spreadsheet: every cell is text, and stays it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from flask import Response

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet would reckon with instead of showing it, at the start of a cell; in full width too."""


def table(name: str, columns: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Response:
    """A file of that name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(written(columns, rows), mimetype="text/csv", headers=headers)


def written(columns: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """The table as text. The mark in front tells spreadsheets that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([str(each) for each in columns])
    writer.writerows([cell(each) for each in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


def cell(value: Any) -> str:
    """A cell that is text and stays text, whatever somebody called it."""
    text = str(value).replace("\u00a0", " ")
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text
