import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhitong.kernel.crypto.codes import ALPHABET, read_code, tracking_code, tracking_digest
from zhitong.kernel.crypto.keyring import FILE
from zhitong.kernel.errors import Invalid

KEEP = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORM = re.compile(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{3}}")
TYPED_FOR = {"0": "0Oo０", "1": "1IiLl１", "-": ["-", " ", "", "—", "–", "\u3000", " - ", "\u200b"]}


@given(channel=st.text(max_size=20), external_id=st.text(max_size=60))
@KEEP
def test_a_second_send_gets_the_same_code(keys, channel, external_id):
    code = tracking_code(channel=channel, external_id=external_id)
    assert FORM.fullmatch(code)
    assert tracking_code(channel=channel, external_id=external_id) == code
    assert tracking_code(channel=channel + "x", external_id=external_id) != code
    assert tracking_code(channel=channel, external_id=external_id + "x") != code


@given(st.data())
@KEEP
def test_however_it_is_typed(keys, data):
    code = tracking_code(channel="web", external_id=str(data.draw(st.integers())))
    typed = "".join(
        data.draw(st.sampled_from(list(TYPED_FOR.get(char, {char, char.lower(), wide(char)}))))
        for char in code
    )
    assert read_code(f" {typed}\n") == code
    assert tracking_digest(typed) == tracking_digest(code)


def wide(char: str) -> str:
    """The full-width form of an ASCII character."""
    return chr(ord(char) + 0xFEE0)


def test_codes_do_not_repeat_and_use_every_letter(keys):
    codes = {tracking_code(channel="web", external_id=str(number)) for number in range(20_000)}
    assert len(codes) == 20_000
    assert set("".join(codes)) == {*ALPHABET, "-"}


def test_another_instance_gives_other_codes_and_digests(keys):
    code = tracking_code(channel="web", external_id="1")
    digest = tracking_digest(code)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert code.replace("-", "").lower() not in digest
    (keys / FILE).unlink()
    assert tracking_code(channel="web", external_id="1") != code
    assert tracking_digest(code) != digest


@pytest.mark.parametrize(
    "typed",
    ["", "7Q4M", "7Q4M-0ZKD-2R9C-WX5U", "7Q4M-0ZKD-2R9C-WX5T-1", "' OR 1=1 --", "七" * 16,
     "\x00" * 16, "A" * 10_000, "𝟘" * 17],
)  # fmt: skip
def test_what_is_no_code(keys, typed):
    with pytest.raises(Invalid) as caught:
        tracking_digest(typed)
    assert set(caught.value.fields) == {"code"}
