"""Bytes to an XML tree, with every dangerous thing off: no DOCTYPE, no entities, no network, no huge documents.

Two passes: expat notes where every start tag stands and stops at the first forbidden thing, then lxml builds the tree. So a place
is that of the tag itself, whatever quotes, comments or equal texts stand before it.
"""

from xml.parsers import expat

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import Place
from service.engine.model import Problem

LARGEST = 2 * 1024 * 1024
DEEPEST = 100
MOST_ELEMENTS = 50_000
MOST_ATTRIBUTES = 64  # of one element; some work per attribute looks at all of them


class Document:
    """A parsed file. ``place(element)`` is the line and column of its start tag, with the id and name it goes by."""

    def __init__(self, file: str, root: etree._Element, places: list[tuple[int, int]]) -> None:
        self.file, self.root = file, root
        self._places: dict[etree._Element, Place] = {}  # holds the elements, so each keeps its identity
        for element, (line, column) in zip(root.iter(), places, strict=True):
            self._places[element] = self._placed(element, line, column)

    def place(self, element: etree._Element) -> Place:
        """An element without an id goes by that of the nearest one around it."""
        return self._places[element]

    def _placed(self, element: etree._Element, line: int, column: int) -> Place:
        """Those around it have been placed before, and are asked instead of looked for."""
        id, name = element.get("id") or "", element.get("name") or ""
        parent = element.getparent()
        if not id and parent is not None and self._places[parent].element:
            id, name = self._places[parent].element, self._places[parent].name
        return Place(self.file, id, name, line, column)


def read_xml(file: str, content: bytes) -> Document | Problem:
    """The document, or the one problem that keeps it from being read."""
    if len(content) > LARGEST:
        return Problem("xml", say("xml.too_large", size=len(content), limit=LARGEST), file)
    scan = _Scan()
    try:
        scan.parser.Parse(content, True)
    except _Forbidden as found:
        line, column = scan.places[-1] if scan.places else (scan.line, scan.column)
        return Problem("xml", str(found), file, line=line, column=column)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return Problem("xml", say("xml.syntax", why=str(error)), file, line=scan.line, column=scan.column)
    return _tree(file, content, scan.places)


def _tree(file: str, content: bytes, places: list[tuple[int, int]]) -> Document | Problem:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return Document(file, etree.fromstring(content, parser), places)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (0, 0))
        return Problem("xml", say("xml.syntax", why=str(error)), file, line=line or 0, column=column or 0)


class _Forbidden(Exception):
    """The file holds what no diagram needs."""


class _Scan:
    """Where the start tags stand, in the order of the document."""

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._depth = 0

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    @property
    def column(self) -> int:
        return self.parser.CurrentColumnNumber + 1

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self.places.append((self.line, self.column))
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Forbidden(say("xml.too_deep", limit=DEEPEST))
        if len(self.places) > MOST_ELEMENTS:
            raise _Forbidden(say("xml.too_many", limit=MOST_ELEMENTS))
        if len(attributes) > MOST_ATTRIBUTES:
            raise _Forbidden(say("xml.too_many_attributes", count=len(attributes), limit=MOST_ATTRIBUTES))

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_declared: object) -> None:
        raise _Forbidden(say("xml.doctype"))
