"""The page of the public summary: refused with what was found, released by another person."""

from django.test import Client
from django.urls import reverse

from tests.permits.world import EVERYTHING, World
from zhitong.kernel.scope import acting
from zhitong.loop import queries

TEXT = "路灯已修好，可致电0534-8321110。"
KEPT = "phone:0534-8321110"


def desk(world: World, role: str) -> Client:
    return world.people[role].browser(strict=False)


def test_from_draft_to_withdrawal(world: World) -> None:
    code = world.here.matter
    with acting(EVERYTHING):
        matter = queries.by_code(code)
        picture = queries.all_photos(matter)[0].pk.hex
    page = reverse("loop:summary", args=[code])
    drafter, reviewer = desk(world, "community_officer"), desk(world, "supervisor")
    assert matter.words in drafter.get(page).content.decode()

    sent = {"text": TEXT}
    refused = drafter.post(page, sent)
    assert refused.status_code == 400
    assert f'value="{KEPT}"' in refused.content.decode()
    sent |= {"kept": KEPT}
    undecided = drafter.post(page, sent)
    assert undecided.status_code == 400
    assert "逐张查看照片" in undecided.content.decode()
    sent |= {f"picture-{picture}": "shown"}
    assert drafter.post(page, sent).status_code == 302

    alone = drafter.get(page).content.decode()
    assert "须由他人审核" in alone
    assert reverse("loop:review_summary", args=[code]) not in alone
    release = reverse("loop:review_summary", args=[code])
    assert reviewer.post(release, {"version": "1"}).status_code == 400
    assert reviewer.post(release, {"version": "1", "looked": picture}).status_code == 302
    out = reviewer.get(page).content.decode()
    assert "已审核" in out
    assert "summary_text" not in out

    back = reverse("loop:withdraw_summary", args=[code])
    assert reviewer.post(back, {"version": "2", "reason": ""}).status_code == 400
    assert reviewer.post(back, {"version": "x", "reason": "写错了"}).status_code == 409
    assert reviewer.post(back, {"version": "2", "reason": "写错了"}).status_code == 302
    assert "已撤回" in reviewer.get(page).content.decode()


def test_what_was_typed_is_still_there(world: World) -> None:
    """Marked where it is personal, and escaped."""
    page = reverse("loop:summary", args=[world.here.matter])
    typed = "<b>打13812345678</b>"
    answer = desk(world, "editor").post(page, {"text": typed}).content.decode()
    assert "&lt;b&gt;打<mark" in answer
    assert 'id="summary_text"' in answer
    assert "<b>打" not in answer
