"""Every shipped diagram opens in the modeler without a complaint, and comes back from it unharmed."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Page

from service.domain.posts import POSTS
from service.engine.model import Bundle, Element
from service.engine.read import read_bundle
from tests.engine.shipped import NAMES, ROOT, files_of, listed_handlers, shipped

pytestmark = pytest.mark.browser
DIAGRAMS = sorted(ROOT.glob("*/*.bpmn"))
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BY_NAME = pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)


@pytest.fixture(scope="module")
def opened(page: Page, pictures: Path) -> dict[Path, Any]:
    """Path -> what the modeler said, drew and wrote; a picture of each is kept."""
    answers = {}
    for path in DIAGRAMS:
        answers[path] = page.evaluate("xml => oneseal.openDiagram(xml)", path.read_text("utf-8"))
        page.screenshot(path=pictures / f"{path.parent.name}.png")
    return answers


def parts(xml: str) -> Counter[tuple[str, ...]]:
    """Every element with its parent, attributes and words, however the file is laid out."""
    found: Counter[tuple[str, ...]] = Counter()
    for element in etree.fromstring(xml.encode()).iter():
        if isinstance(element.tag, str):
            parent = element.getparent()
            inside = "" if parent is None else f"{etree.QName(parent).localname}#{parent.get('id', '')}"
            attributes = sorted(f"{k!s}={v!s}" for k, v in element.attrib.items())
            found[(inside, element.tag, *attributes, (element.text or "").strip())] += 1
    return found


@BY_NAME
def test_it_opens_without_a_warning(path: Path, opened: dict[Path, Any]) -> None:
    assert opened[path]["warnings"] == []


@BY_NAME
def test_it_keeps_every_element_and_attribute_when_saved(path: Path, opened: dict[Path, Any]) -> None:
    before, after = parts(path.read_text("utf-8")), parts(opened[path]["xml"])
    assert before - after == Counter()
    assert after - before == Counter()


@BY_NAME
def test_it_shows_every_node_and_flow(path: Path, opened: dict[Path, Any]) -> None:
    drawn = {e["id"] for e in opened[path]["shapes"] + opened[path]["edges"]}
    model = etree.parse(path).getroot()
    nodes = {e.text for e in model.iter(f"{MODEL}flowNodeRef")}
    flows = {e.get("id") for e in model.iter(f"{MODEL}sequenceFlow")}
    assert len(nodes) > 5
    assert nodes | flows <= drawn


@pytest.mark.parametrize("name", NAMES)
def test_it_deploys_as_the_same_process_after_being_saved(name: str, opened: dict[Path, Any]) -> None:
    saved = {path.relative_to(ROOT).as_posix(): answer["xml"].encode() for path, answer in opened.items()}
    files = {path: saved.get(path, content) for path, content in files_of(name).items()}
    again = read_bundle(files, handlers=listed_handlers(), posts=POSTS)
    assert meant(again) == meant(shipped(name))


def meant(bundle: Bundle) -> list[Element]:
    """Everything the elements say but the line they stand on."""
    return [replace(bundle.elements[id], line=0) for id in sorted(bundle.elements)]


@pytest.mark.parametrize("name", NAMES)
def test_it_deploys_with_what_the_desktop_program_adds(name: str) -> None:
    added = (
        'exporter="Camunda Modeler" exporterVersion="5.40.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
        'modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0" id='
    )
    files = {
        path: content.replace(b" id=", f" {added}".encode(), 1) if path.endswith(".bpmn") else content
        for path, content in files_of(name).items()
    }
    again = read_bundle(files, handlers=listed_handlers(), posts=POSTS)
    assert again.key == name
    assert again.digest != shipped(name).digest
