"""A diagram as the modeler drew it, and what makes one hard to read: each fault is a sentence naming the elements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

Box = tuple[float, float, float, float]  # x, y, width, height
Point = tuple[float, float]
CONTAINERS = ("bpmn:Participant", "bpmn:Lane")
ICON = 26.0  # a task's icon takes this much of its upper left corner


@dataclass(frozen=True)
class Shape:
    id: str
    type: str  # a BPMN type, or "label"
    box: Box
    text: Box | None
    parent: str | None
    host: str | None
    of: str | None  # whose label this is

    @property
    def is_node(self) -> bool:
        return self.type not in (*CONTAINERS, "label")


@dataclass(frozen=True)
class Flow:
    id: str
    source: str
    target: str
    points: tuple[Point, ...]

    @property
    def pieces(self) -> Iterator[tuple[Point, Point]]:
        return pairwise(self.points)


@dataclass(frozen=True)
class Drawing:
    shapes: Mapping[str, Shape]
    flows: tuple[Flow, ...]

    @property
    def nodes(self) -> list[Shape]:
        return [s for s in self.shapes.values() if s.is_node]

    @property
    def labels(self) -> list[Shape]:
        return [s for s in self.shapes.values() if s.type == "label"]

    def above(self, id: str) -> set[str]:
        """The subprocesses and the pool around a shape."""
        found: set[str] = set()
        parent = self.shapes[id].parent
        while parent and parent in self.shapes:
            found.add(parent)
            parent = self.shapes[parent].parent
        return found


def read_drawing(answer: Mapping[str, Any]) -> Drawing:
    """From what ``oneseal.openDiagram`` gives."""
    shapes = [Shape(s["id"], s["type"], tuple(s["box"]), tuple(s["text"]) if s["text"] else None, s["parent"], s["host"], s["of"])
              for s in answer["shapes"]]  # fmt: skip
    flows = [Flow(e["id"], e["source"], e["target"], tuple(map(tuple, e["points"]))) for e in answer["edges"]]
    return Drawing({s.id: s for s in shapes}, tuple(flows))


def slanted_flows(drawing: Drawing) -> Iterator[str]:
    for flow in drawing.flows:
        if any(a[0] != b[0] and a[1] != b[1] for a, b in flow.pieces):
            yield f"{flow.id} is slanted"


def flows_through_nodes(drawing: Drawing) -> Iterator[str]:
    for flow in drawing.flows:
        around = drawing.above(flow.source) | drawing.above(flow.target)
        for node in drawing.nodes:
            if node.id not in around and any(crosses(p, shrink(node.box, 1)) for p in _pieces_off(flow, node)):
                yield f"{flow.id} runs through {node.id}"


def _pieces_off(flow: Flow, node: Shape) -> Iterator[tuple[Point, Point]]:
    """The pieces that may not touch the node: of its own flows the first or last piece may, at the border."""
    points = flow.points[1:] if node.id == flow.source else flow.points
    return pairwise(points[:-1] if node.id == flow.target else points)


def loose_ends(drawing: Drawing) -> Iterator[str]:
    for flow in drawing.flows:
        for end, id in ((flow.points[0], flow.source), (flow.points[-1], flow.target)):
            if not _on_border(end, drawing.shapes[id]):
                yield f"{flow.id} does not reach the border of {id}"


def _on_border(point: Point, shape: Shape) -> bool:
    x, y, width, height = shape.box
    if "Gateway" in shape.type or "Event" in shape.type:  # docked at a corner of the diamond or a pole of the circle
        return point in {
            (x, y + height / 2),
            (x + width, y + height / 2),
            (x + width / 2, y),
            (x + width / 2, y + height),
        }
    on_side = point[0] in (x, x + width) and y <= point[1] <= y + height
    return on_side or (point[1] in (y, y + height) and x <= point[0] <= x + width)


def shared_lines(drawing: Drawing) -> Iterator[str]:
    """Two flows on one line cannot be told apart, unless they come from or go to the same node."""
    for one, two in combinations(drawing.flows, 2):
        if one.source == two.source or one.target == two.target:
            continue
        if any(_overlap(a, b) > 4 for a in one.pieces for b in two.pieces):
            yield f"{one.id} and {two.id} share a line"


def _overlap(one: tuple[Point, Point], two: tuple[Point, Point]) -> float:
    for along, across in ((0, 1), (1, 0)):
        on_one_line = abs(one[0][across] - two[0][across]) < 4
        if on_one_line and one[0][across] == one[1][across] and two[0][across] == two[1][across]:
            low = max(min(p[along] for p in one), min(p[along] for p in two))
            return min(max(p[along] for p in one), max(p[along] for p in two)) - low
    return 0


def covered_labels(drawing: Drawing) -> Iterator[str]:
    words = [s for s in drawing.labels if s.text]
    for one, two in combinations(words, 2):
        if meet(shrink(text_of(one), 1), text_of(two)):
            yield f"{one.id} lies over {two.id}"
    for label in words:
        box = shrink(text_of(label), 1)
        owner = drawing.above(label.of or "") if label.of in drawing.shapes else set()
        for node in drawing.nodes:
            if node.type != "bpmn:SubProcess" and node.id not in owner and _covers(box, node):
                yield f"{label.id} lies over {node.id}"
        for flow in drawing.flows:
            if any(crosses(piece, box) for piece in flow.pieces):
                yield f"{flow.id} runs through {label.id}"


def labels_over_borders(drawing: Drawing) -> Iterator[str]:
    """Words across the border of a lane or subprocess cannot be read, and belong to nobody."""
    frames = [s for s in drawing.shapes.values() if s.type in (*CONTAINERS, "bpmn:SubProcess")]
    for label in (s for s in drawing.labels if s.text):
        for frame in frames:
            if meet(text_of(label), frame.box) and not inside(text_of(label), frame.box):
                yield f"{label.id} lies over the border of {frame.id}"


def _covers(box: Box, node: Shape) -> bool:
    if "Gateway" not in node.type:
        return meet(box, node.box)
    x, y, width, height = node.box
    away = [
        max(low - c, c - low - size, 0)
        for low, size, c in zip(box[:2], box[2:], (x + width / 2, y + height / 2), strict=True)
    ]
    return sum(away) < width / 2  # a diamond


def crowded_words(drawing: Drawing) -> Iterator[str]:
    for task in (s for s in drawing.nodes if "Task" in s.type and s.text):
        text, (x, y, width, height) = text_of(task), task.box
        if text[0] < x + 2 or text[0] + text[2] > x + width - 2 or text[1] < y or text[1] + text[3] > y + height:
            yield f"the name of {task.id} does not fit in"
        if meet(text, (x, y, ICON, ICON)):
            yield f"the name of {task.id} lies over its icon"


def strayed_boundary_events(drawing: Drawing) -> Iterator[str]:
    for event in (s for s in drawing.nodes if s.host):
        x, y, width, height = event.box
        if not _on_border((x + width / 2, y + height / 2), drawing.shapes[event.host or ""]):
            yield f"{event.id} does not sit on the border of {event.host}"


def outside_parent(drawing: Drawing) -> Iterator[str]:
    for node in drawing.nodes:
        for outer in drawing.above(node.id):
            if not node.host and not inside(node.box, drawing.shapes[outer].box):
                yield f"{node.id} leaves {outer}"


def outside_lane(drawing: Drawing, lanes: Mapping[str, str]) -> Iterator[str]:
    """``lanes``: node -> lane. A subprocess reaches over many lanes, the nodes in it stand in theirs."""
    for id, lane in lanes.items():
        node, (_, y, _, height) = drawing.shapes[id], drawing.shapes[lane].box
        if node.type == "bpmn:SubProcess":
            continue
        top, bottom = (node.box[1], node.box[1] + node.box[3])
        middle = (top + bottom) / 2
        if not (y <= middle <= y + height if node.host else y <= top and bottom <= y + height):
            yield f"{id} stands outside {lane}"


def text_of(shape: Shape) -> Box:
    assert shape.text
    return shape.text


def shrink(box: Box, by: float) -> Box:
    return (box[0] + by, box[1] + by, box[2] - 2 * by, box[3] - 2 * by)


def meet(one: Box, two: Box) -> bool:
    return (
        one[0] < two[0] + two[2] and two[0] < one[0] + one[2] and one[1] < two[1] + two[3] and two[1] < one[1] + one[3]
    )


def inside(inner: Box, outer: Box) -> bool:
    right, bottom = (inner[0] + inner[2], inner[1] + inner[3])
    return (
        inner[0] >= outer[0] and inner[1] >= outer[1] and right <= outer[0] + outer[2] and bottom <= outer[1] + outer[3]
    )


def crosses(piece: tuple[Point, Point], box: Box) -> bool:
    """Whether a straight (level or upright) piece of a flow goes into the box."""
    (ax, ay), (bx, by) = piece
    return meet((min(ax, bx), min(ay, by), abs(ax - bx) or 0.01, abs(ay - by) or 0.01), box)
