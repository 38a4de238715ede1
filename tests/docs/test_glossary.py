"""The glossary has a word for every model, and its identifiers exist."""

import re
from collections import Counter

from django.apps import apps

from tests.architecture.source import listed, product
from tests.docs.markdown import page

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    """Chinese, English, identifier."""
    found = ROW.findall(page("docs/glossary.md").text)
    return [(zh, en, code.strip(" `")) for zh, en, code, _meaning in found if zh != "zh"]


def test_every_model_has_a_word():
    known = {code for _zh, _en, code in rows()}
    missing = {str(model._meta.object_name) for model in apps.get_models()} - known
    assert not missing, listed(sorted(missing))


def test_every_word_is_said_once_and_in_both_languages():
    times = Counter(zh for zh, _en, _code in rows())
    doubled = [word for word, many in times.items() if many > 1]
    assert not doubled, listed(doubled)
    wrong = [
        f"{zh} {en}"
        for zh, en, _code in rows()
        if not re.search(r"[\u4e00-\u9fff]", zh) or not re.search(r"[a-z]", en)
    ]
    assert not wrong, listed(wrong)


def test_identifiers_are_in_the_code():
    code = "\n".join(source.text for source in product())
    folders = {".".join(source.parts) for source in product()}
    folders |= {".".join(source.parts[:-1]) for source in product()}
    lost = [
        name
        for _zh, _en, name in rows()
        if name and name not in folders and not re.search(rf"\b{name.split('.')[-1]}\b", code)
    ]
    assert not lost, listed(lost)
