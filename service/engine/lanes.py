"""In whose lane a node inside a subprocess is drawn.

BPMN lists in a lane what stands directly in the process; inside an expanded subprocess modelers let every node follow the subprocess
on the first edit, whatever lane everybody sees it in. So for those nodes the drawing decides. On the page of a collapsed subprocess
there are no lanes, and nothing is found.
"""

from collections.abc import Iterator

from lxml import etree

from service.engine.drawing import BPMN, NODES

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"

Box = tuple[float, float, float, float]  # left, top, width, height


def lanes_drawn(root: etree._Element) -> dict[str, str]:
    """Node inside a subprocess -> name of the smallest lane around its centre."""
    names = {e.get("id", ""): e.get("name", "") or e.get("id", "") for e in root.iter(f"{{{BPMN}}}lane")}
    found: dict[str, str] = {}
    for plane in root.iter(f"{{{DI}}}BPMNPlane"):
        boxes = dict(_boxes(plane))
        lanes = sorted((box[2] * box[3], names[id], box) for id, box in boxes.items() if id in names)
        for node in _nested(root):
            name = _around(boxes[node], lanes) if node in boxes else ""
            if name:
                found[node] = name
    return found


def _around(box: Box, lanes: list[tuple[float, str, Box]]) -> str:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    around = (name for _, name, (left, top, wide, high) in lanes if left <= x <= left + wide and top <= y <= top + high)
    return next(around, "")


def _nested(root: etree._Element) -> Iterator[str]:
    for outer in root.iter(f"{{{BPMN}}}subProcess"):
        for node in outer.iterchildren(*(f"{{{BPMN}}}{tag}" for tag in NODES)):
            yield node.get("id", "")


def _boxes(plane: etree._Element) -> Iterator[tuple[str, Box]]:
    for shape in plane.iterchildren(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None:
            box = _box(bounds)
            if box:
                yield shape.get("bpmnElement", ""), box


def _box(bounds: etree._Element) -> Box | None:
    try:
        left, top, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return left, top, width, height
