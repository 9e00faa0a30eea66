"""One DMN file while it is read: elements by name, texts, expressions, and the list of all that is wrong with it."""

from collections.abc import Iterable, Iterator

from lxml import etree

from service.domain.texts import say
from service.engine import feel
from service.engine.dmn import vocabulary
from service.engine.draw import problem_at
from service.engine.drawing import Place
from service.engine.model import Problem
from service.engine.xml import Document

MOST_PROBLEMS = 1_000  # kept of one file: more than is shown of all of them


class Source:
    """``names``: the names with blanks or signs in them that expressions of the file may read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.namespace = etree.QName(document.root).namespace
        self.problems: list[Problem] = []
        self.names: list[str] = []

    def children(self, element: etree._Element, *tags: str) -> Iterator[etree._Element]:
        """Child elements of DMN, of these tags or all; foreign ones (diagram interchange) are not ours."""
        for child in element:
            ours = isinstance(child.tag, str) and etree.QName(child).namespace == self.namespace
            if ours and (not tags or tag_of(child) in tags):
                yield child

    def child(self, element: etree._Element, *tags: str) -> etree._Element | None:
        return next(self.children(element, *tags), None)

    def text(self, element: etree._Element | None) -> str:
        """The text of the ``text`` child."""
        found = self.child(element, "text") if element is not None else None
        return "".join(str(part) for part in found.itertext()).strip() if found is not None else ""

    def refuse(self, element: etree._Element, rule: str, /, **values: object) -> None:
        """A problem at ``element``, or at the element with an id around it."""
        if len(self.problems) <= MOST_PROBLEMS:
            self.problems.append(problem_at(self._place(element), "dmn", say(rule, **values)))

    def _place(self, element: etree._Element) -> Place:
        named = element
        while not named.get("id") and (parent := named.getparent()) is not None:
            named = parent
        place = self.document.place(named)
        if named is element:
            return place
        return Place(place.file, place.element, place.name, self.document.place(element).line, 1)

    def learn(self, names: Iterable[str]) -> None:
        self.names += [name for name in names if not name.isidentifier()]

    def compile(self, element: etree._Element | None, *, unary: bool = False) -> feel.Expression | None:
        """The expression of an element; None when it has no text, or cannot be read and is now a problem."""
        source = self.text(element)
        if element is None or source in ("", "-"):
            return None
        try:
            return feel.compile(source, unary=unary, names=self.names)
        except feel.FeelError as error:
            self.refuse(element, "dmn.feel", expression=source[:120], column=error.column, why=error.message)
            return None

    def check(self, root: etree._Element) -> None:
        """Everything that is unknown, below ``root`` too; and ids used twice."""
        ids: set[str] = set()
        stack = [root]
        while stack:
            element = stack.pop()
            tag = tag_of(element)
            self._check_id(element, ids)
            self._check_attributes(element, tag)
            known = vocabulary.CHILDREN.get(tag, frozenset())
            for child in self.children(element):
                if tag_of(child) in known:
                    stack.append(child)
                elif tag_of(child) not in vocabulary.TOLD:
                    self.refuse(child, "dmn.element", tag=tag_of(child), parent=tag)

    def _check_id(self, element: etree._Element, ids: set[str]) -> None:
        id = element.get("id")
        if id is not None and id in ids:
            self.refuse(element, "dmn.twice", id=id)
        ids.add(id or "")

    def _check_attributes(self, element: etree._Element, tag: str) -> None:
        known = vocabulary.COMMON | vocabulary.ATTRIBUTES.get(tag, frozenset())
        for attribute, value in element.attrib.items():
            qualified = etree.QName(str(attribute))
            if qualified.namespace in (vocabulary.CAMUNDA, vocabulary.ZEEBE):
                if qualified.localname not in vocabulary.HARMLESS:
                    self.refuse(element, "dmn.attribute", tag=tag, attribute=qualified.localname)
            elif not qualified.namespace and qualified.localname not in known:
                self.refuse(element, "dmn.attribute", tag=tag, attribute=qualified.localname)
            elif qualified.localname == "expressionLanguage" and str(value) not in vocabulary.FEEL:
                self.refuse(element, "dmn.language", language=str(value))


def tag_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def label_of(element: etree._Element) -> str:
    """What people call it: name, else label, else id."""
    found = element.get("name") or element.get("label") or element.get("id") or ""
    return " ".join(found.split())
