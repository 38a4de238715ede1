"""Reading: what a letter holds, whatever the bytes; and never more time than they are worth."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.kernel.mail import mime, quoting, reading
from zhitong.kernel.mail.letter import Kind
from zhitong.kernel.mail.markup import plain
from zhitong.kernel.mail.reading import read
from zhitong.kernel.mail.tests import crafting
from zhitong.kernel.mail.tests.corpus import generated
from zhitong.kernel.mail.tests.nasty import NASTY
from zhitong.kernel.mail.tests.world import HOST, placed, received
from zhitong.kernel.text.clean import clean_line, clean_text

MAILS = [case.raw for case in (*generated(64), *NASTY) if len(case.raw) < 4000]


def check(raw: bytes) -> None:
    """What holds for every letter."""
    letter = received(raw)
    placed(raw)
    for text in (letter.text, letter.signature, letter.quoted):
        assert clean_text(text, max_length=2 * reading.LONGEST_TEXT) is not None
    for one in (letter.subject, letter.sender_name, *(file.name for file in letter.enclosures)):
        assert clean_line(one, max_length=400) is not None
    for file in letter.enclosures:
        assert file.name and not set(file.name) & set('/\\:"')
    assert letter.sender == "" or letter.sender.count("@") == 1
    assert received(raw) == letter


@given(st.binary(max_size=3000))
def test_no_bytes_raise(raw):
    check(raw)


@given(st.sampled_from(MAILS), st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 12))
@settings(max_examples=400)
def test_no_damage_raises(raw, at, put, gone):
    check(raw[:at] + put + raw[at + gone :])


@given(st.lists(st.sampled_from([
    b"From: a@b.cn\n", b"Content-Type: multipart/mixed; boundary=a\n", b"\n", b"--a\n", b"--a--\n",
    b"Content-Type: text/html; charset=gbk\n", b"Content-Transfer-Encoding: base64\n", b"=?gbk?B?",
    b"?=", b"Subject: ", b"\xb2\xbb", "不亮".encode(), b"<p>", b"<a href='http://x'>", b"</a>",
    b"=3D", b"x\x9f>\x22\x00\x01\x00", b"\xe2\x80\xae", b"\xcc\x81" * 12, b"> ",
    b"Content-Disposition: attachment; ", b"Content-Type: message/rfc822\n", b"; ",
    b"&#", b"filename*0*=utf-8''%", b"\xf0\x9f\x91\xae",
]), max_size=40))  # fmt: skip
def test_no_mixture_raises(pieces):
    check(b"".join(pieces))


@given(st.text(max_size=400))
def test_cutting_loses_no_line(text):
    parts = quoting.cut(text)
    kept = f"{parts.words}\n{parts.signature}\n{parts.quoted}".split("\n")
    assert sorted(filter(str.strip, map(str.strip, kept))) == sorted(
        filter(str.strip, map(str.strip, text.split("\n")))
    )


SLOW = {
    "parts": (b"From: a@b.cn\nContent-Type: multipart/mixed; boundary=b\n\n", b"--b\n\nx\n"),
    "open tags": (b"From: a@b.cn\nContent-Type: text/html\n\n", b"<"),
    "open quotes": (b"From: a@b.cn\nContent-Type: text/html\n\n", b'<a href="'),
    "open comments": (b"From: a@b.cn\nContent-Type: text/html\n\n", b"<!--"),
    "open scripts": (b"From: a@b.cn\nContent-Type: text/html\n\n", b"<script"),
    "carriage returns": (b"From: a@b.cn\n", b"\r"),
    "words": (b"From: a@b.cn\nSubject: ", b"=?a?q?"),
    "parameters": (b"From: a@b.cn\nContent-Type: text/plain", b"; a=\x22\\\x22"),
    "quotes": (b"From: a@b.cn, ", b'\\"'),
    "angles": (b"From: ", b"<a@"),
    "headers": (b"From: a@b.cn\n", b"X: y\n"),
    "folds": (b"From: a@b.cn\n", b" \n"),
    "padding": (b"From: a@b.cn\nContent-Transfer-Encoding: base64\n\n", b"A="),
    "blank lines": (b"From: a@b.cn\n\n", b" \n"),
    "answers": (b"From: a@b.cn\n\n", b"On 1 x wrote\n"),
    "codes": (b"From: a@b.cn\n\n", b"ABCD-"),
    "marks": (b"From: a@b.cn\n\n", b"\xcc\x81"),
}


@pytest.mark.parametrize("shape", SLOW)
def test_time_grows_with_the_size_alone(shape):
    """Twelve times the bytes may take forty times the time, never the square of it."""
    head, again = SLOW[shape]

    def spent(size: int) -> float:
        raw = head + again * (size // len(again))
        best = 1e9
        for _again in range(2):
            began = time.process_time()
            placed(raw)
            best = min(best, time.process_time() - began)
        return best

    small, large = spent(100_000), spent(1_200_000)
    assert large < max(0.5, 40 * small)
    assert large < 5


def test_parts_are_counted_and_bounded():
    raw = b"From: a@b.cn\n" + crafting.multipart("mixed", "b", [b"\nx"] * 10_000)
    letter = read(raw)
    assert letter.left_out >= 10_000 - mime.MOST_PARTS
    assert len(letter.enclosures) <= reading.MOST_FILES


def test_a_file_keeps_its_name_and_bytes_but_no_path():
    file = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
    file += b"Content-Disposition: attachment;\n"
    file += b' filename="=?gb2312?B?1tDOxA==?=../../etc/x\\"y.pdf"\n\nAAEC\n'
    letter = read(b"From: a@b.cn\n" + crafting.multipart("mixed", "b", [file]))
    assert [(one.name, one.type, one.data) for one in letter.enclosures] == [
        ("中文.._.._etc_x_y.pdf", "application/pdf", b"\0\1\2")
    ]


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (b"filename*=gb18030''%D6%D0%CE%C4.txt", "中文.txt"),
        (b"filename*0*=utf-8''%E4%B8%AD; filename*1*=%E6%96%87; filename*2=.txt", "中文.txt"),
        (b"filename*1=b.txt; filename*0=a", "ab.txt"),
        (b"filename=" + "中文.txt".encode("gbk"), "中文.txt"),
        (b'filename="unclosed.txt', "unclosed.txt"),
        (b"filename=a b.txt", "a b.txt"),
        (b"filename*=nonsense%E4%B8%AD.txt", "nonsense中.txt"),
        (b'filename="\xe2\x80\xaetxt.exe"', "txt.exe"),
    ],
)
def test_names_of_files_in_all_their_brokenness(labels, name):
    file = b"Content-Disposition: attachment; " + labels + b"\n\nx"
    letter = read(b"From: a@b.cn\n" + crafting.multipart("mixed", "b", [file]))
    assert [one.name for one in letter.enclosures] == [name]


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?gb2312?B?1tDOxA==?= =?gb2312?B?1tDOxA==?=", "中文中文"),
        (b"=?utf-8?B?5Lit5g==?= =?utf-8?B?lofkuA==?= =?utf-8?B?rQ==?=", "中文中"),
        (b"=?gbk?Q?=D6=D0 =CE=C4?=", "中 文"),
        (b"=?GBK*zh?b?1tDOxA?=", "中文"),
        (b"a=?gbk?B?1tDOxA==?=b", "a中文b"),
        (b"=?gbk?B?1tDOxA==", "中文"),
        (b"=?what?X?abc?=", "=?what?X?abc?="),
        (b"=?utf-8?q?a=0D=0ABcc:_x@y?=", "a Bcc: x@y"),
        ("中文".encode("gbk"), "中文"),
        ("中文".encode(), "中文"),
        (b"=?big5?B?pKSk5Q==?=", "中文"),
    ],
)
def test_subjects_in_all_their_brokenness(raw, subject):
    assert read(b"From: a@b.cn\nSubject: " + raw + b"\n\nx").subject == subject


def test_an_envelope_of_outlook_gives_its_words_and_files():
    data = crafting.envelope("路灯不亮", {"照片.jpg": b"\xff\xd8", "表.xls": b"x" * 9})
    head = b"From: a@b.cn\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
    letter = read(head + data)
    assert letter.text == "路灯不亮"
    assert [(one.name, len(one.data)) for one in letter.enclosures] == [
        ("照片.jpg", 2),
        ("表.xls", 9),
    ]


def test_a_report_names_what_it_is_about():
    case = next(case for case in generated(32) if case.name.startswith("bounced"))
    bounce = received(case.raw).bounce
    assert bounce is not None
    assert bounce.final
    assert bounce.status == "5.1.1"
    assert bounce.recipients == ("gone@mail.example",)
    assert bounce.about[0].endswith(HOST)
    later = received(case.raw.replace(b"failed", b"delayed").replace(b"5.1.1", b"4.4.7")).bounce
    assert later is not None
    assert not later.final


def test_the_same_mail_twice_is_the_same_and_another_with_its_id_is_not():
    raw = b"Message-ID: <a@b>\nFrom: a@b.cn\n\nwords"
    again = b"Received: by x\nDelivered-To: y@z\n" + raw
    assert read(raw).fingerprint == read(again).fingerprint
    assert read(raw).fingerprint != read(raw + b"!").fingerprint


def test_what_is_cut_off_stays_reachable():
    letter = read(
        b"From: a@b.cn\nDate: Sun, 1 Mar 2026 10:00:00 +0800\n\n"
        + "好\n-- \n张三\n\n----- 原始邮件 -----\n旧".encode()
    )
    assert (letter.text, letter.signature) == ("好", "-- \n张三")
    assert "旧" in letter.quoted
    assert letter.date == datetime(2026, 3, 1, 2, tzinfo=UTC)
    assert letter.kind is Kind.WORD


def test_a_page_becomes_lines():
    page = "<ul><li>a&amp;b<li>c</ul><table><tr><td>1</td><td>2</td></tr></table>"
    page += "<blockquote>old</blockquote>"
    assert plain(page).split("\n") == ["- a&b", "- c", "", "1 2", "", "> old"]
