"""Invented people: names drawn from tables, phone numbers from a range that nobody can have.

The prefix 169 is not allotted to any operator in the Ministry of Industry and Information
Technology's numbering plan (《电信网编号计划》), so no number here can ever ring.
"""

from dataclasses import dataclass
from random import Random

from zhitong.config.demo.sign_ins import SIGN_INS

PHONE_PREFIX = "1690000"

SURNAMES: tuple[tuple[str, str], ...] = (
    ("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("孙", "sun"), ("赵", "zhao"),
    ("陈", "chen"), ("杨", "yang"), ("马", "ma"), ("徐", "xu"), ("高", "gao"), ("郭", "guo"),
    ("宋", "song"), ("郑", "zheng"), ("冯", "feng"), ("吴", "wu"), ("周", "zhou"), ("田", "tian"),
    ("邢", "xing"), ("梁", "liang"), ("许", "xu"), ("崔", "cui"), ("于", "yu"), ("范", "fan"),
    ("董", "dong"), ("贾", "jia"), ("焦", "jiao"), ("史", "shi"), ("康", "kang"), ("邵", "shao"),
    ("苗", "miao"), ("曲", "qu"), ("祁", "qi"), ("纪", "ji"), ("霍", "huo"), ("庞", "pang"),
)  # fmt: skip
OFFICER_MEN: tuple[tuple[str, str], ...] = (
    ("志强", "zhiqiang"), ("海涛", "haitao"), ("晓光", "xiaoguang"), ("立群", "liqun"),
    ("振华", "zhenhua"), ("鹏飞", "pengfei"), ("昌盛", "changsheng"), ("浩然", "haoran"),
    ("庆丰", "qingfeng"), ("文博", "wenbo"), ("国梁", "guoliang"), ("一鸣", "yiming"),
    ("松涛", "songtao"), ("世杰", "shijie"), ("景明", "jingming"), ("东升", "dongsheng"),
    ("长青", "changqing"), ("思远", "siyuan"), ("子昂", "ziang"), ("卫平", "weiping"),
)  # fmt: skip
OFFICER_WOMEN: tuple[tuple[str, str], ...] = (
    ("晓梅", "xiaomei"), ("雪芹", "xueqin"), ("文静", "wenjing"), ("海燕", "haiyan"),
    ("丽华", "lihua"), ("慧敏", "huimin"), ("春霞", "chunxia"), ("佳宁", "jianing"),
    ("若兰", "ruolan"), ("素云", "suyun"), ("红梅", "hongmei"), ("雅琴", "yaqin"),
)  # fmt: skip
MEN = (
    "守田", "传福", "连喜", "长河", "振亭", "守义", "建设", "庆余", "立柱", "长顺", "保国", "广林",
    "玉山", "金斗", "培根", "晓东", "磊", "鹏", "浩", "志刚", "大勇", "俊杰", "新民", "铁柱",
    "洪喜", "占奎", "书田", "宝成", "小军", "亮", "永贵", "万仓", "景春", "德厚", "春生", "学文",
)  # fmt: skip
WOMEN = (
    "秀芝", "桂英", "玉珍", "凤兰", "淑芬", "桂芳", "秀云", "兰英", "翠平", "月娥", "金凤", "春梅",
    "晓燕", "文静", "婷", "青", "丽丽", "雪", "佳慧", "红霞", "爱华", "素珍", "巧云", "艳玲",
    "俊英", "玉兰", "小翠", "立芳", "海英", "倩", "新荣", "喜梅", "会珍", "艳", "璐", "荣华",
)  # fmt: skip
SCREEN_NAMES = (
    "陵城老街坊", "麦子熟了", "三轮车上的阿强", "爱吃扒鸡的猫", "马颊河边", "小城大事儿",
    "北街豆腐脑", "宝妈日记2025", "夜班司机老杨", "风吹麦浪", "一只小蜗牛", "南门口的树",
    "骑电驴的我", "槐花饼", "乡下人进城", "早起赶集", "土豆炖豆角", "糖葫芦好酸", "阳光总在",
    "文化路居民", "柳絮飞啊飞", "大田地里的人", "修鞋匠小周", "卖菜二姐", "考研倒计时",
    "老兵退伍不褪色", "广场舞领队", "星星点灯",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody invented who has something to say."""

    name: str
    phone: str
    woman: bool = False

    @property
    def surname(self) -> str:
        """The first character of the name; nothing for a screen name."""
        return self.name[0] if self.phone else ""

    @property
    def call(self) -> str:
        """How one addresses a stranger."""
        if not self.phone:
            return "网友"
        return "女士" if self.woman else "先生"


SIGN_IN_RESIDENT = Resident(SIGN_INS[0].name, SIGN_INS[0].username, woman=True)


class Crowd:
    """Draws residents, each with a number of their own; some come back with a second matter."""

    AGAIN = 0.12

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._next = 100
        self._known: list[Resident] = []

    def somebody(self) -> Resident:
        """A resident, mostly one who has not been here before."""
        if self._known and self._rng.random() < self.AGAIN:
            return self._rng.choice(self._known)
        woman = self._rng.random() < 0.5
        surname = self._rng.choice(SURNAMES)[0]
        name = surname + self._rng.choice(WOMEN if woman else MEN)
        resident = self.named(name, woman=woman)
        self._known.append(resident)
        return resident

    def named(self, name: str, *, woman: bool = False) -> Resident:
        """A resident of this name with the next free number."""
        self._next += 1
        return Resident(name, f"{PHONE_PREFIX}{self._next:04d}", woman)
