"""Search finds what a search through every text for a substring finds: no more, no less."""

import random

import pytest

from zhitong.kernel.search.models import Words
from zhitong.kernel.search.queries import matching
from zhitong.kernel.search.tests import brute
from zhitong.kernel.search.tests.notes import Note, NoteWords

WORDS = """
派出所 户口 居住证 身份证 办理 幸福路 安德街道 孙家洼 路灯 坏了 电动车 被盗 邻居 噪音
学校 门口 拥堵 的 了 在 我 们 〇 㙟 𡐓 國
"""
OTHERS = """
ABC123 abc Wi-Fi 110 2024年 １２３ ＡＢＣ 鲁N12345 Ёлка ئۇيغۇر ひらがな café 3.14 x² ㍿ ﬁ ß
1e5 0x1f ， 。 ！ （ ） “ ” ' " * : & | ! < > - % _ \\ ; AND OR NOT NEAR \u200b \u202e \ue170
"""
SPACES = (" ", "\n", "\t", "\u3000")
HOSTILE = [
    *("", " ", "\u3000", "&|!:*<->", '"', "''", '"; drop table search_note; --', "(", "\\", "%s"),
    *("a AND OR NOT (", '身份*"证', "NEAR(户口 办理)", "tokens:户口", "^户口", "-户口", "户口*"),
    *("'户口' <-> '办理'", "\x00户口", "{户口}", "%(x)s", "\ud800", "户" * 5000, "a " * 5000),
    *("\u202e户口\u202c", "é" * 300),
]
SEED = 371403


def some_text(dice):
    words, others = WORDS.split(), [*OTHERS.split(), *SPACES]
    chosen = (words if dice.random() < 0.75 else others for _ in range(dice.randint(1, 25)))
    return "".join(dice.choice(pieces) for pieces in chosen)


def some_query(dice, texts):
    parts = []
    for _ in range(dice.choice((1, 1, 1, 2))):
        text = dice.choice(texts)
        start = dice.randrange(len(text))
        parts.append(text[start : start + dice.choice((1, 2, 2, 3, 4, 5, 8))])
    return " ".join(parts)


@pytest.fixture
def texts(everywhere):
    dice = random.Random(SEED)
    texts = [some_text(dice) for _ in range(700)]
    notes = [Note(text=text) for text in texts]
    Note.objects.bulk_create(notes)
    for note in notes:
        NoteWords.write(owner=note.pk, texts=(note.text,))
    return texts


def found(query):
    return sorted(Note.objects.filter(matching(NoteWords, query)).values_list("text", flat=True))


def test_as_exact_as_a_substring(texts):
    dice = random.Random(SEED + 1)
    plain = {text: brute.plain(text) for text in texts}
    hits = 0
    for _ in range(2000):
        query = some_query(dice, texts)
        wanted = brute.parts(query)
        expected = [
            text for text in texts if wanted and all(part in plain[text] for part in wanted)
        ]
        assert found(query) == sorted(expected), query
        hits += len(expected)
    assert hits > 10_000


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_words(texts, query):
    assert isinstance(found(query), list)


@pytest.mark.parametrize("query", ["", "  ", "&|!:*<->", "，。", "\u200b"])
def test_nothing_to_search_finds_nothing_without_asking(texts, query, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert found(query) == []


FOUND = "居住证|所|路派|abc12|２０２４|年|幸福路 居住证|派出所。办理|证abc1"


@pytest.mark.parametrize("query", FOUND.split("|"))
def test_full_width_case_and_separators_do_not_matter(everywhere, query):
    note = Note.objects.create(text="x")
    text = "张三在幸福路派出所，办理居住证ＡＢＣ123，２０２４年"
    NoteWords.write(owner=note.pk, texts=(text,))
    assert found(query) == ["x"]


def test_words_match_from_their_beginning(everywhere):
    note = Note.objects.create(text="x")
    NoteWords.write(owner=note.pk, texts=("车牌ABC123号",))
    assert found("abc1") == ["x"]
    assert found("bc1") == []


def test_long_texts_and_words_are_cut_not_refused(everywhere):
    note = Note.objects.create(text="x")
    NoteWords.write(owner=note.pk, texts=("甲乙" * 20_000 + "丙丁", "z" * 100_000))
    assert found("甲乙甲乙") == ["x"]
    assert found("丙丁") == []
    NoteWords.write(owner=note.pk, texts=("z" * 100_000,))
    assert found("z" * 150) == ["x"]


def test_words_have_no_objects():
    assert not hasattr(Words, "objects")
    assert not hasattr(NoteWords, "objects")
