import csv
import io
from email.message import EmailMessage
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.text.output import csv_safe, header_safe, xml_safe


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+8613800005678", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\u3000＠x",
     "'=1", '"=1', "\n=1", "\ufeff=1"],
)  # fmt: skip
def test_formulas_become_text(text):
    assert csv_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "路灯坏了", "1+1=2", "a-b", "O'Neil", "“=”"])
def test_ordinary_cells_stay(text):
    assert csv_safe(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))))
def test_a_row_survives_the_csv_module(cells):
    out = io.StringIO()
    csv.writer(out).writerow(["first", *map(csv_safe, cells)])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert row[1:] == [csv_safe(cell) for cell in cells]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_header_is_one_line(text):
    safe = header_safe(f"事项 {text}\r\nBcc: everyone@example.org")
    assert len(safe.splitlines()) == 1
    message = EmailMessage()
    message["Subject"] = safe
    assert list(message.keys()) == ["Subject"]
    assert message["Bcc"] is None


@given(st.text(st.characters()))
def test_xml_parses_to_the_same_text(text):
    safe = xml_safe(text)
    root = ET.Element("matter", said=safe.replace("\r", " "))
    root.text = safe.replace("\r", " ")
    again = ET.fromstring(ET.tostring(root, "utf-8"))
    assert (again.text or "") == root.text
    assert xml_safe(safe) == safe
    assert len(safe) == len(text)


def test_xml_keeps_ordinary_text():
    text = "路灯<b>&\t\n\r👍"
    assert xml_safe(text) == text
    assert xml_safe("a\x00\x1b\ufffe\ud800b") == "a\ufffd\ufffd\ufffd\ufffdb"
