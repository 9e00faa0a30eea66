"""What the form in the browser lets through is what the server takes: neither is stricter than the other with honest people."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from service.engine import forms
from tests.engine.forms.good import GOOD
from tests.engine.shipped import ROOT

pytestmark = pytest.mark.browser
FORMS = {path.stem: path for path in sorted(ROOT.glob("*/forms/*.form"))}
NOW = datetime(2022, 12, 1, 2, 0, tzinfo=UTC)


def read(id: str) -> dict[str, Any]:
    form: dict[str, Any] = json.loads(FORMS[id].read_text("utf-8"))
    return form


def files_of(form: dict[str, Any]) -> set[str]:
    """Files are stored before a form is sent; the browser's own file field is not part of the comparison."""
    return {c["key"] for c in form["components"] if c["type"] == "filepicker"}


def without_files(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_files(v) for k, v in value.items() if not k.endswith("_file")}
    return [without_files(v) for v in value] if isinstance(value, list) else value


def sent_by_browser(page: Page, form: dict[str, Any], data: dict[str, Any]) -> Any:
    page.evaluate("([form, data]) => oneseal.openForm(form, data)", [form, json.loads(json.dumps(data, default=str))])
    return page.evaluate("() => oneseal.submitForm()")


def test_it_knows_a_good_answer_for_every_form() -> None:
    assert set(GOOD) == set(FORMS)


@pytest.mark.parametrize("id", sorted(FORMS))
def test_the_server_takes_what_the_browser_sends(id: str, page: Page) -> None:
    form, (variables, filled) = read(id), GOOD[id]
    sent = sent_by_browser(page, form, variables | without_files(filled))
    fields = {c["id"]: c.get("key") for c in form["components"]}
    assert {fields[e] for e in sent["errors"]} <= files_of(form)
    given = {k: v for k, v in sent["data"].items() if k not in files_of(form)}
    checked = forms.check(
        form, given | {k: filled[k] for k in files_of(form) if k in filled}, current=variables, at=NOW
    )
    assert [(f.code, f.where, f.message) for f in checked.faults] == []


@pytest.mark.parametrize("id", sorted(FORMS))
def test_both_refuse_the_same_fields_of_an_empty_answer(id: str, page: Page) -> None:
    form, (variables, _) = read(id), GOOD[id]
    own = {c.get("key") or c.get("path") for c in form["components"]}
    known = {k: v for k, v in variables.items() if k not in own}
    sent = sent_by_browser(page, form, known)
    fields = {c["id"]: c["key"] for c in form["components"] if "key" in c}  # rows are compared in the test above
    checked = forms.check(form, without_files(sent["data"]), current=known, at=NOW)
    refused = {str(f.where.get("field")) for f in checked.faults} & set(fields.values())
    assert {fields[e] for e in sent["errors"] if e in fields} == refused
