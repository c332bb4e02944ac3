"""The page of a report in a real browser: everything found can be reached, nothing of it runs, it fits."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages.report import page as render
from pipeline.run import Result, process
from tests.browser import WIDTHS, audit, chromium, shown

LONG = (
    f"　　——产业发展。{'坚持稳中求进工作总基调，扎实推进各项工作。' * 5}新建道路57条，改造管网60公里，投资4.5亿元，增长8.5%左右。\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def seed_page(seed: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "seed.html"
    path.write_text(render(seed.report), "utf-8")
    return path


def written(text: str, folder: Path) -> Path:
    path = folder / "page.html"
    path.write_text(render(process(text.encode(), "x.txt").report), "utf-8")
    return path


def test_a_document_can_not_put_anything_into_its_page(browser: Any, tmp_path: Path) -> None:
    evil = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\"'{{7*7}}</style></p>"
    path = written(f"2021年政府工作报告{evil}\n一、2020年工作回顾{evil}\n一是{evil}新建道路57条{evil}。\n", tmp_path)
    with shown(browser) as seen:
        seen.open(path)
        assert seen.page.title() != "taken"
        assert evil in seen.page.inner_text("#text")
        assert seen.page.evaluate("document.querySelectorAll('#text img, #text script').length") == 0


def test_the_seeds_page_is_small_and_soon_there(browser: Any, seed: Result, seed_page: Path) -> None:
    assert seed_page.stat().st_size < 400_000
    with shown(browser) as seen:
        began = time.perf_counter()
        seen.open(seed_page)
        assert time.perf_counter() - began < 1
        assert seen.page.inner_text("h1")


def test_rendering_takes_little(seed: Result) -> None:
    render(seed.report)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        render(seed.report)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.05


def test_every_claim_is_reached_from_the_table_and_from_the_text(browser: Any, seed: Result, seed_page: Path) -> None:
    with shown(browser) as seen:
        seen.open(seed_page)
        links = seen.page.evaluate("[...document.querySelectorAll('#claims tbody a')].map(a => a.hash.slice(1))")
        assert links == [f"c-{claim.id}" for claim in seed.report.claims]
        surfaces = seen.page.evaluate("ids => ids.map(id => document.getElementById(id).textContent)", links)
        for claim, surface in zip(seed.report.claims, surfaces, strict=True):
            assert claim.surface.startswith(surface.strip()[:1])
        back = seen.page.evaluate("[...document.querySelectorAll('#text a.claim')].map(a => a.hash.slice(1))")
        assert set(back) >= {f"r-{claim.id}" for claim in seed.report.claims}
        seen.page.click(f"#r-{seed.report.claims[40].id} a")
        assert seen.page.locator(f"#c-{seed.report.claims[40].id}.found").is_visible()


def test_a_link_opens_on_its_claim(browser: Any, seed: Result, seed_page: Path) -> None:
    last = seed.report.claims[-1]
    with shown(browser) as seen:
        seen.open(seed_page, f"#c-{last.id}")
        assert seen.page.locator(f"#r-{last.id}.found").is_visible()
        assert seen.page.evaluate(f"document.getElementById('c-{last.id}').getBoundingClientRect().top") < 900


def test_filters_sorting_and_search(browser: Any, seed: Result, seed_page: Path) -> None:
    with shown(browser) as seen:
        seen.open(seed_page)
        visible = "[...document.querySelectorAll('#claims tbody tr')].filter(r => !r.hidden)"
        seen.page.select_option("#claims [data-filter=status]", "planned")
        planned = [claim for claim in seed.report.claims if claim.status == "planned"]
        assert seen.page.evaluate(f"{visible}.length") == len(planned)
        seen.page.check("#claims [data-filter=headline]")
        assert seen.page.evaluate(f"{visible}.length") == sum(claim.headline for claim in planned)
        seen.page.uncheck("#claims [data-filter=headline]")
        seen.page.select_option("#claims [data-filter=status]", "")
        seen.page.click("#claims th:nth-child(2) button")
        keys = seen.page.evaluate(f"{visible}.map(r => Number(r.cells[1].dataset.key)).filter(n => !Number.isNaN(n))")
        assert keys == sorted(keys)
        seen.page.fill("#search", "地区生产总值")
        matches = int(seen.page.inner_text("#matches").split()[0])
        assert 0 < matches == seen.page.inner_text("#text").count("地区生产总值")


def test_every_tab_by_mouse_and_by_keyboard(browser: Any, seed_page: Path) -> None:
    with shown(browser) as seen:
        seen.open(seed_page)
        for name in ("tasks", "livelihood", "glossary", "findings", "unexplained", "claims"):
            seen.page.keyboard.press("ArrowRight") if name != "tasks" else seen.page.click("#tab-tasks")
            assert seen.page.locator(f"#{name}").is_visible()
            assert seen.page.locator("[role=tabpanel]:visible").count() == 1
        assert audit(seen.page) == []


def test_a_term_is_explained_where_it_stands(browser: Any, seed: Result, seed_page: Path) -> None:
    term = next(term for term in seed.report.glossary if term.mentions)
    with shown(browser) as seen:
        seen.open(seed_page)
        seen.page.locator(f'#text a.term[href="#r-{term.id}"]').first.focus()
        assert seen.page.inner_text("#tip") == term.definition


def test_labels_follow_the_readers_language_and_the_switch(browser: Any, seed_page: Path) -> None:
    with shown(browser, locale="en-US") as seen:
        seen.open(seed_page)
        assert "Claims" in seen.page.inner_text("#tab-claims")
        seen.page.click("#language")
        assert "数据" in seen.page.inner_text("#tab-claims")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(browser: Any, seed_page: Path, width: int) -> None:
    with shown(browser, width) as seen:
        seen.open(seed_page)
        seen.keep(f"report-{width}")
        assert seen.fits()
        assert audit(seen.page) == []


def test_it_prints(browser: Any, seed_page: Path) -> None:
    with shown(browser) as seen:
        seen.open(seed_page)
        assert seen.page.pdf(format="A4").startswith(b"%PDF")
        seen.page.emulate_media(media="print")
        assert not seen.page.locator("#search").is_visible()
        assert seen.page.evaluate(
            "document.getElementById('text').scrollHeight <= document.getElementById('text').clientHeight + 1"
        )


def test_a_long_report_stays_usable(browser: Any, tmp_path: Path) -> None:
    text = "2021年政府工作报告\n一、2020年工作回顾\n" + LONG * (60_000 // len(LONG))
    path = written(text, tmp_path)
    with shown(browser) as seen:
        seen.open(path)
        for work in (
            "document.querySelector('#claims [data-filter=status]').value = 'actual'; filter(document.getElementById('claims'))",
            "search('管网60')",
            "search('管网')",
        ):
            timed = f"const began = performance.now(); {work}; document.body.offsetHeight; return performance.now() - began"
            taken = [seen.page.evaluate(f"(() => {{ {timed} }})()") for _ in range(5)]
            assert min(taken) < 100, work
