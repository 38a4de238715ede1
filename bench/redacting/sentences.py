"""Invented complaints with gaps, and things that only look personal."""

from collections.abc import Mapping
from random import Random

from bench.redacting.numbers import Writing, card, digits

OPENINGS = (
    "您好，", "领导好！", "我要反映一个问题：", "请问一下，", "", "", "紧急求助！", "再次反映：",
    "上次打电话没人管，", "我是附近的居民，", "尊敬的领导，",
)  # fmt: skip
TROUBLES = (
    "村口的路灯坏了三天了，晚上孩子放学看不见路", "楼下烧烤店凌晨两点还在放音响",
    "门口的下水道堵了，污水流到路上", "小广场每天早上五点就有人放鞭炮",
    "电动车在楼道里充电，很不安全", "有人冒充快递员上门推销", "孩子的户口还没有落下来",
    "我家的羊昨天夜里被偷了三只", "邻居把公共绿地围起来种菜", "大货车超速经过学校门口",
    "老人走失了，穿蓝色上衣", "垃圾桶满了没人清理，气味很大", "工地夜里施工影响休息",
    "身份证办好了什么时候能取", "无证养犬，狗追着孩子咬", "红绿灯时间太短，老人过不去",
)  # fmt: skip
ENDINGS = (
    "请尽快处理，谢谢！", "希望有关部门管一管。", "麻烦回复一下。", "", "", "盼复。",
    "已经反映过两次了。", "请派人来看看。",
)  # fmt: skip

# Where an item of a class is set into a sentence; {} is the item. One per class is planted as is.
GAPS: Mapping[str, tuple[str, ...]] = {
    "id_number": (
        "身份证号{}。", "我的身份证是{}，", "公民身份号码：{}；", "证件号码 {} ，",
        "他的号码{}登记错了，",
        "（{}）", "ID：{}。", "身份证号码为{}，名字写错了，",
    ),
    "mobile": (
        "我的电话{}。", "联系方式：{}，", "手机{}（微信同号），", "请打{}找我，", "打{}没人接，",
        "有事联系{}，", "对方用{}给我打电话，", "电话：{}；", "{}是我的号，", "Tel:{}，",
    ),
    "phone": (
        "家里座机{}。", "固定电话：{}，", "请拨打{}，", "店里的电话是{}，", "办公室{}，",
        "传真：{}。",
    ),
    "plate": (
        "车牌号{}。", "一辆{}的白色轿车，", "{}逆行，", "车号：{}，", "车主的车是{}，",
        "被{}刮了，",
        "大货车（{}）超速，",
    ),
    "bank_card": (
        "卡号{}。", "银行卡号：{}，", "钱转到了{}，", "工资卡{}被冻结，", "对方账户{}，",
        "转账到建行{}，",
    ),
    "address": (
        "我住在{}。", "地址：{}，", "家住{}，", "位于{}的店，", "请到{}来看，", "就在{}门口，",
        "{}的住户，", "住址是{}；",
    ),
    "email": ("邮箱{}。", "请发到{}，", "Email：{}，", "联系邮箱: {} ，", "我的邮箱是{}，"),
    "name": (
        "姓名：{}，", "联系人：{}，", "联系人{}，", "我叫{}，", "姓名:{} ", "名叫{}，",
        "投诉人：{}。",
        "联系人：{} 电话见下，",
    ),
}  # fmt: skip
FILES: Mapping[str, tuple[str, ...]] = {
    "id_number": ("身份证_{}.jpg", "{}正面.png", "scan-{}.pdf"),
    "mobile": ("{}.jpg", "通话记录_{}.m4a", "录音-{}-下午.mp3"),
    "phone": ("座机 {}.wav", "来电_{}.mp3"),
    "plate": ("{}.jpg", "违停_{}.png", "行车记录 {} 夜.mp4"),
    "bank_card": ("银行卡{}.jpg", "转账_{}.png"),
    "address": ("{}漏水.jpg", "{}.docx", "照片 {}.heic"),
    "email": ("截图 {}.png", "来信_{}.eml"),
    "name": ("姓名：{}.jpg", "联系人：{}.txt"),
}

