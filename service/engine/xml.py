"""Bytes to an XML tree, with every dangerous thing off: no DOCTYPE, no entities, no network, no huge documents."""

import re

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import Place
from service.engine.model import Problem

LARGEST = 2 * 1024 * 1024
DEEPEST = 100


class Document:
    """A parsed file. ``place(element)`` finds line and column of an element's start tag by its id."""

    def __init__(self, file: str, content: bytes, root: etree._Element) -> None:
        self.file, self.root = file, root
        self._text = content.decode("utf-8", "replace")
        self._starts = [0, *(m.end() for m in re.finditer("\n", self._text))]

    def place(self, element: etree._Element) -> Place:
        id = element.get("id", "")
        line, column = self._find(id) if id else (element.sourceline or 0, 1)
        return Place(self.file, id, element.get("name", ""), line or element.sourceline or 0, column)

    def _find(self, id: str) -> tuple[int, int]:
        at = self._text.find(f' id="{id}"')
        start = self._text.rfind("<", 0, at) if at >= 0 else -1
        if start < 0:
            return 0, 0
        line = _bisect(self._starts, start)
        return line, start - self._starts[line - 1] + 1


def read_xml(file: str, content: bytes) -> Document | Problem:
    """The document, or the one problem that keeps it from being read."""
    if len(content) > LARGEST:
        return Problem("xml", say("xml.too_large", size=len(content), limit=LARGEST), file)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        return Problem("xml", say("xml.doctype"), file, line=1, column=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (0, 0))
        return Problem("xml", say("xml.syntax", why=str(error)), file, line=line or 0, column=column or 0)
    if root.getroottree().docinfo.doctype:
        return Problem("xml", say("xml.doctype"), file, line=1, column=1)
    if _too_deep(root):
        return Problem("xml", say("xml.too_deep", limit=DEEPEST), file)
    return Document(file, content, root)


def _too_deep(root: etree._Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _bisect(starts: list[int], position: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= position:
            low = middle + 1
        else:
            high = middle
    return low
