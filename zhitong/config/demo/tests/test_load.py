"""Loading: once, whole, in demo mode and into an empty database only."""

from datetime import timedelta

import pytest

from zhitong.config.demo.actions import mark
from zhitong.config.demo.load import is_demo, load
from zhitong.config.demo.plan import MATTERS
from zhitong.config.demo.sign_ins import STAFF_SIGN_INS
from zhitong.config.demo.tests.test_plan import ADDED_AT_THE_END
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity import staff_door
from zhitong.kernel.identity.actions.people import create_account
from zhitong.kernel.identity.domain import Stage as SignInStage
from zhitong.kernel.identity.models import Account, Appointment, Post, Resident
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.lines.microblog.desk.models import Note, Publication
from zhitong.loop.models import Matter, Step

COUNTY = Scope("system:test", Reach(subtrees=(path_of("371403"),)), frozenset(), "test")
MAKER = Scope("system:test", Reach(), frozenset({"demo.mark", "identity.create_account"}), "test")


def numbers():
    with acting(COUNTY):
        return Matter.objects.count(), Step.objects.count(), Account.objects.count()


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_loaded_once_and_is_whole(settings):
    settings.DEMO = True
    loaded = load(lambda words: None)
    assert loaded is not None
    assert (loaded.areas, loaded.people, loaded.matters) == (706, 60, MATTERS)
    with acting(COUNTY):
        assert set(Matter.objects.values_list("stage", flat=True)) >= {"received", "rated"}
        assert Matter.objects.filter(due_at__lt=now()).count() >= 5
        assert not Matter.objects.filter(opened_at__gt=now()).exists()
        assert Matter.objects.filter(opened_at__lt=now() - timedelta(days=80)).exists()
        done = set(Step.objects.values_list("verb", flat=True))
        assert done >= ADDED_AT_THE_END
        before = Matter.objects.count(), Step.objects.count(), Account.objects.count()
    assert Post.objects.filter(kind="community").count() == 60
    assert Appointment.objects.filter(ends_on__lt=now().date()).exists()
    assert Event.objects.filter(name="loop.MatterAnswered").count() > 100
    assert not Delivery.objects.exists()
    assert Publication.objects.count() == 6
    with acting(COUNTY):
        assert set(Note.objects.values_list("stage", flat=True)) >= {"in_review", "scheduled"}
    assert SmsMessage.objects.count() == 1  # the resident's own sign-in code
    report = verify()
    assert not report.problems

    said: list[str] = []
    assert load(said.append) is None
    assert numbers() == before
    assert "nothing was changed" in said[0]

    for person in STAFF_SIGN_INS:
        opened = staff_door.enter(
            username=person.username, password=person.password, address="127.0.0.1", agent=""
        )
        assert opened.stage == SignInStage.OPEN
    officer = Account.objects.get(username="wangping")
    with acting(staff_scope(officer)):
        assert 0 < Matter.objects.filter(due_at__isnull=False).count() < before[0]
    with acting(Scope("system:test", Reach(own=_resident_key()), frozenset(), "test")):
        assert Matter.objects.count() >= 3


def _resident_key():
    with acting(COUNTY):
        keys = set(Matter.objects.exclude(resident_key="").values_list("resident_key", flat=True))
    (key,) = keys
    with acting(Scope("system:test", Reach(own=key), frozenset(), "test")):
        assert Resident.objects.filter(key=key).exists()
    return key


@pytest.mark.django_db
def test_a_database_in_use_never_becomes_a_demo(settings):
    settings.DEMO = True
    with acting(MAKER):
        create_account(username="somebody", name="某人", password=None)
        with pytest.raises(Invalid):
            mark(seed="x")
    with pytest.raises(Invalid):
        load(lambda words: None)
    assert not is_demo()
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_loaded_outside_demo_mode():
    with pytest.raises(Invalid):
        load(lambda words: None)
    assert not is_demo()
    assert not Account.objects.exists()
