"""The pictures of docs/diagrams show the diagrams as they are now."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.engine.shipped import ROOT

PICTURES = ROOT.parent / "docs/diagrams"
DIAGRAMS = sorted(ROOT.glob("*/*.bpmn"))


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_is_drawn_from_this_very_diagram(path: Path) -> None:
    picture = (PICTURES / f"{path.parent.name}.svg").read_text("utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"SHA-256 of the diagram: {digest}" in picture, "draw it again: .venv/bin/python -m docs.diagrams.draw"


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_shows_every_node_and_flow(path: Path) -> None:
    drawn = set(re.findall(r'data-element-id="([^"]+)"', (PICTURES / f"{path.parent.name}.svg").read_text("utf-8")))
    wanted = set(re.findall(r'bpmnElement="([^"]+)"', path.read_text("utf-8").partition("<bpmndi:BPMNPlane")[2]))
    assert {id for id in wanted if not id.endswith("_collaboration")} <= drawn


def test_it_leaves_no_picture_out_of_the_pages() -> None:
    pages = "".join((PICTURES.parent / page).read_text("utf-8") for page in ("processes.md", "diagrams/README.md"))
    assert all(p.name in pages for p in PICTURES.iterdir() if p.suffix in (".svg", ".png"))
