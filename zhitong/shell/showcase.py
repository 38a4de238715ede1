"""Specimens for the style page: one of everything, with invented people."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.shell.errors import ADVICE
from zhitong.shell.journey import LABELS, journey
from zhitong.shell.parts import BoardRow, Choice, Photo, StepSeen

DEPARTURES = (
    (
        "7KQ2-M9DX",
        "小区门口路灯坏了三天，晚上老人出门看不清路",
        "owned",
        -50,
        "安德街道 东街村",
        "社区民警 王建国",
        "livelihood",
    ),
    (
        "B3HN-8PWE",
        "接到自称公安的电话要我转账，是不是骗子",
        "received",
        2,
        "郑家寨镇",
        "社区民警 李敏",
        "microblog",
    ),
    (
        "XD5C-Q7JM",
        "孩子的户口怎么从外地迁过来，需要带什么材料",
        "reopened",
        20,
        "糜镇 后李村",
        "户籍窗口 赵秀兰",
        "station",
    ),
    (
        "P4RZ-1KXV",
        "邻居半夜施工，希望民警帮忙调解",
        "answered",
        70,
        "宋家镇",
        "社区民警 孙立",
        "loop",
    ),
)
LINE_KEYS = ("livelihood", "microblog", "station", "loop")


class SpecimenForm(forms.Form):
    """Fields of every kind, some of them wrong."""

    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words. What, where, since when?"),
        widget=forms.Textarea,
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, help_text=_("Only if we may call you back.")
    )
    kind = forms.ChoiceField(
        label=_("How shall we answer?"),
        choices=[("page", _("On the tracking page")), ("phone", _("By calling you back"))],
        widget=forms.RadioSelect,
    )
    photos = forms.FileField(label=_("Photos"), required=False)


def specimens() -> dict[str, Any]:
    """The context of the style page."""
    now = timezone.now()
    hours = {n: now + timedelta(hours=n) for n in (-50, -30, -26, -3, 2, 20, 70)}
    photo = Photo(url="#photo", small_url="/static/shell/mark.svg", alt=_("A photo"))
    return {
        "form": SpecimenForm({"words": "", "phone": "138 0000 0000", "kind": "page"}),
        "lines": LINE_KEYS,
        "stages": list(LABELS),
        "under_way": journey(
            reached={"received": hours[-50], "owned": hours[-30]}, due_at=hours[2]
        ),
        "late": journey(reached={"received": hours[-50]}, due_at=hours[-3]),
        "again": journey(
            reached={"received": hours[-50], "owned": hours[-26]}, due_at=hours[20], rounds=2
        ),
        "done": journey(
            reached={
                "received": hours[-50],
                "owned": hours[-30],
                "answered": hours[-26],
                "closed": hours[-26],
                "rated": hours[-3],
            }
        ),
        "stopped": journey(
            reached={"received": hours[-50], "withdrawn": hours[-30]}, ended="withdrawn"
        ),
        "rows": _rows(hours),
        "steps": _steps(hours, photo),
        "photos": [photo] * 3,
        "towns": [Choice("371403001", "安德街道"), Choice("371403100", "郑家寨镇")],
        "villages": [Choice("371403001201", "东街村"), Choice("371403001202", "西街村")],
        "advice": ADVICE[409],
        "purposes": [Choice("call", str(_("Calling back"))), Choice("visit", str(_("Home visit")))],
    }


def _rows(hours: dict[int, Any]) -> list[BoardRow]:
    return [
        BoardRow(
            code=code,
            title=title,
            url="#row",
            stage=stage,
            due_at=hours[due],
            place=place,
            owner=owner,
            line=line,
            mine=stage == "received",
            urgent=stage == "received",
        )
        for code, title, stage, due, place, owner, line in DEPARTURES
    ]


def _steps(hours: dict[int, Any], photo: Photo) -> list[StepSeen]:
    return [
        StepSeen(
            title=LABELS["received"],
            at=hours[-50],
            by="居民",
            words="小区门口路灯坏了三天，晚上老人出门看不清路。\n昨天已经有人摔倒了。",
            photos=[photo] * 2,
        ),
        StepSeen(
            title=_("Internal note"),
            at=hours[-30],
            by="社区民警 王建国",
            words="已电话联系供电所，对方说今天下午派人。",
            internal=True,
        ),
        StepSeen(
            title=LABELS["answered"],
            at=hours[-3],
            by="安德街道派出所 · 社区民警 王建国",
            words="您好，路灯今天下午四点已经修好，民警到现场看过。谢谢您告诉我们。",
            answer=True,
        ),
    ]
