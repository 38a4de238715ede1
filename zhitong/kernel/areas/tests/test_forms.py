import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from zhitong.kernel.areas.forms import AreaField
from zhitong.kernel.areas.queries import area_for_matter
from zhitong.kernel.areas.tests.county import ROWS, load
from zhitong.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    area = AreaField()


@pytest.fixture(autouse=True)
def county():
    load()
    load(*ROWS[:5], *ROWS[6:])


@pytest.mark.parametrize("code", ["371403001", "371403001201", " 371403001201 "])
def test_a_township_or_village(code):
    assert AreaField().clean(code).code == code.strip()
    assert area_for_matter(code.strip()).code == code.strip()


REFUSED = [
    ("371403", "9 or 12 digits"),
    ("abc", "9 or 12 digits"),
    ("３７１４０３００１", "9 or 12 digits"),
    ("371403001\x00", "9 or 12 digits"),
    ("1" * 10_000, "9 or 12 digits"),
    ("371403999", "no township or village"),
    ("371403001202", "no longer in use"),
]


@pytest.mark.parametrize(("code", "why"), REFUSED)
def test_anything_else_is_refused_and_says_why(code, why):
    with override("en"):
        with pytest.raises(ValidationError, match=why):
            AreaField().clean(code)
        with pytest.raises(Invalid, match=why) as refused:
            area_for_matter(code)
        assert why in str(refused.value.fields["area"])


def test_empty_is_refused_only_when_required():
    assert AreaField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        AreaField().clean("")


def test_the_form_shows_the_code_again():
    area = AreaField().clean("371403001201")
    assert 'value="371403001201"' in str(Form(initial={"area": area})["area"])
