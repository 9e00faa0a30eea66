"""XML to a drawing. Whatever we do not run is a problem here, with its place; nothing is passed over in silence."""

from collections.abc import Iterator

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import (
    BPMN, CAMUNDA, NODES, ONESEAL, XSI, Drawing, Event, Flow, Multi, Node, Place, Process, Scope,
)  # fmt: skip
from service.engine.model import Problem
from service.engine.vocabulary import DRAWN_ONLY, HARMLESS, INSIDE_NODE, MEANT, PLAIN, PLAIN_OF, TOP_LEVEL
from service.engine.xml import Document

_PREFIXES = {CAMUNDA: "camunda:", ONESEAL: "oneseal:", XSI: "xsi:"}
_TIMER_TAGS = ("timeDuration", "timeDate", "timeCycle")


def draw(document: Document, drawing: Drawing) -> list[Problem]:
    """Add the processes of one file to ``drawing``; answers what is wrong with it."""
    root = document.root
    if root.tag != f"{{{BPMN}}}definitions":
        return [Problem("bpmn", say("bpmn.not_bpmn", tag=str(root.tag)), document.file, line=1, column=1)]
    reader = _Reader(document, drawing)
    reader.read()
    return reader.problems


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Attributes with our prefixes: ``camunda:formKey``, ``oneseal:handler``, plain names without."""
    found = {}
    for name, value in element.attrib.items():
        qualified = etree.QName(str(name))
        prefix = _PREFIXES.get(qualified.namespace or "", f"{{{qualified.namespace}}}" if qualified.namespace else "")
        found[f"{prefix}{qualified.localname}"] = str(value)
    return found


class _Reader:
    """Reads one file. Messages, signals and errors are looked up in the same file, as BPMN has it."""

    def __init__(self, document: Document, drawing: Drawing) -> None:
        self.document, self.drawing = document, drawing
        self.problems: list[Problem] = []
        self.named: dict[str, str] = {}
        self.lanes: dict[str, str] = {}

    def read(self) -> None:
        for element in self.document.root.iter():
            self._note_id(element)
        for element in _children(self.document.root):
            tag = _tag(element)
            if tag in ("message", "signal"):
                self.named[element.get("id", "")] = element.get("name", "")
            elif tag == "error":
                self.named[element.get("id", "")] = element.get("errorCode", "")
            elif tag not in TOP_LEVEL:
                self._refuse(element, "element", say("rule.element", tag=tag))
        for element in _children(self.document.root):
            if _tag(element) == "process":
                self._process(element)

    def _note_id(self, element: etree._Element) -> None:
        id = element.get("id")
        if id and etree.QName(element).namespace == BPMN:
            self.drawing.ids.setdefault(id, []).append(self.document.place(element))

    def _process(self, element: etree._Element) -> None:
        id = element.get("id", "")
        for lane in element.iter(f"{{{BPMN}}}lane"):
            for reference in lane.findall(f"{{{BPMN}}}flowNodeRef"):
                self.lanes[(reference.text or "").strip()] = lane.get("name", "") or lane.get("id", "")
        self._check_attributes(element)
        self.drawing.processes[id] = Process(
            id, element.get("name", "") or id, element.get("isExecutable") == "true", self.document.place(element),
            attributes_of(element), _documentation(element),
        )  # fmt: skip
        self._scope(element, scope=id, process=id)

    def _scope(self, element: etree._Element, *, scope: str, process: str) -> None:
        drawn = self.drawing.scopes.setdefault(scope, Scope(scope, process))
        for child in _children(element):
            tag = _tag(child)
            if tag in NODES:
                node = self._node(child, scope=scope, process=process)
                drawn.nodes[node.id] = node
                if tag == "subProcess":
                    self._scope(child, scope=node.id, process=process)
            elif tag == "sequenceFlow":
                flow = self._flow(child, scope=scope)
                drawn.flows[flow.id] = flow
            elif tag not in DRAWN_ONLY and not (tag in INSIDE_NODE and scope != process):
                self._refuse(child, "element", say("rule.element", tag=tag))

    def _flow(self, element: etree._Element, *, scope: str) -> Flow:
        self._check_attributes(element)
        condition = element.find(f"{{{BPMN}}}conditionExpression")
        return Flow(
            element.get("id", ""), element.get("sourceRef", ""), element.get("targetRef", ""),
            condition=(condition.text or "").strip() if condition is not None else "", scope=scope,
            place=self.document.place(element),
        )  # fmt: skip

    def _node(self, element: etree._Element, *, scope: str, process: str) -> Node:
        id = element.get("id", "")
        self._check_attributes(element)
        self._check_inside(element)
        attributes = attributes_of(element)
        for definition in _children(element):
            if _tag(definition).endswith("EventDefinition"):
                inner = attributes_of(definition)
                attributes |= {k: v for k, v in inner.items() if k.startswith("oneseal:") and k not in attributes}
        return Node(
            id=id,
            kind=_tag(element),
            name=" ".join((element.get("name") or "").split()),
            scope=scope,
            process=process,
            place=self.document.place(element),
            lane=self.lanes.get(id, ""),
            documentation=_documentation(element),
            attributes=attributes,
            events=tuple(self._event(e) for e in _children(element) if _tag(e).endswith("EventDefinition")),
            multi=self._multi(element),
            message=self.named.get(element.get("messageRef", ""), ""),
        )

    def _event(self, element: etree._Element) -> Event:
        kind = _tag(element).removesuffix("EventDefinition")
        reference = element.get(f"{kind}Ref", "")
        timer = next(
            (
                (tag, (found.text or "").strip())
                for tag in _TIMER_TAGS
                if (found := element.find(f"{{{BPMN}}}{tag}")) is not None
            ),
            ("", ""),
        )
        return Event(
            kind, self.named.get(reference, ""), reference, timer, attributes_of(element).get("oneseal:unit", "")
        )

    def _multi(self, element: etree._Element) -> Multi | None:
        found = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
        if found is None:
            return None
        self._check_attributes(found)
        for child in _children(found):
            if _tag(child) != "extensionElements":
                self._refuse(child, "element", say("rule.element", tag=_tag(child)), near=element)
        given = attributes_of(found)
        return Multi(
            sequential=given.get("isSequential") == "true",
            collection=given.get("camunda:collection", ""),
            variable=given.get("camunda:elementVariable", ""),
            output_collection=given.get("oneseal:outputCollection", ""),
            output_element=given.get("oneseal:outputElement", ""),
        )

    def _check_inside(self, element: etree._Element) -> None:
        inside_scope = _tag(element) == "subProcess"
        for child in _children(element):
            tag = _tag(child)
            allowed = tag in INSIDE_NODE or (inside_scope and (tag in NODES or tag in DRAWN_ONLY | {"sequenceFlow"}))
            if not allowed:
                self._refuse(child, "element", say("rule.element", tag=tag), near=element)
            elif tag.endswith("EventDefinition"):
                self._check_attributes(child, near=element)
        for extension in element.findall(f"{{{BPMN}}}extensionElements/*"):
            if etree.QName(extension).namespace in (CAMUNDA, ONESEAL) and _tag(extension) != "properties":
                self._refuse(extension, "element", say("rule.element", tag=_tag(extension)), near=element)

    def _check_attributes(self, element: etree._Element, near: etree._Element | None = None) -> None:
        tag = _tag(element)
        known = PLAIN | PLAIN_OF.get(tag, frozenset()) | MEANT.get(tag, frozenset()) | HARMLESS | {"xsi:type"}
        for name in attributes_of(element):
            if name not in known and not name.startswith("{"):
                self._refuse(element, "attribute", say("rule.attribute", tag=tag, attribute=name), near=near)

    def _refuse(self, element: etree._Element, rule: str, message: str, near: etree._Element | None = None) -> None:
        place: Place = self.document.place(element if element.get("id") or near is None else near)
        self.problems.append(problem_at(place, rule, message))


def problem_at(place: Place, rule: str, message: str) -> Problem:
    """A problem at a drawn place."""
    return Problem(rule, message, place.file, place.element, place.name, place.line, place.column)


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Child elements of the BPMN namespace; foreign ones (diagram interchange, colours) are not ours."""
    return (c for c in element if isinstance(c.tag, str) and etree.QName(c).namespace == BPMN)


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _documentation(element: etree._Element) -> str:
    found = element.find(f"{{{BPMN}}}documentation")
    return " ".join((found.text or "").split()) if found is not None else ""
