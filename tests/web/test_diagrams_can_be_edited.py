"""Somebody moves a step in a modeler, renames it and saves: only its name is another, and the diagram still deploys."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from service.domain.posts import POSTS
from service.engine.read import read_bundle
from tests.engine.shipped import ROOT, files_of, listed_handlers, shipped

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "path", "id"),
    [
        ("seal_authorisation", "seal_authorisation/process.bpmn", "draft_list"),  # inside the subprocess
        ("seal_authorisation", "seal_authorisation/process.bpmn", "judge_items"),
        ("seal_authorisation", "seal_authorisation/process.bpmn", "make_seal"),
        ("seal_authorisation", "seal_making/seal_making.bpmn", "seal_engrave"),
        ("form_self_check", "form_self_check/process.bpmn", "review_stations"),
        ("department_sign_off", "department_sign_off/process.bpmn", "draft_opinion"),
    ],
)
def test_it_changes_nothing_but_the_name(name: str, path: str, id: str, page: Page) -> None:
    xml = (ROOT / path).read_text("utf-8")
    saved = page.evaluate("([xml, id, name]) => oneseal.editDiagram(xml, id, name)", [xml, id, "改了名字"])
    bundle = read_bundle(files_of(name) | {path: saved.encode()}, handlers=listed_handlers(), posts=POSTS)
    before = {i: replace(e, line=0) for i, e in shipped(name).elements.items()}
    after = {i: replace(e, line=0) for i, e in bundle.elements.items()}
    assert after[id] == replace(before[id], name="改了名字")
    assert {i: e for i, e in after.items() if i != id} == {i: e for i, e in before.items() if i != id}
