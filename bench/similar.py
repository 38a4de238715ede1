"""How fast similar matters are found among 100,000, and whether the right ones are.

Every matter says something else, put together from parts with names and numbers of its own.
Among them are planted matters that were said three times, with slips of the pen, by different
people, each in a village of its own; each is asked about a fourth time, from yet another place.
``recall`` is the share that is shown of those whose likeness (Jaccard, threes of characters) is 0.7
or more; ``precision_3`` the share of them among the first three. Waits are those of an officer of a
township and of one of the whole county, in turn; each question counts with the median of its waits.
"""

import random
import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext

from django.core.management import call_command

from bench.areas import on_postgresql
from bench.filling import code_of, fill
from bench.founding import found
from zhitong.kernel.areas.models import Area
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.domain.similarity import SAME_WORDS, jaccard, shingles
from zhitong.loop.queries.similar import Alike, similar

NAME = "similar"
PERMITS = frozenset({"loop.search"})
COUNTY, TOWN = 9, 13  # letters of their paths
COPIES = 3
TIMES = 5
SEED = 371403
Say = Callable[[str], None]
OPENINGS = "您好，|你好，我想反映一下：|请问，|警察同志，|民警同志您好，|反映一个情况，||||"
WHEN = (
    "昨天晚上|今天早上|上周五|这几天|最近一个月|凌晨两点多|中午十二点左右|下班的时候|"
    "连着三天|过年以后|赶集那天|下雨的时候"
)
WHERE = (
    "村口|小学门口|卫生院对面|老粮站旁边|农贸市场里|村委会后面|公交站牌下面|桥头|"
    "加油站附近|新修的路上|河边|小区地下车库|澡堂子旁边|棋牌室楼上|快递站门口|"
    "养鸡场边上"
)
WHAT = (
    "路灯不亮|有人乱停大货车|邻居家的狗没拴绳|有人放高音喇叭|电动车被偷|排水沟堵了|"
    "有人打架|井盖没了|有人冒充社保局打电话|树枝压着电线|有人偷倒垃圾|烧秸秆|"
    "摩托车炸街|有陌生人敲门卖药|围墙快要倒了|赌博|红绿灯不变灯|小广告贴满墙|"
    "无证摆摊占道|有人拉横幅吵闹"
)
HARM = (
    "老人差点摔倒|孩子不敢上学|一夜没睡好|车也过不去|损失了两千多块钱|"
    "已经说过好几次没人管|味道非常大|担心出事故|影响做生意|把门都堵住了|家里只有老人|"
    "夜里特别吓人"
)
WISH = (
    "请派人看看。|希望尽快处理。|请给个答复。|请帮忙协调一下。|能不能装个摄像头？|"
    "请问该找谁？|麻烦查一下是谁干的。|请不要告诉别人是我说的。"
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
ROADS = "幸福 振兴 建设 文化 中兴 政府 东风 迎宾 颜城 陵州 唐城 安德 临齐 开元"
SYLLABLES = "子文国建明秀兰英华军平玉珍海涛宁波春雨雪梅冬生福来喜顺有田金宝银桂芳云山水木禾"


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """``p95_ms`` of a question and what was found, on each database; options: their names."""
    kinds = options or ["sqlite", "postgresql"]
    total, planted = (3_000, 40) if quick else (100_000, 300)
    figures: dict[str, float] = {}
    for kind in kinds:
        with on_postgresql() if kind == "postgresql" else nullcontext():
            call_command("migrate", verbosity=0)
            found()
            say(f"filling {kind} up to {total:,} matters")
            measured = _measured(_Planting(total, planted))
        say(", ".join(f"{key} {value:.3f}" for key, value in measured.items()))
        figures |= {f"{key}_{kind}": value for key, value in measured.items()}
    for key in ("recall", "precision_3"):
        figures[key] = min(figures.pop(f"{key}_{kind}") for kind in kinds)
    return figures


def _measured(planting: "_Planting") -> dict[str, float]:
    fill(planting.total, planting.say)
    waits: list[float] = []
    there, seen, right = 0, 0, []
    villages = list(Area.objects.filter(level="village").values_list("path", flat=True))
    for number, (question, copies) in enumerate(planting.questions):
        village = villages[number % len(villages)]
        waits.append(_asked(question, village, village[:TOWN])[1])
        shown, wait = _asked(question, village, village[:COUNTY])
        waits.append(wait)
        there += len(copies)
        seen += len(copies.intersection(shown))
        right.append(len(copies.intersection(shown[:COPIES])) / len(copies))
    return {
        "p95_ms": statistics.quantiles(waits, n=20)[18],
        "p50_ms": statistics.median(waits),
        "recall": seen / there,
        "precision_3": statistics.mean(right),
    }


def _asked(words: str, path: str, reach: str) -> tuple[list[str], float]:
    """The codes of what is shown within a reach, and the median wait."""
    scope = Scope("staff:bench", Reach((reach,)), PERMITS, "benchmark")
    shown: list[Alike] = []
    waits = []
    for _time in range(TIMES):
        with acting(scope):
            began = time.perf_counter()
            shown = similar(words, path)
            waits.append((time.perf_counter() - began) * 1000)
    return [one.matter.code for one in shown], statistics.median(waits)


class _Planting:
    """What every matter says, and the questions: words, and the codes that they should find."""

    def __init__(self, total: int, planted: int) -> None:
        self.total = total
        self.planted: dict[int, str] = {}
        self.questions: list[tuple[str, set[str]]] = []
        rng = random.Random(SEED)
        numbers = rng.sample(range(total), planted * COPIES)
        for start in range(0, len(numbers), COPIES):
            self._plant(rng, numbers[start : start + COPIES])

    def _plant(self, rng: random.Random, numbers: list[int]) -> None:
        said = _said(rng)
        question = _slipped(rng, said)
        self.planted |= {number: _slipped(rng, said) for number in numbers}
        threes = shingles(question)
        worth = {
            code_of(number)
            for number in numbers
            if jaccard(threes, shingles(self.planted[number])) >= SAME_WORDS
        }
        if worth:
            self.questions.append((question, worth))

    def say(self, rng: random.Random, number: int) -> str:
        """The words of one matter."""
        return self.planted.get(number) or _said(rng)


def _said(rng: random.Random) -> str:
    parts = (OPENINGS, WHEN, WHERE, WHAT, HARM, WISH)
    opening, when, where, what, harm, wish = (rng.choice(part.split("|")) for part in parts)
    road = f"{rng.choice(ROADS.split())}路{rng.randrange(1, 400)}号"
    name = rng.choice(SURNAMES) + "".join(rng.sample(SYLLABLES, 2))
    return f"{opening}{when}{road}{where}{what}，{harm}，{name}家也一样，{wish}"


def _slipped(rng: random.Random, text: str) -> str:
    """The same with one to three characters left out, doubled or mistaken."""
    letters = list(text)
    for _slip in range(rng.randint(1, 3)):
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(("", letters[at] * 2, rng.choice(SYLLABLES)))
    return "".join(letters)
