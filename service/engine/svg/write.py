"""A picture as SVG text: pools and lanes lie lowest, then subprocesses, flows, nodes, events on borders, names; marks on top."""

from collections.abc import Callable, Iterable, Mapping

from service.engine.drawing import ACTIVITIES, DATA, EVENTS, GATEWAYS
from service.engine.svg.activities import draw_activity
from service.engine.svg.containers import draw_data, draw_group, draw_lane, draw_note, draw_pool, draw_store
from service.engine.svg.events import draw_event
from service.engine.svg.flows import draw_edge
from service.engine.svg.gateways import draw_gateway
from service.engine.svg.labels import beside, place_of
from service.engine.svg.marks import ACTIVE, DONE, EACH, INCIDENT, LOOKS, legend, ring, sign
from service.engine.svg.model import Box, Edge, Picture, Shape
from service.engine.svg.tags import number, tag, words

FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
MARGIN, LEGEND = 12.0, 44.0
PAPER = "#ffffff"
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"participant"}), frozenset({"lane"}), frozenset({"subProcess"}), frozenset({"group"}),
    ACTIVITIES | GATEWAYS | EVENTS | {"textAnnotation"} | DATA,
)  # fmt: skip
NODES_LAYER = 4
NAMED_BESIDE = EVENTS | GATEWAYS | DATA
DRAW: Mapping[str, Callable[[Shape, str], str]] = {
    "dataObjectReference": draw_data, "dataStoreReference": draw_store,
    "participant": draw_pool, "lane": draw_lane, "group": draw_group, "textAnnotation": draw_note,
    **dict.fromkeys(ACTIVITIES, draw_activity), **dict.fromkeys(EVENTS, draw_event), **dict.fromkeys(GATEWAYS, draw_gateway),
}  # fmt: skip


def write_svg(picture: Picture, *, marks: Mapping[str, str] | None = None, description: str = "") -> str:
    """``marks``: element id -> done, active or incident, for elements of this picture; others are passed over."""
    states = {id: state for id, state in (marks or {}).items() if id in picture.shapes and state in LOOKS}
    shown = tuple(state for state in (DONE, ACTIVE, INCIDENT) if state in states.values())
    x, y, width, height = frame_of(picture)
    box = (x, y, max(width, EACH * len(shown)), height + (LEGEND if shown else 0))
    below = [legend(shown, x + MARGIN, y + height)] if shown else []
    return sheet(picture.name, box, [*draw_layers(picture, states), *below], description=description)


def sheet(name: str, box: Box, drawn: Iterable[str], *, description: str = "") -> str:
    """The whole file: what is ``drawn`` on white paper of that size."""
    x, y, width, height = box
    told = [tag("title", words(name.replace("\n", ""))), *([tag("desc", words(description))] if description else [])]
    paper = tag("rect", x=x, y=y, width=width, height=height, fill=PAPER)
    view = " ".join(map(number, box))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tag(
        "svg", *told, paper, *drawn, xmlns="http://www.w3.org/2000/svg", version="1.1", width=width, height=height,
        viewBox=view, role="img", font_family=FONT, font_size=12.0, **{"xml:lang": "zh-CN"},
    ) + "\n"  # fmt: skip


def draw_layers(picture: Picture, states: Mapping[str, str]) -> Iterable[str]:
    for number_of_layer, _ in enumerate(LAYERS):
        if number_of_layer == NODES_LAYER:
            yield from (_group(edge, draw_edge(edge) + beside(edge)) for edge in picture.edges.values())
        drawn = [shape for shape in picture.shapes.values() if _layer_of(shape) == number_of_layer]
        for shape in sorted(drawn, key=lambda s: (s.kind == "boundaryEvent", s.level)):
            yield _shape(shape, states.get(shape.id, ""))


def _layer_of(shape: Shape) -> int:
    """A closed subprocess is a node among the others."""
    closed = shape.kind == "subProcess" and not shape.expanded
    return NODES_LAYER if closed else next(n for n, kinds in enumerate(LAYERS) if shape.kind in kinds)


def _shape(shape: Shape, state: str) -> str:
    fill = LOOKS[state].fill if state else shape.fill or PAPER
    drawn = DRAW[shape.kind](shape, fill)
    if shape.kind in NAMED_BESIDE:
        drawn += beside(shape)
    if not state:
        return _group(shape, drawn)
    return _group(shape, ring(shape, LOOKS[state]) + drawn + sign(state, shape), state)


def _group(thing: Shape | Edge, drawn: str, state: str = "") -> str:
    """One element of the diagram: its id for whoever looks it up, its whole name for whoever points at it."""
    title = tag("title", words(thing.name.replace("\n", ""))) if thing.name else ""
    return tag("g", title, drawn, data_element_id=thing.id, data_state=state or None)


def frame_of(picture: Picture) -> Box:
    """Round everything, the words beside included."""
    boxes = [shape.box for shape in picture.shapes.values()]
    beside_it: tuple[Shape | Edge, ...] = (
        *picture.edges.values(),
        *(s for s in picture.shapes.values() if s.kind in NAMED_BESIDE),
    )
    boxes += [found[1] for thing in beside_it if (found := place_of(thing))]
    boxes += [(x, y, 0, 0) for edge in picture.edges.values() for x, y in edge.points]
    left, top = min(b[0] for b in boxes) - MARGIN, min(b[1] for b in boxes) - MARGIN
    right, low = max(b[0] + b[2] for b in boxes) + MARGIN, max(b[1] + b[3] for b in boxes) + MARGIN
    return left, top, right - left, low - top
