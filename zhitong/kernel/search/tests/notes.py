"""A guarded model and its words, outside the installed apps, for the tests of search."""

from types import SimpleNamespace

from django.apps.registry import Apps
from django.db import connection, models

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.kernel.scope import Reach, Scope
from zhitong.kernel.search.models import Words
from zhitong.kernel.search.schema import CreateSearchIndex

registry = Apps(["zhitong.kernel.search"])
everywhere = Scope("system:test", Reach(subtrees=("37/",)), frozenset(), "test")
town = Scope("staff:1", Reach(subtrees=("37/14/03/001/",)), frozenset(), "test")


class Note(Guarded):
    GUARD = Guard(path="path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=20, default="37/14/03/")
    text = models.TextField()

    class Meta(Guarded.Meta):
        apps = registry
        app_label = "search"


class NoteWords(Words):
    owner = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="found_by")

    class Meta(Words.Meta):
        apps = registry
        app_label = "search"


index = CreateSearchIndex("NoteWords")
state = SimpleNamespace(apps=SimpleNamespace(get_model=lambda _label, _name: NoteWords))


def create_tables():
    with connection.schema_editor() as editor:
        editor.create_model(Note)
        editor.create_model(NoteWords)
        index.database_forwards("search", editor, None, state)


def drop_tables():
    with connection.schema_editor() as editor:
        index.database_backwards("search", editor, state, None)
        editor.delete_model(NoteWords)
        editor.delete_model(Note)


def write(text, *, path="37/14/03/"):
    """A note and its words, as an action would write them."""
    note = Note.objects.create(text=text, path=path)
    NoteWords.write(owner=note.pk, texts=(text,))
    return note
