"""Every shipped form is drawn whole by the form viewer of the worklist."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.engine.forms.good import GOOD
from tests.engine.shipped import ROOT
from tests.web.test_forms_agree_with_the_server import without_files

pytestmark = pytest.mark.browser


def kinds(form: dict[str, Any]) -> list[str]:
    return sorted(k for c in form["components"] for k in (c["type"], *(kinds(c) if "components" in c else ())))


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/forms/*.form")), ids=lambda p: p.stem)
def test_it_is_drawn_whole_without_a_warning(path: Path, page: Page, pictures: Path) -> None:
    form, (variables, filled) = json.loads(path.read_text("utf-8")), GOOD[path.stem]
    data = json.loads(json.dumps(variables | without_files(filled), default=str))
    answer = page.evaluate("([form, data]) => oneseal.openForm(form, data)", [form, data])
    page.screenshot(path=pictures / f"form_{path.stem}.png", full_page=True)
    assert answer["warnings"] == []
    assert sorted(answer["fields"]) == sorted(["default", *kinds(form)])
