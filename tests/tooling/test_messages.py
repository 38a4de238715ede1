"""The translation check finds what it is there to find."""

from pathlib import Path

import pytest

from tools.messages.catalogues import App, apps, build, contradictions, faults
from tools.messages.hardcoded import hardcoded

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
hello = _("Hello %(name)s")
days = ngettext("%(n)d day", "%(n)d days", 3)
month = pgettext("month", "May")
"""
PAGE = """{% load i18n %}<p title="{% translate 'Close' %}">{% blocktranslate trimmed with a=b %}
  All of
  {{ a }} is 100% done{% endblocktranslate %}</p>{{ _("Sent")|upper }}"""
COMPLETE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"
msgid "Hello %(name)s"
msgstr "%(name)s,您好"
msgid "%(n)d day"
msgid_plural "%(n)d days"
msgstr[0] "%(n)d 天"
msgctxt "month"
msgid "May"
msgstr "五月"
msgid "Close"
msgstr "关闭"
msgid "All of %(a)s is 100%% done"
msgstr "%(a)s 已全部完成(100%%)"
msgid "Sent"
msgstr "已发送"
"""


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An app that says six things, all of them translated."""
    folder = tmp_path / "zhitong" / "loop"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").write_text("")
    (folder / "words.py").write_text(CODE)
    (folder / "templates" / "page.html").write_text(PAGE)
    (found,) = apps(tmp_path / "zhitong")
    found.catalogue.parent.mkdir(parents=True)
    found.catalogue.write_text(COMPLETE)
    return found


def test_a_complete_app_has_no_faults(app):
    assert list(faults(app)) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('msgid "Sent"\nmsgstr "已发送"\n', "", "not translated: 'Sent'"),
        ('msgstr "已发送"', 'msgstr ""', "not translated: 'Sent'"),
        ('msgid "Sent"', '#, fuzzy\nmsgid "Sent"', "still fuzzy: 'Sent'"),
        ('msgstr "%(name)s,您好"', 'msgstr "您好"', "placeholders differ"),
        ('msgid "Sent"', 'msgid "Gone"\nmsgstr "没了"\nmsgid "Sent"', "nobody says this any more"),
        ('msgid "Sent"', '#~ msgid "Old"\n#~ msgstr "旧"\nmsgid "Sent"', "remove the obsolete"),
    ],
)
def test_each_kind_of_fault_is_named(app, before, after, told):
    app.catalogue.write_text(COMPLETE.replace(before, after))
    found = list(faults(app))
    assert len(found) == 1, found
    assert told in found[0]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Two words</p>",
        "<p>{% if x %}欢迎{% endif %}</p>",
        '<img alt="A kind officer">',
        '<a href="{% url "home" %}" title="回家">x</a>',
    ],
)
def test_a_hard_coded_sentence_is_found(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(page)
    assert len(hardcoded(path)) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<p class="two words">{{ name }} · {% translate "Two words" %}</p>',
        "<script src='x.js'>var some = words</script><code>make run</code>",
        '<a lang="zh-Hans">中文</a><p>OK</p>',
        "{% comment %}Two words{% endcomment %}{# Two words #}",
    ],
)
def test_what_nobody_reads_is_left_alone(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(page)
    assert hardcoded(path) == []


def test_one_sentence_has_one_translation(app, tmp_path):
    other = App(tmp_path / "other", ())
    other.catalogue.parent.mkdir(parents=True)
    other.catalogue.write_text(COMPLETE.replace("已发送", "已寄出"))
    (told,) = contradictions([app, other])
    assert "'Sent' is '已寄出' here" in told


def test_the_binary_catalogue_is_built(app):
    build(app)
    assert "已发送".encode() in app.catalogue.with_suffix(".mo").read_bytes()
