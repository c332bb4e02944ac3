"""What stands above a report's first paragraph: the shapes of its title, date, meeting and speaker lines and of its salutation.

All patterns run over words as `words` gives them: widths folded, no white space, nothing of what a web page puts in its place.
Numerals are ASCII or Chinese, signs are ASCII.
"""

import re

_BLANK = re.compile(r"&nbsp;|\?{2,}|[\s\u200b-\u200f\ufeff]+")

NUMERAL = r"[0-9一二三四五六七八九十百]{1,4}"
DATE = (
    r"(?:(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{6}日?|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}"
    r"|[二一][九○〇零OoО0一二三四五六七八]{3}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
MEETING = re.compile(
    rf"(?:[一-龥]{{0,24}}?第?{NUMERAL}届(?:全国)?)(?:人民代表大会(?:常务委员会|常委会)?第?{NUMERAL}次(?:全体)?会议"
    rf"|人大(?:常委会)?第?{NUMERAL}次会议)"
)
ROLE = (
    r"(?:(?:代理?|副|常务副)?(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|主席|专员)|(?:国务院)?总理"
    r"|(?:管委会|管理委员会)(?:副)?主任)"
)
NAME = r"[一-龥]{1,8}(?:[·•・][一-龥]{1,8}){1,3}|[一-龥]{2,4}"

TITLE = re.compile(r".{0,60}(?:工作报告|计划纲要的报告)(?:\(.{1,20}\))?(?:[-—―─].{0,60})?|政府工作报|.{0,30}工作报告\(?.{0,20}\)?")
DATE_LINE = re.compile(rf"[-—―─]{{0,6}}\(?(?:{DATE})(?:[0-9]{{1,2}}[:时][0-9]{{1,2}}分?(?::[0-9]{{1,2}})?|[一-龥·]{{2,4}})?\)?")
SPEAKER_LINE = re.compile(rf"(?:(?:报告人|作者):?)?[一-龥、,]{{0,30}}?{ROLE}[:,]?(?:{NAME})?(?:同志)?(?:作?(?:政府)?工作报告)?")
SALUTATION = re.compile(r"各位(?:人大)?代表|同志们")
PROPOSAL = re.compile(r".{0,80}?(?:现在|下面|受.{1,20}委托)?,?由?我(?:谨|受)?代?表.{2,60}?(?:报告|作|汇报)")


def words(text: str) -> str:
    """The text without white space and what pages put in its place (`&nbsp;`, `??` where a decoder lost it); not of one length."""
    return _BLANK.sub("", text)
