"""Finding a place, correcting one, and long words, in a real browser."""

from tests.journeys.conftest import PHONE, Open

LINES = "\n".join(f"第{number}行：路灯坏了" for number in range(500))


def test_long_words_fold_on_the_screen_and_not_on_paper(walk: Open) -> None:
    """What can be done is near; all of it can be read; without a script, and on paper."""
    code = walk(PHONE).say(LINES)
    here = walk(PHONE, scripts=False)
    here.page.goto(f"{here.address}/t/{code}")
    words = here.page.locator(".fold .step__words")
    before = words.bounding_box()
    assert before is not None
    assert before["height"] < PHONE[1] / 2
    here.fold_out("展开全文")
    opened = words.bounding_box()
    assert opened is not None
    assert opened["height"] > 20 * before["height"]
    here.page.reload()
    here.page.emulate_media(media="print")
    printed = words.bounding_box()
    assert printed is not None
    assert printed["height"] > 20 * before["height"]


def test_a_place_is_found_by_typing_and_the_matter_moves_there(walk: Open) -> None:
    """The supervisor searches, chooses, corrects; the resident reads from where to where."""
    resident = walk(PHONE)
    code = resident.say("放错了地方的事项")
    officer = walk(PHONE)
    officer.sign_in("sunwei").go("/search?q=放错了地方的事项")
    officer.page.locator(".board__matter a").first.click()
    officer.looked_at().press("更正所在地")
    officer.page.locator("#id_find").fill("linqijie")
    officer.page.locator("#find_place").click()
    officer.page.locator(".picker__find li button").first.click()
    officer.page.locator("#id_town option[selected]", has_text="临齐街道").wait_for(
        state="attached"
    )
    officer.looked_at().press("更正所在地").sees("所在地已更正").sees("属地负责")
    resident.go(f"/t/{code}").sees("更正所在地").sees("改为临齐街道")
