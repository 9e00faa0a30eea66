"""The decision table 授权适格判定 opens in the table editor."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.engine.shipped import ROOT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/*.dmn")), ids=lambda p: p.stem)
def test_it_opens_without_a_warning(path: Path, page: Page, pictures: Path) -> None:
    answer = page.evaluate("xml => oneseal.openTable(xml)", path.read_text("utf-8"))
    rules = page.locator("tbody td.rule-index")
    expect(rules.first).to_be_visible()
    page.screenshot(path=pictures / f"table_{path.stem}.png", full_page=True)
    assert answer["warnings"] == []
    assert "decisionTable" in answer["views"]
    assert rules.count() == path.read_text("utf-8").count("<rule ")
