import ast
from pathlib import Path

import pytest

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.sealed import Sealed
from zhitong.kernel.errors import Denied, Invalid
from zhitong.kernel.reveal import reveal
from zhitong.kernel.scope import NoScope, Reach, Scope, acting

pytestmark = pytest.mark.django_db
PHONE = "13800005678"
MAY = Scope("staff:1", Reach(("37/",)), frozenset({"sealed.reveal"}), "desk", "社区民警 王建国")
MAY_NOT = Scope("staff:2", Reach(("37/",)), frozenset({"loop.read"}), "desk")
MAY_OPEN = {
    "reveal.py": "shows it, on the record",
    "rotation.py": "seals it again",
    "identity/staff_door.py": "checks a second factor",
    "identity/actions/residents.py": "moves a proven number to the resident's own row",
    "mail/correspondence.py": "answers in the thread of the mail that came",
    "mail/delivery.py": "hands the mail to the server",
    "sms/delivery.py": "hands the message to the gateway",
    "webhooks/actions.py": "keeps a partner's old secret for a day beside the new one",
    "webhooks/delivery.py": "signs with a partner's secret",
    "sms/demo.py": "shows invented messages, in demo mode only",
}


@pytest.fixture
def phone():
    return Sealed(
        kind="phone", box=Sealed(kind="phone", text=PHONE, place=HERE).boxed(), place=HERE
    )


HERE = "loop.matter.phone:0198"


def show(phone: Sealed, purpose: str = "回拨电话") -> str:
    return reveal(phone, purpose=purpose, target="loop.Matter:0198", path="37/14/03/")


def test_a_look_is_written_down(phone):
    with acting(MAY):
        assert show(phone, " 回拨电话\n") == PHONE
    (entry,) = AuditEntry.objects.filter(action="sealed.reveal")
    assert (entry.actor, entry.target, entry.path) == ("staff:1", "loop.Matter:0198", "37/14/03/")
    assert entry.purpose == "回拨电话"
    assert "loop.matter.phone" in str(entry.details)
    assert PHONE not in str(vars(entry))


@pytest.mark.parametrize("purpose", ["", "  \n"])
def test_no_purpose_no_look(phone, purpose):
    with acting(MAY), pytest.raises(Invalid) as caught:
        show(phone, purpose)
    assert set(caught.value.fields) == {"purpose"}
    assert not AuditEntry.objects.exists()


def test_no_permit_no_look(phone):
    with acting(MAY_NOT), pytest.raises(Denied):
        show(phone)
    with pytest.raises(NoScope):
        show(phone)
    assert not AuditEntry.objects.exists()


def test_what_does_not_open_is_no_look(phone):
    stolen = Sealed(kind="phone", box=phone.boxed(), place="loop.matter.phone:0199")
    with acting(MAY), pytest.raises(Unreadable):
        show(stolen)
    assert not AuditEntry.objects.exists()


def opens_boxes(path: Path) -> bool:
    """Whether a file imports the function that opens sealed values without a record."""
    return any(
        isinstance(node, ast.ImportFrom) and "unsealed" in {one.name for one in node.names}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def test_nobody_else_opens_sealed_values():
    found = {
        path.relative_to("zhitong/kernel").as_posix()
        for path in Path("zhitong/kernel").rglob("*.py")
        if not {"tests", "crypto"} & set(path.parts) and opens_boxes(path)
    }
    outside = [path for path in Path("zhitong").rglob("*.py") if "kernel" not in path.parts]
    assert found == set(MAY_OPEN)
    assert not [path for path in outside if "tests" not in path.parts and opens_boxes(path)]
