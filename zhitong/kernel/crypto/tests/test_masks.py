import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.crypto.masks import HIDDEN, MASKS


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("phone", "13800005678", "138****5678"),
        ("phone", "110", HIDDEN),
        ("phone", "0534-123456", "053****3456"),
        ("id_number", "371403199901017890", "371*************90"),
        ("id_number", "3714", HIDDEN),
        ("name", "欧阳小云", "欧**"),
        ("name", "云", HIDDEN),
        ("generic", "安德街 1 号", HIDDEN),
    ],
)
def test_masks(kind, text, shown):
    assert MASKS[kind](text) == shown


@given(kind=st.sampled_from(sorted(MASKS)), text=st.text(min_size=1, max_size=40))
def test_at_least_half_stays_hidden_of_what_is_not_a_phone_number(kind, text):
    shown = MASKS[kind](text).replace("*", "")
    assert len(shown) <= 7
    assert len(shown) * 3 <= len(text) * 2
