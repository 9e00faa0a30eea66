"""A shipped diagram can be read: nothing lies over anything, flows are straight, everybody's work stands in their lane."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from tests.engine.shipped import ROOT
from tests.web import drawing
from tests.web.drawing import Drawing, read_drawing

pytestmark = pytest.mark.browser
DIAGRAMS = sorted(ROOT.glob("*/*.bpmn"))
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
FAULTS = (
    drawing.slanted_flows, drawing.flows_through_nodes, drawing.loose_ends, drawing.shared_lines, drawing.covered_labels, drawing.labels_over_borders,
    drawing.crowded_words, drawing.strayed_boundary_events, drawing.outside_parent,
)  # fmt: skip


@pytest.fixture(scope="module")
def drawings(page: Page) -> dict[Path, Drawing]:
    return {p: read_drawing(page.evaluate("xml => oneseal.openDiagram(xml)", p.read_text("utf-8"))) for p in DIAGRAMS}


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
@pytest.mark.parametrize("faults", FAULTS, ids=lambda f: f.__name__)
def test_it_has_no(faults: Callable[[Drawing], Iterator[str]], path: Path, drawings: dict[Path, Drawing]) -> None:
    assert list(faults(drawings[path])) == []


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_draws_every_node_in_its_lane(path: Path, drawings: dict[Path, Drawing]) -> None:
    lanes = {
        str(e.text): str(lane.get("id"))
        for lane in etree.parse(path).iter(f"{MODEL}lane")
        for e in lane.iter(f"{MODEL}flowNodeRef")
    }
    assert list(drawing.outside_lane(drawings[path], lanes)) == []
    assert len(lanes) > 5


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_gives_every_lane_the_height_of_a_task_and_air(path: Path, drawings: dict[Path, Drawing]) -> None:
    heights = [s.box[3] for s in drawings[path].shapes.values() if s.type == "bpmn:Lane"]
    assert min(heights) >= 110
