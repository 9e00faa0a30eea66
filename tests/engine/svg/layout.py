"""Gives a diagram without a drawing one: every scope in a row, subprocesses round what they hold, flows from middle to middle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from service.engine.drawing import ACTIVITIES, BPMN, DATA, EVENTS, NODES

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
WAY = "http://www.omg.org/spec/DD/20100524/DI"
GAP = 50
Box = tuple[float, float, float, float]


@dataclass
class Laid:
    """``boxes``: element -> place, ``ways``: flow -> waypoints."""

    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)


def with_drawing(xml: bytes, looks: Mapping[str, dict[str, str]] | None = None, *, process: str = "main") -> bytes:
    """``looks``: element -> attributes of its shape, e.g. ``{"isExpanded": "false"}``."""
    root = etree.fromstring(xml)
    scope = next(e for e in root.iter(f"{{{BPMN}}}process") if e.get("id") == process)
    laid = Laid()
    width, height = _row(scope, 60, 60, laid)
    for n, lane in enumerate(scope.iter(f"{{{BPMN}}}lane")):
        laid.boxes[lane.get("id", "")] = (20, 20 + n * 10, width + 80, height + 80)
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", nsmap={"bpmndi": DI, "dc": DC, "di": WAY})
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", bpmnElement=process)
    for id, box in laid.boxes.items():
        given = {"bpmnElement": id, "isExpanded": "true", **(looks or {}).get(id, {})}
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", given)
        etree.SubElement(shape, f"{{{DC}}}Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
    for id, points in laid.ways.items():
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", bpmnElement=id)
        for x, y in points:
            etree.SubElement(edge, f"{{{WAY}}}waypoint", x=str(x), y=str(y))
    return etree.tostring(root)


def _row(scope: etree._Element, left: float, top: float, laid: Laid) -> tuple[float, float]:
    """Answers how wide and how high it became."""
    x, high = left, 80.0
    inside = [
        e
        for e in scope
        if isinstance(e.tag, str) and etree.QName(e).localname in NODES | DATA | {"textAnnotation", "group"}
    ]
    for node in (e for e in inside if etree.QName(e).localname != "boundaryEvent"):
        width, height = _size(node, x, top, laid)
        laid.boxes[node.get("id", "")] = (x, top, width, height)
        x, high = x + width + GAP, max(high, height)
    for event in (e for e in inside if etree.QName(e).localname == "boundaryEvent"):
        host = laid.boxes[event.get("attachedToRef", "")]
        laid.boxes[event.get("id", "")] = (host[0] + host[2] / 2 - 18, host[1] + host[3] - 18, 36, 36)
    for flow in scope:
        if isinstance(flow.tag, str) and etree.QName(flow).localname in ("sequenceFlow", "association"):
            laid.ways[flow.get("id", "")] = _way(flow, laid)
        for line in flow.iterchildren(*(f"{{{BPMN}}}data{way}Association" for way in ("Input", "Output"))):
            laid.ways[line.get("id", "")] = ((left, top), (left + 10, top + 10))
    return x - left, high


def _size(node: etree._Element, x: float, top: float, laid: Laid) -> tuple[float, float]:
    kind = etree.QName(node).localname
    if kind == "subProcess":
        width, height = _row(node, x + 30, top + 30, laid)
        return width + 30, height + 60
    return (100, 80) if kind in ACTIVITIES else (36, 36) if kind in EVENTS else (50, 50)


def _way(flow: etree._Element, laid: Laid) -> tuple[tuple[float, float], ...]:
    (ax, ay), (bx, by) = (_middle(laid.boxes[flow.get(end, "")]) for end in ("sourceRef", "targetRef"))
    return (ax, ay), (ax, by), (bx, by)


def _middle(box: Box) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2
