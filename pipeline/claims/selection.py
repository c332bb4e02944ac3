"""Which quantities are claims, and what the others are (gold/GUIDELINE.md, "Not claims" and "Settled cases").

No claim is what only names a class (亿元以上产业项目), sums up or refers back (深哈两市, 三大结构), lasts (连续三年), or stands in
a slogan (“一枚印章管审批”).
"""

import re

from pipeline.contracts import NumeralRole, Span
from pipeline.quantity import Quantity

_HAN = r"[\u4e00-\u9fff]"
_CLASS = re.compile(
    rf"(?:人民币)?(?:\(?含?\)?(?:及)?以[上下内](?:\(含\))?|级别?)的?(?:[“\"《]?{_HAN}|[A-Z]{{2}})|(?:左右)?规模(?:以上)?(?:的)?{_HAN}"
)
_NOT_CLASS = re.compile(r"(?:(?:及)?以[上下内]|级)的?(?:和|与|及|并|是|为|用于|,|、)")
_BARE = re.compile(r"[百千万亿十]+(?:元|美元)?")
_MONEY = ("元", "美元", "欧元", "港元", "港币")
_CAPACITY = ("千伏", "kV", "蒸吨", "吨级", "岁", "周岁", "周年", "马力", "寸", "G")
_DURATION = frozenset(
    (
        "年",
        "个月",
        "月",
        "天",
        "日",
        "小时",
        "个小时",
        "分钟",
        "秒",
        "周",
        "个星期",
        "星期",
        "个工作日",
        "工作日",
        "昼夜",
        "年度",
        "个季度",
    )
)
_SPAN_OF_TIME = re.compile(
    r"(?:缩短|压缩|压减|缩减|减少|增加|延长|精简|控制|时限|时间|期限|周期|天数|天气|好天|日数|平均|用时|仅需|需|为|达|至|到|比上年|较上年|同比"
    r"|[优好蓝]天|良好?|以上)[^,，;；。]{0,6}$"
)
_TOTAL_WORDS = frozenset(
    (
        "大",
        "方面",
        "个方面",
        "大类",
        "级",
        "市",
        "省",
        "区",
        "县",
        "国",
        "地",
        "者",
        "届",
        "期",
        "批",
        "步",
        "代",
        "端",
        "头",
        "条线",
    )
)
_SLOGAN = re.compile(rf"[“\"‘《]{_HAN}{{0,4}}$")
_CLOSED = re.compile(r"[^“”\"。；;,，0-9]{1,12}[”\"’》]")
_BUILDS = re.compile(
    r"(?:建设|新建|建成|打造|引进|创建|培育|新增|建立|改造|组建|设立|完成|实施|新设|建|修建|开通|获得|荣获|举办|开展|编制|出台|整治|修复|提升|布局|落户|、|和|及"
    r"|战胜[了]?|化解|谋划|认定|成立|启动|投用|增加|形成|拥有|扩建|达|至|了|共|计|有|推出|仅|新|余|等|约|超|近|过)$"
)
_WHOLE = re.compile(r"(?:[一每]|同一|逐一|统一|不)$")
_PROGRAMME = re.compile(r"[”\"’]?(?:计划|行动|工程|任务|目标|信心|干劲|产业|战略|城市|度|效应|方案)")
_RANKED = re.compile(r"(?:全[省市国区县州球]|各?[省市区县州]|居|列|名|排|位|地级市|城市)[^,，。;；]{0,4}$")
_SMALL = re.compile(r"[一二两三四五六七八九十]+")
_BACK = re.compile(rf"[、和与及]{_HAN}{{1,10}}$")


def role(text: str, sentence: Span, quantity: Quantity) -> NumeralRole | None:
    """What a quantity in running text is where it is no claim; None for a claim. `text` is folded."""
    if quantity.role != "quantity":
        return quantity.role
    before = text[max(sentence[0], quantity.start - 16) : quantity.start]
    behind = text[quantity.end : min(sentence[1], quantity.end + 16)]
    unit = quantity.unit or ""
    if not quantity.numerals and _PROGRAMME.match(behind):
        return "idiom"
    if text[quantity.start : quantity.end] == "首位" and not _RANKED.search(before):
        return "ordinal"
    if unit in _TOTAL_WORDS:
        return "name"
    if _names_a_class(text, quantity, before, behind, unit):
        return "name"
    if unit in _DURATION and not _SPAN_OF_TIME.search(before):
        return "date"
    if _SLOGAN.search(before) and _CLOSED.match(behind):
        return "idiom"
    if _counts_back(text, quantity, before, behind):
        return "idiom"
    return None


def _names_a_class(text: str, quantity: Quantity, before: str, behind: str, unit: str) -> bool:
    surface = text[quantity.start : quantity.end]
    if unit.endswith(_CAPACITY) and re.match(f"的?(?:以[上下])?{_HAN}", behind):
        return True
    if unit in _MONEY or (not unit and _BARE.fullmatch(surface)) or surface.endswith("级"):
        if _CLASS.match(behind) and not _NOT_CLASS.match(behind):
            return True
        if (_BARE.fullmatch(surface) or surface.endswith("级")) and re.match(rf"的?{_HAN}", behind):
            return not re.match(r"(?:大关|台阶|目标|以上[,，;；。]|元|左右|的)", behind)
    return False


def _counts_back(text: str, quantity: Quantity, before: str, behind: str) -> bool:
    """A small count in Chinese numerals that sums up names just listed, or a 一 that is no count."""
    surface = text[quantity.start : quantity.end]
    numeral = _SMALL.match(surface)
    if not numeral or quantity.shape != "number" or quantity.modifier != "exact":
        return False
    if numeral[0] == "一":
        return not _BUILDS.search(before)
    return bool(_BACK.search(before)) and not before.endswith("等")
