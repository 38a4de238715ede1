"""Names of people, only where a word says that one follows. Names alone look like other words."""

import re
from collections.abc import Iterator

from zhitong.kernel.text.personal.kinds import Finding, Kind

_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞"
    "樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹"
    "关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿"
    "戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇"
)
_DOUBLE = (
    "欧阳|司马|诸葛|上官|慕容|夏侯|东方|皇甫|尉迟|公孙|令狐|司徒|端木|南宫|长孙|宇文|轩辕|呼延"
)
_HAN = r"[\u4e00-\u9fff]"
_SURNAME = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_LABEL = re.compile(
    r"(?:(?P<firm>姓 ?名|联系人|我叫|名叫|名字叫|名字是|名字|真名)|"
    r"(?P<loose>投诉人|举报人|报警人|报案人|申请人|诉求人|反映人|来电人|当事人|被投诉人|收件人|收款人|"
    r"持卡人|车主|业主|户主|户名|监护人|家长|本人|NAME))(?P<sign> ?[:：] ?| ?是| ?为| )?"
)
_NAME = re.compile(rf"{_SURNAME} ?{_HAN}(?: ?{_HAN})?")
_WHOLE = re.compile(rf"{_HAN}{{2,4}}(?:·{_HAN}{{1,8}}){{0,3}}(?![\u4e00-\u9fff·])")
_LATIN = re.compile(r"[A-Z]{2,15}(?: [A-Z]{2,15}){1,2}(?![A-Z])")
_GOES_ON = re.compile(
    "电|手机|身份|住|家住|今年|现|在|的|是|系|与|和|及|女|男|性别|反映|于|想|要|说|来|因|年龄|工作|微信|联系|"
    "号|被|就|也|都|有|把|给|向|对|为|会|能|请|地址|邮|座|车|卡|户"
)
_NO_NAME = re.compile(
    "何时|方便|高度|高兴|于是|关于|关系|时间|有关|向来|成为|全部|全家|文化|安全|计划|单位|时候|连续|强烈|花了|来自|"
    "管理|解决|石油|白天|马上|万一|常年|路过|包括|查询|解释|平时|任何|许多|曾经|应该|向您|单元|不详|未知|匿名|"
    "时不|某|姓名|日期|来电|来信|车主|华侨|于今|于昨|于去|和妻|边上"
)


def names(text: str, fold: str) -> Iterator[Finding]:
    """Names after 姓名, 联系人, 我叫 and their like; two to four characters, or a whole field."""
    for label in _LABEL.finditer(fold):
        at = label.end()
        colon = bool(label["sign"]) and label["sign"].strip() in {":", "："}
        if label["loose"] and not colon:
            continue
        end = _end(text, fold, at, field=colon)
        if end is not None:
            yield Finding(Kind.NAME, at, end)


def _end(text: str, fold: str, at: int, *, field: bool) -> int | None:
    """Where the name ends that begins at ``at``; None when there is none."""
    if _NO_NAME.match(text, at):
        return None
    if found := _NAME.match(text, at):
        return _cut(text, found)
    if field and (whole := _WHOLE.match(text, at)):
        return whole.end()
    if field and (latin := _LATIN.match(fold, at)):
        return latin.end()
    return None


def _cut(text: str, found: re.Match[str]) -> int | None:
    """The end of a name, before a word that goes on: 王强电话 is 王强 and a telephone."""
    surname = 2 if re.match(_DOUBLE, found[0]) else 1
    first = found.start() + surname
    while first < found.end() and text[first] == " ":
        first += 1
    if _GOES_ON.match(text, first) and not _GOES_ON.match(text, first + 1):
        return None
    for at in range(first + 1, found.end()):
        if text[at] == " " or _GOES_ON.match(text, at):
            return at
    return found.end()
