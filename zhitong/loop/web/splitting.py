"""Splitting one message into several matters, without a script: a row for each new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.kernel.areas.codes import code_of, parent_of
from zhitong.kernel.areas.queries import children, label
from zhitong.kernel.errors import Refusal, Stale
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import WORDS_LIMIT, require_possible
from zhitong.loop.categories import choices
from zhitong.loop.domain import Verb
from zhitong.loop.domain.splitting import MOST
from zhitong.loop.models import Matter, Photo
from zhitong.loop.web import show
from zhitong.loop.web.forms import VersionField, new_nonce

MORE = "more"
ROWS = MOST - 1


class SplitForm(forms.Form):
    """What the message is about from now on, and a row for each new matter."""

    stays = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("What stays with this one?"),
        help_text=gettext_lazy("The resident reads this. What they said stays as they said it."),
    )
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)
    version = VersionField()

    def __init__(self, *args: Any, matter: Matter, rows: int, pictures: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = [number + 1 for number in range(1, rows + 1)]
        places = _places(matter)
        for number in self.rows:
            words = WordsField(max_length=WORDS_LIMIT, label=_("Its words"))
            about = forms.ChoiceField(label=_("What is it about?"), choices=choices)
            place = forms.ChoiceField(label=_("Where?"), choices=places)
            self.fields |= {f"words-{number}": words, f"category-{number}": about}
            self.fields[f"area-{number}"] = place
        self.pictures = [f"picture-{number}" for number in range(1, pictures + 1)]
        for number, name in enumerate(self.pictures, 1):
            told = [("", _("stays here")), *((str(row), _part(row)) for row in self.rows)]
            self.fields[name] = forms.ChoiceField(
                label=_("Picture %(number)d") % {"number": number}, choices=told, required=False
            )

    def in_rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of every new matter, under what it is called."""
        names = ("words", "category", "area")
        return [(_part(row), [self[f"{name}-{row}"] for name in names]) for row in self.rows]

    def of_pictures(self) -> list[forms.BoundField]:
        """Where each picture belongs."""
        return [self[name] for name in self.pictures]

    def parts(self, photos: list[Photo]) -> list[actions.Part]:
        """What is made, from a form that is good."""
        data = self.cleaned_data
        placed = list(zip(self.pictures, photos, strict=True))
        return [
            actions.Part(
                words=data[f"words-{row}"],
                category=data[f"category-{row}"],
                area=data[f"area-{row}"],
                pictures=tuple(photo.pk for name, photo in placed if data[name] == str(row)),
            )
            for row in self.rows
        ]


def _part(row: int) -> str:
    return _("Matter %(number)d") % {"number": row}


def _places(matter: Matter) -> list[tuple[str, str]]:
    """The place of the message, its township, and the villages there, as far as one reaches."""
    here = code_of(matter.area_path)
    town = here if len(here) == 9 else parent_of(here)
    near = [(one.code, one.name) for one in children(town) if _reaches(one.path)]
    return [(here, label(here)), *((code, name) for code, name in near if code != here)]


def _reaches(path: str) -> bool:
    return current().reach.covers(path=path)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.split")
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Say what each of several matters is, and make them."""
    found = queries.by_code(code)
    photos = queries.all_photos(found)
    rows = _rows(request.POST.get("rows", "1"))
    given: dict[str, Any] = {"matter": found, "rows": rows, "pictures": len(photos)}
    if request.method != "POST":
        require_possible(found, Verb.SPLIT)
        told = {"nonce": new_nonce(), "version": found.version}
        return _page(request, found, SplitForm(initial=told, **given))
    if request.POST.get("do") == MORE:
        form = SplitForm(request.POST, **given | {"rows": min(rows + 1, ROWS)})
        form.errors.clear()
        return _page(request, found, form)
    return _made(request, found, SplitForm(request.POST, **given), photos)


def _made(
    request: HttpRequest, matter: Matter, form: SplitForm, photos: list[Photo]
) -> HttpResponse:
    if not form.is_valid() and not {"version", "nonce"} & form.errors.keys():
        return _page(request, matter, form, status=400)
    try:
        _do(matter, form, photos)
    except Refusal as problem:
        for name, sentence in (problem.fields or {"": problem.message}).items():
            form.add_error(name if name in form.fields else None, str(sentence))
        form.data = {**dict(form.data.items()), "version": str(matter.version)}
        return _page(request, matter, form, status=problem.status)
    messages.success(request, _("Split. Each part has its own owner and due time."))
    return redirect("loop:matter", matter.code)


def _do(matter: Matter, form: SplitForm, photos: list[Photo]) -> None:
    if form.errors:
        raise Stale(reason="no version was sent")
    data = form.cleaned_data
    seen = {name: data[name] for name in ("stays", "nonce", "version")}
    actions.split(id=matter.pk, parts=form.parts(photos), **seen)


def _rows(typed: str) -> int:
    return int(typed) if typed in {str(row) for row in range(1, ROWS + 1)} else 1


def _page(request: HttpRequest, matter: Matter, form: SplitForm, status: int = 200) -> HttpResponse:
    for name in ("version", "nonce"):
        form.errors.pop(name, None)
    pictures = show.pictures(queries.all_photos(matter), "loop:photo", matter.code)
    context = {
        "matter": matter,
        "form": form,
        "rows": len(form.rows),
        "more": len(form.rows) < ROWS,
        "pictures": list(zip(pictures, form.of_pictures(), strict=True)),
    }
    return render(request, "loop/split.html", context, status=status)