ALIKE: Mapping[str, Writing] = {
    "order": lambda r: f"订单号{r.choice(('2023', '2024', '2025', '2026'))}1123{digits(r, 12)}",
    "order 16": lambda r: f"订单编号：{digits(r, 16)}",
    "order 19": lambda r: f"流水号{digits(r, 19)}",
    "order like a card": lambda r: f"单号{card(r)}",
    "parcel": lambda r: (
        f"快递单号{r.choice(('SF', 'YT', 'JD', 'ZTO'))}{digits(r, r.choice((12, 13, 15)))}"
    ),
    "parcel, digits": lambda r: f"运单号 {r.choice('3479')}{digits(r, r.choice((11, 12, 13, 14)))}",
    "date": lambda r: f"{r.randint(2015, 2026)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
    "date, short": lambda r: f"{r.randint(2015, 2026)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
    "date and time": lambda r: (
        f"{r.randint(2015, 2026)}/{r.randint(1, 12)}/{r.randint(1, 28)} 11:25:05"
    ),
    "stamp": lambda r: f"20261123{digits(r, 6)}",
    "days": lambda r: f"{r.randint(1, 12)}月{r.randint(1, 28)}号下午",
    "spoken date": lambda r: r.choice(("二〇二六年十一月二十三日", "二零二五年三月", "十二月八号")),
    "amount": lambda r: f"{r.randint(100, 9_999_999)}元",
    "amount, big": lambda r: (
        f"人民币{r.randint(1, 999)},{digits(r, 3)},{digits(r, 3)}.{digits(r, 2)}元"
    ),
    "amounts": lambda r: "1500、2000、3000元不等",
    "law": lambda r: f"《治安管理处罚法》第{r.randint(1, 119)}条",
    "law in numerals": lambda r: r.choice(("民法典第一千一百六十五条", "刑法第二百六十六条")),
    "document": lambda r: f"鲁公通〔{r.randint(2015, 2026)}〕{r.randint(1, 200)}号文件",
    "version": lambda r: f"版本{r.randint(1, 12)}.{r.randint(0, 20)}.{r.randint(0, 9)}",
    "long version": lambda r: (
        f"v{r.randint(10, 15)}.{r.randint(0, 9)}.{digits(r, 4)}.{digits(r, 3)}"
    ),
    "hotline": lambda r: r.choice(("12345", "110", "96110", "119", "120", "122", "12389", "12315")),
    "400": lambda r: r.choice(("95588", "95533", "10086", "10010", "95598")),
    "area code": lambda r: r.choice(("371403001201", "371403", "371403002")),
    "post code": lambda r: f"邮编{r.choice(('253500', '253000', '100000', '250001'))}",
    "credit code": lambda r: (
        f"统一社会信用代码91371403MA3{''.join(r.choice('ABCDEFGH23456789') for _ in range(7))}"
    ),
    "meter": lambda r: f"电表户号{digits(r, 10)}",
    "case number": lambda r: f"案件编号A371403{r.randint(2018, 2026)}{digits(r, 10)}",
    "our code": lambda r: f"编号7Q4M-{digits(r, 2)}KD",
    "bus": lambda r: f"{r.randint(1, 120)}路公交车",
    "highway": lambda r: r.choice(("G104国道", "308国道", "S12高速", "104国道")),
    "metro": lambda r: f"地铁{r.randint(1, 14)}号线{r.choice(('2号口', 'A口', '3号出口'))}",
    "crossing": lambda r: r.choice(("政府街与中兴路路口", "南环路东首", "迎宾大道红绿灯处")),
    "place": lambda r: r.choice(
        ("西街村村委会", "幸福小区南门", "安德街道办事处", "陵城区第一小学")
    ),
    "road by kind": lambda r: r.choice(
        ("乡村道路维修", "人民路两侧", "这条路很窄", "一条街上都是水")
    ),
    "rank": lambda r: r.choice(("第一名", "三个人", "第3次", "二十三户人家", "五六十个村民")),
    "percent": lambda r: f"{r.randint(1, 99)}.{r.randint(0, 99)}%",
    "coordinates": lambda r: f"北纬37.{digits(r, 6)}，东经116.{digits(r, 6)}",
    "address of the net": lambda r: f"192.168.{r.randint(0, 255)}.{r.randint(1, 254)}",
    "web": lambda r: r.choice(("https://www.example.gov.cn/a/20231123/88.html", "www.example.com")),
    "at": lambda r: r.choice(("@陵城公安 ", "@平安陵城 ", "在微博上@你们了")),
    "title": lambda r: r.choice(("王先生", "李女士", "张警官", "刘大爷", "一位姓陈的工作人员")),
    "contact word": lambda r: r.choice(
        ("联系人是谁", "联系人电话打不通", "联系人一直不接", "我叫了他好几次")
    ),
    "card words": lambda r: r.choice(
        ("银行卡丢了", "办了两张卡", "卡号记不清了", "身份证丢了怎么补办")
    ),
    "model": lambda r: r.choice(("京A牌照", "A4纸", "B超", "苏C牌的车", "新A5汽车", "H7N9")),
    "serial": lambda r: f"设备序列号SN{digits(r, 12)}",
    "stamp ms": lambda r: f"16{digits(r, 11)}",
    "size": lambda r: f"{r.randint(10, 300)}平方米，{r.randint(2, 9)}层楼",
    "floor": lambda r: r.choice(("二楼楼道", "6楼没有电梯", "住在五层", "3号楼下面")),
    "group": lambda r: r.choice(("三组数据", "第二小组", "1组2组轮流", "工作组来过")),
    "school": lambda r: r.choice(("三年级2班", "第四中学", "2号教学楼", "一年级五班")),
}
ALIKE_FILES: Mapping[str, Writing] = {
    "camera": lambda r: f"IMG_2026{r.randint(1, 12):02}{r.randint(1, 28):02}_{digits(r, 6)}.jpg",
    "chat": lambda r: f"mmexport16{digits(r, 11)}.jpg",
    "screenshot": lambda r: (
        f"Screenshot_2026-11-23-{digits(r, 2)}-{digits(r, 2)}-{digits(r, 2)}.png"
    ),
    "picture": lambda r: (
        f"微信图片_2026{r.randint(1, 12):02}{r.randint(1, 28):02}{digits(r, 6)}.jpg"
    ),
    "numbered": lambda r: f"DSC{digits(r, 5)}.JPG",
    "copy": lambda r: f"现场照片({r.randint(1, 9)}).jpeg",
}


def said(random: Random) -> str:
    """What somebody complains of, with nothing personal in it."""
    return random.choice(OPENINGS) + random.choice(TROUBLES) + "，"
