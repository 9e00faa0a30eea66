"""Every shipped form is drawn by the form viewer of the worklist, takes a good answer and names what is missing in an empty one."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.engine.shipped import ROOT
from tests.web.fillings import FACTS, filled, needed_files

pytestmark = pytest.mark.browser
FORMS = sorted(ROOT.glob("*/forms/*.form"))
BY_NAME = pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)


def read(path: Path) -> dict[str, Any]:
    form: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return form


def kinds(form: dict[str, Any]) -> list[str]:
    return sorted(k for c in form["components"] for k in (c["type"], *(kinds(c) if "components" in c else ())))


def opened(page: Page, form: dict[str, Any], data: dict[str, Any]) -> Any:
    return page.evaluate("([form, data]) => oneseal.openForm(form, data)", [form, data])


@BY_NAME
def test_it_is_drawn_whole_without_a_warning(path: Path, page: Page, pictures: Path) -> None:
    form = read(path)
    answer = opened(page, form, FACTS | filled(form))
    page.screenshot(path=pictures / f"form_{path.stem}.png", full_page=True)
    assert answer["warnings"] == []
    assert sorted(answer["fields"]) == sorted(["default", *kinds(form)])


@BY_NAME
def test_it_takes_a_good_answer(path: Path, page: Page) -> None:
    form = read(path)
    opened(page, form, FACTS | filled(form))
    sent = page.evaluate("() => oneseal.submitForm()")
    ids = {c["id"]: c["key"] for c in form["components"] if "key" in c}
    assert {ids[id] for id in sent["errors"]} == needed_files(form)
    assert sent["data"]


@BY_NAME
def test_it_names_every_required_field_of_an_empty_answer(path: Path, page: Page) -> None:
    form = read(path)
    required = {c["id"] for c in form["components"] if c.get("validate", {}).get("required")}
    shown = {c["id"] for c in form["components"] if "conditional" not in c}
    opened(page, form, {})
    assert required & shown <= set(page.evaluate("() => oneseal.submitForm()")["errors"])
