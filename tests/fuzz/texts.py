"""Strategies for documents in the likeness of reports: made of the pieces that reports are made of, in any order."""

from hypothesis import strategies as st

NUMERALS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.decimals(0, 10**4, places=2, allow_nan=False).map(str),
    st.text("一二三四五六七八九十百千万亿两〇零", min_size=1, max_size=6),
    st.sampled_from(
        ["１２３", "3.5万", "十三五", "第一", "四分之一", "1:2:3", "5%—6%", "几十", "数百", "翻一番", "2/3", "8.5-9", "1,234.5"]
    ),
)
UNITS = st.sampled_from(
    ["亿元", "万元", "%", "个百分点", "公里", "亩", "条", "个", "万人次", "家", "名", "吨", "", "倍", "年", "元/吨", "‰"]
)
SUBJECTS = st.sampled_from(
    ["地区生产总值", "城乡居民人均可支配收入", "新建道路", "其中", "引进项目", "森林覆盖率", "民生支出", "“两不愁三保障”"]
)
VERBS = st.sampled_from(["增长", "达到", "突破", "分别为", "完成", "由", "力争", "控制在", "下降", "新增、改造", ""])
AFTER = st.sampled_from(["以上", "左右", "以内", "", "，", "、", "的项目", "大关", "(含)", "。"])
QUANTITIES = st.builds("{}{}{}{}{}".format, SUBJECTS, VERBS, NUMERALS, UNITS, AFTER)
MARKERS = st.sampled_from(
    ["一、", "二、", "（一）", "(二)", "1.", "①", "一是", "——", "第一，", "　　", "【", "附：名词解释", "1、", "注释："]
)
DIRT = st.sampled_from(
    ["\\r\\n", "&nbsp;", "\u00a0", "\ufffd", "<script>", "]]>", "{{", "\u200b", "\ufeff", "𠮷", "［1］", "[2]", "\t", "“", "）"]
)
SENTENCES = st.builds("{}。".format, st.lists(st.one_of(QUANTITIES, DIRT, SUBJECTS), min_size=1, max_size=5).map("，".join))
LINES = st.builds("{}{}".format, st.one_of(st.just(""), MARKERS), st.lists(SENTENCES, max_size=3).map("".join))
HEAD = "2021年甲区政府工作报告\n各位代表：\n一、2020年工作回顾\n"
REPORTS = st.lists(st.one_of(LINES, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)), max_size=14).map(
    lambda lines: HEAD + "\n".join(lines)
)
"""Texts that a reader takes for reports."""

CALM = st.lists(
    st.builds("{}{}。".format, MARKERS, st.lists(QUANTITIES, min_size=1, max_size=3).map("，".join)),
    min_size=1,
    max_size=8,
).map(lambda lines: HEAD + "\n".join(lines) + "\n二、2021年工作安排\n坚持稳中求进。\n")
"""The same without dirt, for what a change of dress must not change."""
