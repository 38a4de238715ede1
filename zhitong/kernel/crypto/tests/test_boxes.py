import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhitong.kernel.crypto.boxes import Unreadable, key_id, open_sealed, seal
from zhitong.kernel.crypto.keyring import keyring

KEEP = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(text=st.binary(max_size=300), context=st.binary(max_size=60))
@KEEP
def test_what_is_sealed_opens_where_it_belongs(keys, text, context):
    box = seal(text, context=context)
    assert open_sealed(box, context=context) == text
    assert key_id(box) == keyring().active
    assert seal(text, context=context) != box
    assert len(text) < 4 or text not in box


@given(text=st.binary(max_size=60), data=st.data())
@KEEP
def test_a_changed_bit_does_not_open(keys, text, data):
    box = bytearray(seal(text, context=b"row 1"))
    at = data.draw(st.integers(0, len(box) - 1))
    box[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unreadable):
        open_sealed(bytes(box), context=b"row 1")


@given(text=st.binary(max_size=60), data=st.data())
@KEEP
def test_a_box_cut_short_or_longer_does_not_open(keys, text, data):
    box = seal(text, context=b"row 1")
    for changed in (box[: data.draw(st.integers(0, len(box) - 1))], box + b"\0"):
        with pytest.raises(Unreadable):
            open_sealed(changed, context=b"row 1")


@given(here=st.binary(max_size=20), there=st.binary(max_size=20))
@KEEP
def test_a_box_does_not_open_elsewhere(keys, here, there):
    box = seal(b"x", context=here)
    if here != there:
        with pytest.raises(Unreadable):
            open_sealed(box, context=there)
