"""A record that is over is emptied with all that hangs on it; what is counted stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models

from zhitong.kernel.actions import audited_read
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.bus.models import Event
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.errors import NotFound
from zhitong.kernel.retention import clearing, running
from zhitong.kernel.retention.actions import end
from zhitong.kernel.retention.emptying import belongings, emptied
from zhitong.kernel.retention.models import RetentionRun
from zhitong.kernel.retention.planning import plan
from zhitong.kernel.retention.registry import RETENTION, every_row
from zhitong.kernel.retention.running import ending_scope, run
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter, MatterWords, Step
from zhitong.loop.queries.counting import counting_scope, judged
from zhitong.loop.tests.county import County, by_link, said

LATER = timedelta(days=1200)
SECRET = "张三丰住在幸福路七号"


@pytest.fixture
def ended(county: County) -> Matter:
    """A matter with words everywhere, closed and rated."""
    matter = said(f"{SECRET}，路灯坏了", "n1", name="张三丰", phone="13812345678")
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.note(id=matter.pk, text=SECRET)
        actions.ask(id=matter.pk, text=SECRET)
    with acting(by_link("n1")):
        actions.add(id=matter.pk, text=SECRET)
    with acting(county.officer):
        actions.answer(id=matter.pk, text=SECRET, outcome="solved")
    with acting(by_link("n1")):
        actions.rate(id=matter.pk, stars=5, text=SECRET)
    while relay():
        pass
    while integrate():
        pass
    return matter


def texts() -> str:
    """Everything that stands in a text of any table but the audit log's."""
    found: list[str] = []
    with beyond_reach():
        for model in apps.get_models():
            if model._meta.app_label == "areas":
                continue
            names = [
                one.name
                for one in model._meta.local_fields
                if isinstance(one, models.CharField | models.TextField | models.JSONField)
            ]
            found += map(str, every_row(model._meta.label).values_list(*names)) if names else []
    return "\n".join(found)


def test_everything_that_is_emptied_can_be():
    for label, rule in RETENTION.items():
        if rule.leaves and not rule.leaves.whole:
            emptied(apps.get_model(label), rule.leaves)
            named = rule.leaves.kept | rule.leaves.drawn | rule.leaves.cut.keys()
            known = {field.name for field in apps.get_model(label)._meta.local_fields}
            assert named <= known, label


def test_whatever_hangs_on_a_matter_goes_or_is_emptied():
    found = {model._meta.label for model in belongings(Matter)}
    assert {"loop.Step", "loop.Photo", "loop.MatterWords", "loop.Summary"} <= found


@pytest.mark.django_db
def test_nothing_goes_before_its_time(ended: Matter):
    assert [line.over for line in plan(now()) if line.model == "loop.Matter"] == [0]
    with acting(ending_scope()), pytest.raises(NotFound):
        end(record="loop.Matter", key=str(ended.pk))


@pytest.mark.django_db
def test_an_ended_matter_loses_every_word_and_keeps_its_judgement(ended: Matter, monkeypatch):
    monkeypatch.setattr(running, "clear", lambda: None)
    assert SECRET in texts()
    with acting(counting_scope()):
        (before,) = judged([ended.pk], at=now())
    with clock_at(now() + LATER):
        (line,) = [line for line in plan(now()) if line.model == "loop.Matter"]
        assert (line.over, line.emptied) == (1, True)
        done = run()
        assert done.ended_at
        assert done.gone["loop.Matter"] == 1
        over = {line.model for line in plan(now()) if line.over}
        assert over <= {"bus.Event"}  # facts carry the machine's time, which stays as it was
        assert run().gone["loop.Matter"] == 1
    with acting(counting_scope()):
        (after,) = judged([ended.pk], at=now())
        row = Matter.objects.get(pk=ended.pk)
        assert before.facts() == after.facts()
        assert Step.objects.filter(matter=row).count() == 8
    assert SECRET not in texts()
    assert (row.words, row.resident_name, row.resident_phone) == ("", None, None)
    assert not MatterWords.rows.filter(owner_id=row.pk).exists()
    assert set(Event.objects.values_list("name", flat=True)) <= {"loop.MatterEmptied"}


@pytest.mark.django_db
def test_the_code_opens_nothing_afterwards(ended: Matter, monkeypatch):
    monkeypatch.setattr(running, "clear", lambda: None)
    with clock_at(now() + LATER):
        run()
    with acting(by_link("n1")):
        assert not Matter.objects.exists()


@pytest.mark.django_db
def test_a_purpose_in_somebody_s_own_words_goes_too(county: County, ended: Matter, monkeypatch):
    monkeypatch.setattr(running, "clear", lambda: None)
    with acting(county.officer):
        audited_read(action="loop.read", target=ended.target, path=ended.area_path, purpose=SECRET)
    with clock_at(now() + LATER):
        assert run().held == 1  # the log has not given the look its place yet
        assert not every_row("loop.Matter").filter(emptied_at__isnull=False).exists()
        while integrate():
            pass
        assert run().held == 0
    assert not AuditEntry.objects.filter(purpose=SECRET).exists()
    assert AuditEntry.objects.filter(target=ended.target, action="loop.answer").exists()


@pytest.mark.django_db
def test_a_night_that_is_cut_short_goes_on(county: County, monkeypatch):
    monkeypatch.setattr(running, "clear", lambda: None)
    for number in range(3):
        matter = said("路灯坏了", f"n{number}")
        with acting(by_link(f"n{number}")):
            actions.withdraw(id=matter.pk)
    while integrate():
        pass
    with clock_at(now() + LATER):
        assert run(seconds=0).ended_at is None
        assert run().gone["loop.Matter"] == 3
    assert RetentionRun.objects.count() == 1


@pytest.mark.django_db
def test_the_database_is_written_anew_once_a_week(county: County, monkeypatch):
    cleared: list[object] = []
    monkeypatch.setattr(running, "clear", lambda: cleared.append(now().date()))
    night = timedelta(days=1)
    for number in range(10):
        matter = said("路灯坏了", f"n{number}")
        with acting(by_link(f"n{number}")):
            actions.withdraw(id=matter.pk)
        with clock_at(now() + LATER + number * night):
            run(clear_after=timedelta(days=6, hours=12))
    assert len(cleared) == 2
    with clock_at(now() + LATER + 10 * night):
        run()  # on the command line, at once
    assert len(cleared) == 3


@pytest.mark.django_db
def test_clearing_inside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        clearing.clear()


@pytest.mark.django_db(transaction=True)
def test_clearing_leaves_the_index_whole(county: County):
    matter = said("村口的路灯坏了三天了", "n1")
    assert not connection.in_atomic_block
    clearing.clear()
    assert MatterWords.rows.filter(tokens__zh="路灯").get().owner_id == matter.pk
