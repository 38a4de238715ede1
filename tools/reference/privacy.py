"""docs/privacy.md: every field of every model, what it is for and how long it is kept.

Models and retention come from the code, class and purpose of each field from ``fields.toml``. A
field that is not classified, or is classified as sealed and is not, stops the page.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from tools.reference.tables import code, first_sentence, table
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.guarded import Guarded
from zhitong.kernel.retention.registry import RETENTION

CLASSES = {
    "public": "Anybody may know it.",
    "service": "About the work: who serves where, what is due. Seen by staff within reach.",
    "personal": "About a resident. Seen within reach only, every look is written down.",
    "sealed": "Personal and encrypted (AES-256-GCM). Masked; opening it takes a purpose.",
    "credential": "Proves who somebody is. Kept as a hash or sealed, never shown.",
    "technical": "Keys, counters, leases. Says nothing about anybody.",
}
KINDS = {
    "passing": "Minutes to days, then a timer removes it.",
    "trace": "Months, then a timer removes it.",
    "serving": "As long as the person or thing serves.",
    "record": "What residents said and were answered: emptied some years after its end.",
    "proof": "For good; content can be erased, proofs stay valid.",
    "reference": "Public or house-keeping data, kept as long as it is right.",
}
FIELDS = Path(__file__).with_name("fields.toml")
HEAD = (Path(__file__).with_name("privacy.md")).read_text(encoding="utf-8")
Classified = dict[str, dict[str, tuple[str, str]]]


def page() -> str:
    """The whole page. Raises ValueError naming every field that is not classified rightly."""
    known = classified()
    models = sorted(apps.get_models(), key=_order)
    if wrong := problems(known, models):
        raise ValueError("tools/reference/fields.toml:\n" + "\n".join(wrong))
    parts = [HEAD, "## Classes\n\n" + table(("class", "meaning"), CLASSES.items()), ""]
    parts += ["## Retention classes\n\n" + table(("class", "meaning"), KINDS.items()), ""]
    parts += ["## Every table\n"]
    parts += [_model(model, known[model._meta.label]) for model in models]
    return "\n".join(parts)


def classified() -> Classified:
    """Model to field to (class, purpose), as fields.toml says."""
    written = tomllib.loads(FIELDS.read_text(encoding="utf-8"))
    return {
        model: {name: _parted(text) for name, text in fields.items()}
        for model, fields in written.items()
    }


def _parted(text: str) -> tuple[str, str]:
    kind, _colon, purpose = text.partition(": ")
    return kind, purpose


def problems(known: Classified, models: list[type[Model]]) -> list[str]:
    """What is missing, left over or contradicts the code, one line each."""
    return [
        *_unmatched(known, models),
        *(line for model in models for line in _wrong(model, known.get(model._meta.label, {}))),
    ]


def _unmatched(known: Classified, models: list[type[Model]]) -> Iterator[str]:
    labels = {model._meta.label for model in models}
    for label in sorted(known.keys() - labels):
        yield f"{label}: there is no such model"
    for label in sorted(labels - RETENTION.keys()):
        yield f"{label}: no rule says how long it is kept"


def _wrong(model: type[Model], fields: dict[str, tuple[str, str]]) -> Iterator[str]:
    label, real = model._meta.label, {one.name: one for one in model._meta.local_fields}
    for name in sorted(real.keys() - fields.keys()):
        yield f"{label}.{name}: not classified"
    for name in sorted(fields.keys() - real.keys()):
        yield f"{label}.{name}: there is no such field"
    for name in sorted(fields.keys() & real.keys()):
        kind, purpose = fields[name]
        sealed = isinstance(real[name], SealedField)
        if kind not in CLASSES or not purpose:
            yield f"{label}.{name}: 'class: purpose', not {kind!r}"
        elif (kind == "sealed") != sealed and not (sealed and kind == "credential"):
            yield f"{label}.{name}: called {kind}, but the field is {_plainly(sealed)}"


def _plainly(sealed: bool) -> str:
    return "sealed" if sealed else "not sealed"


def _order(model: type[Model]) -> tuple[int, str]:
    """What holds most about people comes first."""
    apps_first = ["loop", "identity", "sms", "audit", "bus", "worker", "areas", "clock", "demo"]
    label: Any = model._meta.app_label
    place = apps_first.index(label) if label in apps_first else len(apps_first)
    return place, model._meta.object_name or ""


def _model(model: type[Model], fields: dict[str, tuple[str, str]]) -> str:
    rule = RETENTION[model._meta.label]
    doer = f" Done by the timer `{rule.timer}`." if rule.timer else ""
    guard = "Guarded: only rows within reach are seen." if issubclass(model, Guarded) else ""
    rows = ((code(name), *fields[name]) for name in (f.name for f in model._meta.local_fields))
    return (
        f"### {model._meta.label}\n\n{first_sentence(model.__doc__)}\n\n"
        f"Kept: **{rule.kind}**, {rule.lasts}. {rule.then}{doer} {guard}".rstrip()
        + "\n\n"
        + table(("field", "class", "what for"), rows)
    )
