"""From a resident's words to words for everybody, on a phone and at a desk."""

from tests.journeys.conftest import DESK, PHONE, Open
from tests.journeys.test_round_the_loop import picture

WORDS = "我叫王建国，电话16900001234，家住政府街128号3号楼2单元301室，楼道照明灯全部熄灭"


def test_drafted_by_one_released_by_another(walk: Open) -> None:
    """What is personal is marked, each picture is decided about, a second person releases."""
    resident = walk(PHONE)
    resident.go("/say")
    resident.page.locator("[name=photos]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    resident.say_on(WORDS)

    drafter, reviewer = walk(PHONE), walk(DESK)
    drafter.sign_in("zhaoyue").go("/search?q=楼道照明灯全部熄灭")
    drafter.page.locator(".board__matter a").first.click()
    drafter.looked_at().press("公开摘要").sees("居民的原话")
    assert drafter.page.locator("section[aria-labelledby=said] mark").count() == 3
    address = drafter.page.url
    text = drafter.page.locator("#summary_text")
    assert "16900001234" not in text.input_value()
    drafter.press("保存草稿").sees("是否看得见未成年人的面部")
    drafter.page.get_by_label("没有上述内容，可以公开").check()
    text.fill("楼道照明灯全部熄灭，可致电0534-8321110。")
    drafter.press("保存草稿").sees("文字中仍有个人信息")
    drafter.page.locator("[name=kept]").check()
    drafter.press("保存草稿").sees("已起草").sees("须由他人审核")

    reviewer.sign_in("sunwei")
    reviewer.page.goto(address)
    reviewer.looked_at().press("公开")
    reviewer.sees("请逐张查看照片")
    reviewer.page.locator("[name=looked]").check()
    reviewer.press("公开").sees("已审核，公众可以阅读")
    reviewer.fold_out("撤回")
    reviewer.page.locator("#withdrawal_reason").fill("地点写错了")
    reviewer.press("撤回").sees("已撤回")
