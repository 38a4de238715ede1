"""The corpus says the same as the rules for words, and every output survives it."""

import csv
import io
import json
from email.message import EmailMessage
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Engine

from tests.hostile.corpus import (
    ACCEPTED,
    BAD_IDS,
    BAD_JSON,
    EVERY_WORDS,
    MOST,
    Body,
    Words,
)
from tests.hostile.files import EVERY_FILE
from zhitong.kernel.errors import Invalid
from zhitong.kernel.text.clean import clean_line, clean_text
from zhitong.kernel.text.output import csv_safe, header_safe, xml_safe


@pytest.mark.parametrize("words", EVERY_WORDS, ids=str)
def test_long_fields(words: Words):
    if words.kept is None:
        with pytest.raises(Invalid):
            clean_text(words.text, max_length=MOST)
    else:
        assert clean_text(words.text, max_length=MOST) == words.kept


@pytest.mark.parametrize("words", EVERY_WORDS, ids=str)
def test_fields_of_one_line(words: Words):
    if words.line is None:
        with pytest.raises(Invalid):
            clean_line(words.text, max_length=MOST)
    else:
        assert clean_line(words.text, max_length=MOST) == words.line


@pytest.mark.parametrize("words", ACCEPTED, ids=str)
def test_kept_words_go_out_unharmed(words: Words):
    kept = words.kept
    assert kept is not None
    page = Engine().from_string('<p title="{{ w }}">{{ w }}</p>').render(Context({"w": kept}))
    assert page.count("<") == page.count(">") == 2
    assert json.loads(json.dumps(kept)) == kept
    row = io.StringIO()
    csv.writer(row).writerow([csv_safe(kept)])
    assert next(csv.reader(io.StringIO(row.getvalue(), newline=""))) == [csv_safe(kept)]
    message = EmailMessage()
    message["Subject"] = header_safe(kept)
    assert message.keys() == ["Subject"]
    root = ET.Element("words")
    root.text = xml_safe(kept)
    assert ET.fromstring(ET.tostring(root, "utf-8")).text == kept


@pytest.mark.parametrize("body", BAD_JSON, ids=str)
def test_bad_json_is_bad(body: Body):
    try:
        value = json.loads(body.data.decode("utf-8"))
    except (ValueError, RecursionError):
        return
    text: Any = value.get("text") if isinstance(value, dict) else None
    with pytest.raises((Invalid, TypeError, AttributeError)):
        clean_text(text, max_length=MOST)


def test_bad_ids_are_bad():
    for text in BAD_IDS:
        with pytest.raises(ValueError, match=r"badly formed|invalid|hexadecimal"):
            UUID(text)


def test_names_are_unique():
    for named in (EVERY_WORDS, EVERY_FILE, BAD_JSON):
        names = [str(one) for one in named]
        assert len(set(names)) == len(names)
