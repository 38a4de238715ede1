"""The index follows its rows: edits, deletions, roll-backs, reach."""

import pytest
from django.db import connection, transaction

from zhitong.kernel.scope import NoScope, acting
from zhitong.kernel.search import queries
from zhitong.kernel.search.queries import matching
from zhitong.kernel.search.tests import notes
from zhitong.kernel.search.tests.notes import Note, NoteWords, write


def found(query):
    return set(Note.objects.filter(matching(NoteWords, query)).values_list("text", flat=True))


def test_an_edit_replaces_the_words(everywhere):
    note = write("办理居住证")
    NoteWords.write(owner=note.pk, texts=("改为户口迁移",))
    assert found("居住证") == set()
    assert found("口迁") == {"办理居住证"}
    assert NoteWords.rows.count() == 1


def test_deleting_the_row_takes_its_words_along(everywhere):
    write("路灯坏了").delete()
    assert found("路灯") == set()
    assert not NoteWords.rows.exists()


def test_rolling_back_leaves_nothing_to_find(everywhere):
    with pytest.raises(RuntimeError), transaction.atomic():
        write("回滚独角兽")
        raise RuntimeError
    assert found("独角兽") == set()


def test_words_are_found_in_the_transaction_that_wrote_them(everywhere):
    with transaction.atomic():
        write("刚刚写下")
        assert found("刚写") == {"刚刚写下"}


def test_several_texts_are_not_one(everywhere):
    note = write("x")
    NoteWords.write(owner=note.pk, texts=("派出所", "户口"))
    assert found("派出所 户口") == {"x"}
    assert found("所户") == set()


def test_only_within_reach_and_in_one_statement(everywhere, django_assert_num_queries):
    write("孙家洼路灯", path="37/14/03/001/201/")
    write("别处路灯", path="37/14/03/002/201/")
    counted = 1 if connection.vendor == "postgresql" else 0
    with acting(notes.town), django_assert_num_queries(1 + counted):
        assert found("路灯") == {"孙家洼路灯"}
    assert found("路灯") == {"孙家洼路灯", "别处路灯"}


def test_composes_with_other_filters_and_newest_first(everywhere):
    texts = [f"路灯第{number}盏" for number in range(30)]
    for text in texts:
        write(text)
    rows = Note.objects.filter(matching(NoteWords, "路灯")).exclude(text=texts[-1])
    assert [note.text for note in rows.order_by("-found_by__id")[:3]] == texts[-2:-5:-1]


def test_frequent_words_take_the_other_way_with_the_same_answer(everywhere, monkeypatch):
    for number in range(5):
        write(f"路灯{number}")
    few = found("路灯")
    monkeypatch.setattr(queries, "FEW", 2)
    assert found("路灯") == few
    assert len(few) == 5


def test_without_a_scope_there_is_no_question(note_tables, db, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(NoScope):
        matching(NoteWords, "路灯")


def test_the_index_goes_and_comes_back_with_its_migration(note_tables, transactional_db):
    with acting(notes.everywhere):
        write("先有的字")
        with connection.schema_editor() as editor:
            notes.index.database_backwards("search", editor, notes.state, None)
        with connection.schema_editor() as editor:
            notes.index.database_forwards("search", editor, None, notes.state)
        assert found("有的") == {"先有的字"}
        Note.objects.all().delete()


def test_the_operation_describes_itself():
    assert "NoteWords" in notes.index.describe()
    assert notes.index.migration_name_fragment == "notewords_search"
    name, args, kwargs = notes.index.deconstruct()
    assert (name, args, kwargs) == ("CreateSearchIndex", ["NoteWords"], {"singles": False})
