"""Writing a table row by row, so that its length does not matter.

No cell is ever a formula. In CSV a sign for plain text is put in front of what would start one
(OWASP, CSV injection); in Excel files such cells are stored as text and marked as typed with an
apostrophe, so that they stay text when somebody edits them.
"""

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO, Protocol

from django.utils import timezone
from xlsxwriter import Workbook

from zhitong.kernel.text.output import csv_safe, xml_safe

Cell = str | int | float | datetime | None
MINUTES = "%Y-%m-%d %H:%M"
EXCEL_MINUTES = "yyyy-mm-dd hh:mm"
LONGEST = 32_767
"""Characters that an Excel cell can hold (Microsoft, Excel specifications and limits)."""
WIDTH = 18
_LINE_ENDS = re.compile("\r\n?")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Sheet(Protocol):
    """A table that is being written: its heading, then its rows."""

    def heading(self, cells: Sequence[str]) -> None:
        """The names of the columns."""

    def row(self, cells: Sequence[Cell]) -> None:
        """One row. Moments are written in the county's zone, as real dates."""

    def finish(self) -> None:
        """Write what is left. The file stays open."""


def sheet(kind: str, file: BinaryIO, title: str, *, discreet: bool = False) -> Sheet:
    """A table of the given kind, ``csv`` or ``xlsx``, written into ``file``."""
    return ExcelSheet(file, title, discreet=discreet) if kind == "xlsx" else CsvSheet(file)


class CsvSheet:
    """Comma-separated values (RFC 4180) in UTF-8, with the mark by which Excel knows that it is."""

    def __init__(self, file: BinaryIO) -> None:
        file.write(b"\xef\xbb\xbf")
        self.text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self.writer = csv.writer(self.text)

    def heading(self, cells: Sequence[str]) -> None:
        """The names of the columns."""
        self.row(cells)

    def row(self, cells: Sequence[Cell]) -> None:
        """One row."""
        self.writer.writerow([_plain(cell) for cell in cells])

    def finish(self) -> None:
        """Write what is left and let go of the file."""
        self.text.flush()
        self.text.detach()


class ExcelSheet:
    """One sheet of an Excel workbook (ECMA-376).

    Rows go to a temporary file as they come. ``discreet`` keeps all of it in memory instead, for
    tables that name people: nothing readable lies on the disk, even for a moment.
    """

    def __init__(self, file: BinaryIO, title: str, *, discreet: bool) -> None:
        self.book = Workbook(file, {"in_memory": discreet, "constant_memory": not discreet})
        self.page = self.book.add_worksheet(title[:31])
        self.page.freeze_panes(1, 0)
        self.formats = {
            name: self.book.add_format(looks)
            for name, looks in {
                "bold": {"bold": True},
                "moment": {"num_format": EXCEL_MINUTES},
                "quoted": {"quote_prefix": True},
            }.items()
        }
        self.at = 0

    def heading(self, cells: Sequence[str]) -> None:
        """The names of the columns, which stay in sight."""
        self.page.set_column(0, len(cells) - 1, WIDTH)
        for number, name in enumerate(cells):
            self.page.write_string(0, number, _text(name), self.formats["bold"])
        self.at = 1

    def row(self, cells: Sequence[Cell]) -> None:
        """One row."""
        for number, cell in enumerate(cells):
            self._put(number, cell)
        self.at += 1

    def finish(self) -> None:
        """Write the workbook."""
        self.book.close()

    def _put(self, column: int, value: Cell) -> None:
        if isinstance(value, datetime):
            local = timezone.localtime(value).replace(tzinfo=None)
            self.page.write_datetime(self.at, column, local, self.formats["moment"])
        elif isinstance(value, str):
            text = _text(value)
            quoted = self.formats["quoted"] if csv_safe(text) != text else None
            self.page.write_string(self.at, column, text, quoted)
        elif value is not None:
            self.page.write_number(self.at, column, value)


def _text(value: str) -> str:
    return xml_safe(_LINE_ENDS.sub("\n", value))[:LONGEST]


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):{MINUTES}}"
    return csv_safe(cell) if isinstance(cell, str) else cell
