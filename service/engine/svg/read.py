"""XML to a picture. Everything a process holds must be drawn: what has no place is named, not left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import NoReturn

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import BPMN, DATA, EVENTS, NODES
from service.engine.lanes import DC, DI
from service.engine.model import Problem
from service.engine.strict import tag_of
from service.engine.svg.model import Box, Edge, NotDrawn, Picture, Point, Shape
from service.engine.xml import Document

WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
COLOURS = (
    "http://bpmn.io/schema/bpmn/biocolor/1.0", "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
)  # fmt: skip
COLOUR = re.compile(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|none")
FARTHEST = 1_000_000.0
SHAPED = NODES | DATA | {"lane", "participant", "textAnnotation", "group"}
DATA_LINED = frozenset({"dataInputAssociation", "dataOutputAssociation"})
LINED = DATA_LINED | {"sequenceFlow", "messageFlow", "association"}
TOWARDS = {"One": "one", "Both": "both"}


def read_picture(document: Document, process: str) -> Picture:
    """The first drawing of the process in this file; NotDrawn when there is none, or when something in it has no place."""
    return _Reader(document, process).picture()


def refuse(document: Document, element: etree._Element, text: str, **values: object) -> NoReturn:
    place = document.place(element)
    said = say(text, **values)
    raise NotDrawn(Problem("picture", said, place.file, place.element, place.name, place.line, place.column))


class _Reader:
    """Reads one plane: ``drawn`` is what has a place on it, ``above`` the subprocess or lane round each element."""

    def __init__(self, document: Document, process: str) -> None:
        self.document, self.process = document, process
        root = document.root
        self.named = {str(e.get("id")): e for e in root.iter(f"{{{BPMN}}}*") if e.get("id")}
        self.plane = self._plane()
        self.drawn = {e.get("bpmnElement", ""): e for e in self.plane if isinstance(e.tag, str)}
        self.shapes: dict[str, Shape] = {}
        self.edges: dict[str, Edge] = {}
        self.hidden: dict[str, str] = {}
        self.defaults = {e.get("default", "") for e in root.iter(f"{{{BPMN}}}*") if e.get("default")}

    def picture(self) -> Picture:
        shown = self.named[self.plane.get("bpmnElement", "")]
        self._inside(shown, level=0)
        for participant in shown.iterchildren(f"{{{BPMN}}}participant"):
            content = self.named.get(participant.get("processRef", ""))
            if content is not None:
                self._inside(content, level=1)
        process = self.named[self.process]
        return Picture(self.process, _name(process) or self.process, self.shapes, self.edges, self.hidden)

    def _plane(self) -> etree._Element:
        owners = {self.process} | {
            collaboration.get("id", "")
            for collaboration in self.document.root.iterchildren(f"{{{BPMN}}}collaboration")
            for participant in collaboration.iterchildren(f"{{{BPMN}}}participant")
            if participant.get("processRef") == self.process
        }
        for plane in self.document.root.iter(f"{{{DI}}}BPMNPlane"):
            if plane.get("bpmnElement") in owners & self.named.keys():
                return plane
        process = self.named.get(self.process, self.document.root)
        refuse(self.document, process, "picture.no_drawing", process=self.process)

    def _inside(self, scope: etree._Element, level: int) -> None:
        for child in _drawable(scope):
            kind = tag_of(child)
            if kind in LINED:
                self.edges[child.get("id", "")] = self._edge(child)
                continue
            shape = self._shape(child, level)
            self.shapes[shape.id] = shape
            if kind == "subProcess" and shape.expanded:
                self._inside(child, level + 1)
            elif kind == "subProcess":
                self.hidden |= dict.fromkeys(_ids_in(child), shape.id)

    def _shape(self, element: etree._Element, level: int) -> Shape:
        id, kind = element.get("id", ""), tag_of(element)
        place = self._place(element)
        fill, stroke = _colours(place)
        return Shape(
            id=id, kind=kind, name=_name(element), box=self._box(element, place), label=self._label(element, place),
            level=level + _lanes_round(element), expanded=self._expanded(element, place),
            horizontal=place.get("isHorizontal") != "false", marker=place.get("isMarkerVisible") == "true",
            event=_event_of(element), interrupting="false" not in (element.get("cancelActivity"), element.get("isInterrupting")),
            repeats=_repeats(element), by_event=element.get("triggeredByEvent") == "true",
            called=element.get("calledElement", ""), fill=fill, stroke=stroke,
        )  # fmt: skip

    def _edge(self, element: etree._Element) -> Edge:
        place = self._place(element)
        points = tuple(self._point(element, waypoint) for waypoint in place.iterchildren(WAYPOINT))
        if len(points) < 2:
            refuse(self.document, element, "picture.no_way", id=element.get("id", ""))
        source = self.named.get(element.get("sourceRef", ""))
        by_gateway = source is not None and tag_of(source).endswith("Gateway")
        conditional = element.find(f"{{{BPMN}}}conditionExpression") is not None and not by_gateway
        return Edge(
            id=element.get("id", ""), kind=tag_of(element), name=_name(element), points=points,
            label=self._label(element, place), default=element.get("id") in self.defaults, conditional=conditional,
            towards="one" if tag_of(element) in DATA_LINED else TOWARDS.get(element.get("associationDirection", ""), "none"), stroke=_colours(place)[1],
        )  # fmt: skip

    def _expanded(self, element: etree._Element, place: etree._Element) -> bool:
        """A pool is open when a process stands behind it. A subprocess that does not say is open when its inside is drawn here."""
        kind, said = tag_of(element), place.get("isExpanded")
        if kind == "participant":
            return element.get("processRef", "") in self.named and said != "false"
        if kind != "subProcess":
            return said == "true"
        return said == "true" if said else any(id in self.drawn for id in _ids_in(element))

    def _place(self, element: etree._Element) -> etree._Element:
        found = self.drawn.get(element.get("id", ""))
        if found is None or not element.get("id"):
            name = _name(element) or element.get("id", "")
            refuse(self.document, element, "picture.no_place", tag=tag_of(element), name=name)
        return found

    def _label(self, element: etree._Element, place: etree._Element) -> Box | None:
        label = place.find(f"{{{DI}}}BPMNLabel/{{{DC}}}Bounds")
        return self._numbers(element, label, "x", "y", "width", "height") if label is not None else None  # type: ignore[return-value]

    def _box(self, element: etree._Element, place: etree._Element) -> Box:
        bounds = place.find(f"{{{DC}}}Bounds")
        x, y, width, height = self._numbers(element, bounds, "x", "y", "width", "height")
        if width <= 0 or height <= 0:
            self._misplaced(element)
        return x, y, width, height

    def _point(self, element: etree._Element, waypoint: etree._Element) -> Point:
        x, y = self._numbers(element, waypoint, "x", "y")
        return x, y

    def _numbers(self, element: etree._Element, place: etree._Element | None, *names: str) -> tuple[float, ...]:
        try:
            found = tuple(float(place.get(name, "")) for name in names) if place is not None else ()
        except ValueError:
            found = ()
        if not found or not all(isfinite(n) and abs(n) <= FARTHEST for n in found):
            self._misplaced(element)
        return found

    def _misplaced(self, element: etree._Element) -> NoReturn:
        refuse(self.document, element, "picture.bad_place", name=_name(element) or element.get("id", ""))


def _drawable(scope: etree._Element) -> Iterator[etree._Element]:
    """What stands directly in a scope and is drawn; lanes within lanes too."""
    for child in scope.iterchildren(f"{{{BPMN}}}*"):
        kind = tag_of(child)
        if kind == "laneSet":
            yield from child.iter(f"{{{BPMN}}}lane")
        elif kind in SHAPED or kind in LINED:
            yield child
            yield from child.iterchildren(*(f"{{{BPMN}}}{line}" for line in DATA_LINED))


def _ids_in(scope: etree._Element) -> Iterable[str]:
    return (e.get("id", "") for e in scope.iterdescendants(*(f"{{{BPMN}}}{kind}" for kind in NODES)))


def _lanes_round(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors(f"{{{BPMN}}}lane")) if tag_of(element) == "lane" else 0


def _name(element: etree._Element) -> str:
    """With the line breaks somebody set; of a note its text."""
    text = element.findtext(f"{{{BPMN}}}text") if tag_of(element) == "textAnnotation" else element.get("name")
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


def _event_of(element: etree._Element) -> str:
    if tag_of(element) not in EVENTS:
        return ""
    kinds = (tag_of(child) for child in element.iterchildren(f"{{{BPMN}}}*"))
    return next((kind.removesuffix("EventDefinition") for kind in kinds if kind.endswith("EventDefinition")), "")


def _repeats(element: etree._Element) -> str:
    found = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if found is not None:
        return "sequential" if found.get("isSequential") == "true" else "parallel"
    return "loop" if element.find(f"{{{BPMN}}}standardLoopCharacteristics") is not None else ""


def _colours(place: etree._Element) -> tuple[str, str]:
    """Fill and line as the modeler set them; anything but a plain colour is passed over."""
    return _colour(place, ("fill", "background-color")), _colour(place, ("stroke", "border-color"))


def _colour(place: etree._Element, names: Iterable[str]) -> str:
    attributes: Mapping[str, str] = {str(name): str(value) for name, value in place.attrib.items()}
    given = (attributes.get(f"{{{space}}}{name}", "") for space in COLOURS for name in names)
    return next((colour for colour in given if COLOUR.fullmatch(colour)), "")
