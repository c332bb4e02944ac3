"""The canonical text stays as it is, and its blocks tell the report from what a page puts around it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s1_page, s2_blocks
from pipeline.contracts import Blocks
from pipeline.text import squeeze


def laid(*lines: str) -> Blocks:
    return s2_blocks.lay_out(s1_page.read("\n".join(lines).encode("utf-8", "surrogatepass"), "页.txt"))


def of_kind(blocks: Blocks, kind: str) -> list[str]:
    return [blocks.text[block.start : block.end] for block in blocks.blocks if block.kind == kind]


REPORT = (
    "各位代表：",
    "现在，我代表区人民政府向大会报告工作，请予审议，并请政协委员和列席人员提出意见。",
    "一、2020年工作回顾",
    "全年地区生产总值增长6%，一般公共预算收入增长8%，城镇居民人均可支配收入增长7%，各项任务圆满完成。",
)


@given(
    st.text(alphabet=st.sampled_from("一二，。、（）“”?&nbsp;\\rn 　\u200b\n-3页上篇：各位代表现在我代表报告工作"), max_size=300)
    | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200)
)
def test_blocks_hold_every_character_in_order(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    blocks = laid(text)
    at = 0
    for block in blocks.blocks:
        assert at <= block.start < block.end
        assert not squeeze(blocks.text[at : block.start])
        at = block.end
    assert not squeeze(blocks.text[at:])
    assert len({block.id for block in blocks.blocks}) == len(blocks.blocks)


def test_navigation_above_and_below_is_chrome() -> None:
    above = ("当前位置：", "首页-政务公开", "字号：[大 中 小]")
    below = ("分享到：", "微信", "上一篇：", "某县2019年政府工作报告", "版权所有：某区人民政府")
    blocks = laid(*above, "2021年南湖区政府工作报告", *REPORT, *below)
    assert of_kind(blocks, "chrome") == [*above, *below]
    assert of_kind(blocks, "title") == ["2021年南湖区政府工作报告"]
    assert of_kind(blocks, "paragraph") == list(REPORT)


CASES = Path(__file__).parent / "cases" / "blocks"


def _cases() -> list[Path]:
    return sorted(CASES.glob("*.tsv")) or [CASES / "no case file.tsv"]


@pytest.mark.parametrize("path", _cases(), ids=lambda path: path.stem)
def test_a_page_is_laid_out_so(path: Path) -> None:
    """A line of a case is the kind of a block, a tab, its text. `+`: the next line of the same block, `~kind`: on the same line."""
    rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    text = "".join(("" if kind.startswith("~") or not n else "\n") + words for n, (kind, words) in enumerate(rows))
    wanted: list[tuple[str, str]] = []
    for kind, words in rows:
        if kind == "+":
            wanted[-1] = (wanted[-1][0], f"{wanted[-1][1]}\n{words.strip()}")
        else:
            wanted.append((kind.strip("~"), words.strip()))
    blocks = laid(text)
    told = [(block.kind, "\n".join(map(str.strip, blocks.text[block.start : block.end].split("\n")))) for block in blocks.blocks]
    assert told == wanted
