"""Whatever is in a cell stays text, in CSV and in Excel."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.hostile.corpus import EVERY_WORDS
from zhitong.kernel.sheets.writing import sheet

STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "'=", ""])
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
CELLS = st.lists(
    st.builds(lambda start, rest: start + rest, STARTS, LETTERS), min_size=1, max_size=4
)
NASTY = [one.text for one in EVERY_WORDS]


def written(kind: str, rows: list[list], *, discreet: bool = False) -> bytes:
    file = io.BytesIO()
    table = sheet(kind, file, "事项", discreet=discreet)
    table.heading(["编号", "=cmd"])
    for row in rows:
        table.row(row)
    table.finish()
    return file.getvalue()


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(cells=CELLS)
def test_no_cell_of_a_csv_starts_a_formula(cells):
    _heading, row = read_csv(written("csv", [cells]))
    for cell, before in zip(row, cells, strict=True):
        assert cell in {before, f"'{before}"}
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("discreet", [False, True])
def test_no_cell_of_a_workbook_is_a_formula(discreet):
    data = written("xlsx", [[text] for text in NASTY] + [["=1+1"], ["@SUM(A1)"]], discreet=discreet)
    page = load_workbook(io.BytesIO(data)).active
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "inlineStr", "n"}
    by_text = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert by_text["=1+1"].quotePrefix
    assert by_text["=cmd"].data_type in {"s", "inlineStr"}


@given(cells=CELLS)
def test_a_workbook_says_what_was_written(cells):
    page = load_workbook(io.BytesIO(written("xlsx", [cells], discreet=True))).active
    row = [cell.value or "" for cell in page[2]][: len(cells)]
    told = [text.replace("\r\n", "\n").replace("\r", "\n") for text in cells]
    assert row == told or "�" in "".join(row)


def test_moments_are_dates_of_the_county():
    at = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert read_csv(written("csv", [[at, None, 3]]))[1] == ["2026-11-25 00:30", "", "3"]
    cell = load_workbook(io.BytesIO(written("xlsx", [[at]]))).active["A2"]
    assert cell.is_date
    assert f"{cell.value:%Y-%m-%d %H:%M}" == "2026-11-25 00:30"
