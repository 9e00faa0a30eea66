"""A small diagram drawn, and what can be asked of the picture."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from service.engine.svg.read import read_picture
from service.engine.svg.write import write_svg
from service.engine.xml import Document, read_xml
from tests.engine.diagram import diagram, process
from tests.engine.svg.layout import with_drawing

SVG = "{http://www.w3.org/2000/svg}"


class Drawn:
    """The picture's text as a tree. ``of(id)``: what is drawn for one element."""

    def __init__(self, svg: str) -> None:
        self.svg = svg
        self.root: Any = etree.fromstring(svg.encode())

    @property
    def ids(self) -> set[str]:
        return {g.get("data-element-id") for g in self.root.iter(f"{SVG}g") if g.get("data-element-id")}

    def of(self, id: str) -> Any:
        (found,) = [g for g in self.root.iter(f"{SVG}g") if g.get("data-element-id") == id]
        return found

    def words(self, id: str = "") -> str:
        """What stands there to be read, line by line."""
        found = (self.of(id) if id else self.root).iter(f"{SVG}tspan", f"{SVG}text")
        return "\n".join(e.text for e in found if e.text)

    def parts(self, id: str, kind: str) -> list[Mapping[str, str]]:
        """The attributes of every rect, circle or path of an element."""
        return [dict(e.attrib) for e in self.of(id).iter(SVG + kind)]


def document(xml: bytes) -> Document:
    found = read_xml("main.bpmn", xml)
    assert isinstance(found, Document), found
    return found


def drawn(
    *parts: str, marks: Mapping[str, str] | None = None, looks: Mapping[str, dict[str, str]] | None = None
) -> Drawn:
    """A main process of ``parts``, laid out in a row."""
    return draw_xml(with_drawing(diagram(process("main", *parts)), looks), marks=marks)


def draw_xml(xml: bytes, *, process: str = "main", marks: Mapping[str, str] | None = None) -> Drawn:
    return Drawn(write_svg(read_picture(document(xml), process), marks=marks))
