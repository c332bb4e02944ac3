"""A real Chromium for the tests of the pages: what it shows, what it says on its console, what it asks the network for."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
ARTIFACTS = ROOT / ".artifacts"
WIDTHS = (1440, 768, 390)


@dataclass
class Shown:
    """An open page, and everything that went wrong or went out while it was open."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path, anchor: str = "") -> None:
        self.page.goto(path.as_uri() + anchor)

    def fits(self) -> bool:
        """Whether nothing reaches over the right edge of the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def keep(self, name: str) -> None:
        """A picture among the artifacts of the run."""
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=str(ARTIFACTS / f"{name}.png"))


def executable() -> str:
    """Where Chromium is; where there is none the test says so and is passed over, on CI it fails."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found and os.environ.get("CI"):
        pytest.fail("no Chromium on CI: `make browser` installs it")
    if not found:
        pytest.skip("no Chromium here: `make browser` installs it")
    return found


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def shown(browser: Any, width: int = 1440, locale: str = "zh-CN") -> Iterator[Shown]:
    """An empty page of that width; at the end nothing may have been complained of, and nothing asked for but files given."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale=locale)
    made = Shown(page)
    page.on("console", lambda message: made.complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.on("request", lambda request: made.requests.append(request.url))
    try:
        yield made
    finally:
        page.close()
    assert made.complaints == []
    assert [url for url in made.requests if not url.startswith("file:")] == []
    assert len({url.partition("#")[0] for url in made.requests}) <= 1


def audit(page: Any) -> list[str]:
    """What axe-core finds of serious or critical impact: rule and the first element."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found if rule["impact"] in ("serious", "critical")]
