"""A resident's word goes once round the loop, and round again, through real pages."""

import io

from PIL import Image

from tests.journeys.conftest import DESK, PHONE, Open

WORDS = "村西头的路灯坏了三天，晚上孩子放学看不清路"


def picture() -> bytes:
    """A small photograph of nothing, with a place hidden in it."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (640, 480), "#9db4c0").save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_round_and_round_again(walk: Open) -> None:
    """Said on a phone, answered at a desk, sent back, answered again, rated; and who read it."""
    resident, officer = walk(PHONE), walk(DESK)
    resident.go("/").press("我要说")
    resident.page.locator("[name=photos]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    code = resident.say(WORDS)
    resident.press("查看进度").sees(WORDS).sees("还没有人看过")

    officer.sign_in("sunwei").go("/search?q=" + WORDS[:8])
    officer.page.locator(".board__matter a").first.click()
    officer.looked_at().press("接办").sees("已由您接办")
    officer.page.locator("#note_text").fill("已联系供电所")
    officer.press("写给同事的备注").sees("已联系供电所")
    officer.page.locator("#answer_text").fill("您好，已安排今晚检修。")
    officer.page.locator("#answer_outcome").select_option("solved")
    officer.press("答复群众（本人会看到）").sees("已办结")

    resident.go(f"/t/{code}").sees("您好，已安排今晚检修。")
    assert resident.page.get_by_text("已联系供电所").count() == 0
    resident.page.locator("#rate_text").fill("还是不亮")
    resident.page.locator(".face--1").click()
    resident.looked_at().sees("第 2 圈")

    officer.page.reload()
    officer.looked_at().sees("还是不亮")
    officer.page.locator("#answer_text").fill("换了整套灯具，已试亮。")
    officer.page.locator("#answer_outcome").select_option("solved")
    officer.press("答复群众（本人会看到）")

    resident.go(f"/t/{code}")
    resident.page.locator(".face--5").click()
    resident.looked_at().sees("您的评价").sees("孙炜")
    resident.press("查看全部记录").sees("打开查看")


def test_two_clerks_do_not_collide(walk: Open) -> None:
    """Presence is shown; the second answer is refused as stale and nothing is lost."""
    code = walk(PHONE).say("两位民警同时打开的事项")
    del code
    one, two = walk(), walk()
    one.sign_in("sunwei").go("/search?q=两位民警同时打开的事项")
    one.page.locator(".board__matter a").first.click()
    one.looked_at()
    address = one.page.url
    two.sign_in("sunwei")
    two.page.goto(address)
    two.looked_at()
    one.press("接办")
    two.page.get_by_role("button", name="接办", exact=True).first.click()
    two.looked_at().sees("刚才有人改动")


def test_at_the_counter(walk: Open) -> None:
    """A clerk writes down a matter, gives the slip, and shows a number for a reason."""
    clerk = walk()
    clerk.sign_in("liumin").go("/say-for")
    clerk.page.locator("[name=words]").fill("来窗口咨询新生儿落户要带什么")
    clerk.page.locator("#id_town").select_option(index=1)
    clerk.fold_out("留下联系方式")
    clerk.page.locator("[name=phone]").fill("16900009999")
    clerk.press("保存并显示回执").sees("请把回执交给群众")
    code = clerk.page.locator(".slip__code").inner_text()
    clerk.page.emulate_media(media="print")
    assert clerk.page.locator(".doors").first.is_hidden()
    clerk.page.emulate_media(media="screen")

    supervisor = walk()
    supervisor.sign_in("sunwei").go("/search?q=来窗口咨询新生儿落户要带什么")
    supervisor.page.locator(".board__matter a").first.click()
    supervisor.looked_at().sees("169****9999").fold_out("显示")
    supervisor.page.locator("select[name=purpose]").first.select_option("call_back")
    supervisor.page.locator(".masked__ask button[type=submit]").first.click()
    supervisor.sees("16900009999").looked_at()

    walk(PHONE).go(f"/t/{code}/readers").sees("就此事回电")
