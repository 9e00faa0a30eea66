"""The diagrams, forms and tables that come with the house hold together: the engine takes them, people can read them."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from lxml import etree

from service.domain.assignment import parse_assignment
from service.engine.model import Element
from tests.engine.shipped import NAMES, ROOT, files_of, listed_handlers, shipped

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DIAGRAMS = sorted(ROOT.glob("*/*.bpmn"))
FORMS = sorted(ROOT.glob("*/forms/*.form"))
DRAWN = {
    "userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "callActivity", "subProcess", "startEvent",
    "endEvent", "boundaryEvent", "intermediateCatchEvent", "exclusiveGateway", "parallelGateway", "sequenceFlow", "lane",
    "participant",
}  # fmt: skip


def user_tasks() -> list[Element]:
    return [e for name in NAMES for e in shipped(name).elements.values() if e.kind == "userTask"]


def components(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in form.get("components", ()):
        yield component
        yield from components(component)


@pytest.mark.parametrize("name", NAMES)
def test_it_deploys(name: str) -> None:
    assert shipped(name).key == name


@pytest.mark.parametrize("name", NAMES)
def test_it_leaves_no_form_without_a_task_and_no_task_without_a_form(name: str) -> None:
    bundle = shipped(name)
    assert {e.form_key for e in bundle.elements.values() if e.kind == "userTask"} == set(bundle.forms)


def test_it_ships_every_file_of_its_folders() -> None:
    shipped_files = {path for name in NAMES for path in files_of(name)}
    assert shipped_files == {p.relative_to(ROOT).as_posix() for p in ROOT.glob("*/**/*.*") if p.suffix != ".md"}


@pytest.mark.parametrize("task", user_tasks(), ids=lambda e: e.id)
def test_it_says_of_every_task_who_where_how_long_and_why(task: Element) -> None:
    assert task.lane
    assert task.documentation
    assert task.case_status
    assert task.due_workdays
    assert 1 <= task.due_workdays <= 10
    assert task.candidate_groups
    for group in task.candidate_groups:
        parse_assignment(group)


def test_it_names_handlers_that_are_described_and_describes_none_that_is_not_named() -> None:
    named = {e.handler for name in NAMES for e in shipped(name).elements.values() if e.handler}
    assert named == listed_handlers()


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_it_keeps_one_decision_and_one_opinion_in_a_form(path: Any) -> None:
    form = json.loads(path.read_text("utf-8"))
    keys = [c["key"] for c in form["components"] if "key" in c and not c.get("readonly")]
    assert form["id"] == path.stem
    assert form["schemaVersion"] == 19
    assert len([k for k in keys if k.endswith("_decision")]) <= 1
    assert len([k for k in keys if k.endswith("_opinion")]) <= 1
    assert not {"decision", "opinion"} & set(keys), "the next form would show this person's choice"


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_it_labels_every_field_in_chinese_and_keys_it_in_snake_case(path: Any) -> None:
    found = list(components(json.loads(path.read_text("utf-8"))))
    assert len({c["id"] for c in found}) == len(found)
    for component in found:
        key = component.get("key") or component.get("path")
        assert key is None or re.fullmatch(r"[a-z][a-z0-9_]*", key), key
        text = component.get("label") or component.get("dateLabel") or component.get("text") or ""
        assert re.search("[\u4e00-\u9fff]", text), component["id"]
        assert "pattern" not in component.get("validate", {})


def test_it_offers_a_township_no_standing_committee_meeting() -> None:
    assert "常务会议" not in (ROOT / "seal_authorisation/forms/collective_study.form").read_text("utf-8")


@pytest.mark.parametrize(
    ("task", "earlier"),
    [
        ("director_review", "draft_list"),
        ("legal_review", "director_review"),
        ("county_review", "county_first_review"),
        ("sign_authorisation", "draft_list"),
        ("sign_authorisation", "director_review"),
        ("trial_review", "rectify"),
        ("seal_approve", "seal_apply"),
        ("seal_hand_over", "seal_approve"),
        ("department_review", "confirm_findings"),
        ("accept_check", "register_form"),
        ("sign_opinion", "draft_opinion"),
    ],
)
def test_it_separates_duties(task: str, earlier: str) -> None:
    found = next(e for e in user_tasks() if e.id == task)
    assert earlier in found.separate_from


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_draws_every_element_once(path: Any) -> None:
    root = etree.parse(path).getroot()
    wanted = {str(e.get("id")) for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in DRAWN}
    drawn = [str(e.get("bpmnElement")) for tag in ("BPMNShape", "BPMNEdge") for e in root.iter(f"{{*}}{tag}")]
    assert sorted(drawn) == sorted(wanted)
    assert all(len(e.findall("{*}waypoint")) >= 2 for e in root.iter("{*}BPMNEdge"))


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_draws_no_two_nodes_over_each_other(path: Any) -> None:
    root = etree.parse(path).getroot()
    kinds = {e.get("id"): etree.QName(e).localname for e in root.iter(f"{BPMN}*") if e.get("id")}
    boxes = {}
    for shape in root.iter("{*}BPMNShape"):
        kind = kinds[shape.get("bpmnElement")]
        if kind not in ("participant", "lane", "subProcess", "boundaryEvent"):
            bounds = shape.find(f"{DC}Bounds")
            assert bounds is not None
            boxes[shape.get("bpmnElement")] = [float(bounds.get(k) or 0) for k in ("x", "y", "width", "height")]
    for (a, (ax, ay, aw, ah)), (b, (bx, by, bw, bh)) in combinations(boxes.items(), 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay, f"{a} lies over {b}"


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.parent.name)
def test_it_puts_every_node_in_one_lane(path: Any) -> None:
    root = etree.parse(path).getroot()
    nodes = {str(e.get("id")) for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in DRAWN}
    nodes -= {str(e.get("id")) for tag in ("sequenceFlow", "lane", "participant") for e in root.iter(f"{BPMN}{tag}")}
    assert sorted(str(e.text) for e in root.iter(f"{BPMN}flowNodeRef")) == sorted(nodes)


def test_it_describes_every_attribute_of_its_own_namespace() -> None:
    descriptor = json.loads((ROOT / "oneseal-moddle.json").read_text("utf-8"))
    assert descriptor["uri"] == "urn:oneseal:bpmn:1.0"
    assert descriptor["prefix"] == "oneseal"
    described = {p["name"] for t in descriptor["types"] for p in t["properties"] if p["description"]}
    used = {str(k).rpartition("}")[2] for p in DIAGRAMS for e in etree.parse(p).iter() for k in e.attrib
            if str(k).startswith("{urn:oneseal:bpmn:1.0}")}  # fmt: skip
    assert used <= described
