"""XML to a drawing: what is drawn, as plain values. What may be drawn at all is said in ``strict``."""

from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import BPMN, NODES, Drawing, Event, Flow, Loop, Multi, Node, Place, Process, Scope
from service.engine.lanes import lanes_drawn
from service.engine.model import Problem
from service.engine.strict import attributes_of, check_all, tag_of
from service.engine.xml import Document

_NAMED = {
    "message": "name",
    "signal": "name",
    "error": "errorCode",
    "escalation": "escalationCode",
}  # the attribute each goes by
_TIMER_TAGS = ("timeDuration", "timeDate", "timeCycle")


def draw(document: Document, drawing: Drawing) -> Iterable[Problem]:
    """Add the processes of one file to ``drawing``; answers what is wrong with it."""
    root = document.root
    if root.tag != f"{{{BPMN}}}definitions":
        return [Problem("bpmn", say("bpmn.not_bpmn", tag=str(root.tag)), document.file, line=1, column=1)]
    reader = _Reader(document, drawing)
    reader.read()
    return chain(reader.problems, check_all(document))


def problem_at(place: Place, rule: str, message: str) -> Problem:
    """A problem at a drawn place."""
    return Problem(rule, message, place.file, place.element, place.name, place.line, place.column)


class _Reader:
    """Reads one file. Messages, signals and errors are looked up in the same file, as BPMN has it."""

    def __init__(self, document: Document, drawing: Drawing) -> None:
        self.document, self.drawing = document, drawing
        self.problems: list[Problem] = []
        self.named: dict[tuple[str, str], str] = {}
        self.lanes: dict[str, str] = {}
        self.seen_in = lanes_drawn(document.root)

    def read(self) -> None:
        for element in self.document.root.iter(f"{{{BPMN}}}*"):
            self._note_id(element)
        for element in _children(self.document.root):
            if tag_of(element) in _NAMED:
                self.named[tag_of(element), element.get("id", "")] = element.get(_NAMED[tag_of(element)], "")
        for element in _children(self.document.root):
            if tag_of(element) == "process":
                self._process(element)

    def _note_id(self, element: etree._Element) -> None:
        """An id stands once in its file; those of processes and nodes once in the deployment, for the history names them."""
        id = element.get("id")
        if id:
            place = self.document.place(element)
            self.drawing.ids.setdefault((id, place.file), []).append(place)
            if tag_of(element) in NODES | {"process"}:
                self.drawing.ids.setdefault((id, ""), []).append(place)

    def _process(self, element: etree._Element) -> None:
        id = element.get("id", "")
        for lane in element.iter(f"{{{BPMN}}}lane"):
            self._lane(lane)
        attributes = attributes_of(element)
        self.drawing.processes[id] = Process(
            id,
            element.get("name", "") or id,
            attributes.get("isExecutable") == "true",
            self.document.place(element),
            attributes,
            _documentation(element),
        )
        self._scope(element, scope=id, process=id, lane="")

    def _lane(self, lane: etree._Element) -> None:
        """A node stands in the innermost lane that names it; two lanes beside each other must not both name it."""
        name = lane.get("name", "") or lane.get("id", "")
        around = {e.get("name", "") or e.get("id", "") for e in lane.iterancestors(f"{{{BPMN}}}lane")}
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef"):
            node = (reference.text or "").strip()
            if self.lanes.get(node, name) not in around | {name}:
                text = say("rule.lanes.twice", id=node, one=self.lanes[node], other=name)
                self.problems.append(problem_at(self.document.place(reference), "lanes", text))
            self.lanes[node] = name

    def _scope(self, element: etree._Element, *, scope: str, process: str, lane: str) -> None:
        drawn = self.drawing.scopes.setdefault(scope, Scope(scope, process))
        for child in _children(element):
            tag = tag_of(child)
            if tag in NODES:
                node = self._node(child, scope=scope, process=process, lane=lane)
                drawn.nodes[node.id] = node
                if tag == "subProcess":
                    self._scope(child, scope=node.id, process=process, lane=node.lane)
            elif tag == "sequenceFlow":
                flow = self._flow(child, scope=scope)
                drawn.flows[flow.id] = flow
        drawn.flows |= links_of(drawn)

    def _flow(self, element: etree._Element, *, scope: str) -> Flow:
        place = self.document.place(element)
        if not element.get("id"):
            self.problems.append(problem_at(place, "ids", say("rule.ids.missing", tag="sequenceFlow")))
        condition = element.find(f"{{{BPMN}}}conditionExpression")
        return Flow(
            element.get("id", ""),
            element.get("sourceRef", ""),
            element.get("targetRef", ""),
            condition=_text(condition),
            scope=scope,
            place=place,
        )

    def _node(self, element: etree._Element, *, scope: str, process: str, lane: str) -> Node:
        """A node inside a subprocess stands in the lane it is drawn in; one no lane names in that of the subprocess around it."""
        id = element.get("id", "")
        attributes = attributes_of(element)
        definitions = [e for e in _children(element) if tag_of(e).endswith("EventDefinition")]
        for definition in definitions:
            inner = attributes_of(definition)
            attributes |= {k: v for k, v in inner.items() if k.startswith("oneseal:") and k not in attributes}
        return Node(
            id=id,
            kind=tag_of(element),
            name=" ".join((element.get("name") or "").split()),
            scope=scope,
            process=process,
            place=self.document.place(element),
            lane=self.seen_in.get(id) or self.lanes.get(id, lane),
            documentation=_documentation(element),
            attributes=attributes,
            events=tuple(self._event(e) for e in definitions),
            multi=self._multi(element),
            message=self.named.get(("message", element.get("messageRef", "")), ""),
            loop=_loop(element),
            script=_text(element.find(f"{{{BPMN}}}script")),
        )

    def _event(self, element: etree._Element) -> Event:
        kind = tag_of(element).removesuffix("EventDefinition")
        reference = element.get(f"{kind}Ref", "")
        timers = [(tag_of(e), _text(e)) for e in _children(element) if tag_of(e) in _TIMER_TAGS]
        if len(timers) > 1:
            self.problems.append(
                problem_at(self.document.place(element), "timers", say("rule.timers.several", count=len(timers)))
            )
        return Event(
            kind,
            element.get("name", "") if kind == "link" else self.named.get((kind, reference), ""),
            reference,
            timers[0] if timers else ("", ""),
            attributes_of(element).get("oneseal:unit", ""),
            _text(element.find(f"{{{BPMN}}}condition")),
        )

    def _multi(self, element: etree._Element) -> Multi | None:
        found = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
        if found is None:
            return None
        given = attributes_of(found)
        return Multi(
            sequential=given.get("isSequential") == "true",
            collection=given.get("camunda:collection", ""),
            variable=given.get("camunda:elementVariable", ""),
            output_collection=given.get("oneseal:outputCollection", ""),
            output_element=given.get("oneseal:outputElement", ""),
            cardinality=_text(found.find(f"{{{BPMN}}}loopCardinality")),
            completion=_text(found.find(f"{{{BPMN}}}completionCondition")),
        )


def links_of(scope: Scope) -> dict[str, Flow]:
    """A flow for every throwing link event to the catching one of the same name, so that all who follow flows see the jump."""
    catching = {name: n.id for n in reversed(scope.nodes.values()) if (name := n.caught_link)}
    thrown = [n for n in scope.nodes.values() if n.thrown_link in catching]
    flows = (Flow(f"link:{n.id}", n.id, catching[n.thrown_link], "", scope.id, n.place, link=True) for n in thrown)
    return {flow.id: flow for flow in flows}


def _loop(element: etree._Element) -> Loop | None:
    found = element.find(f"{{{BPMN}}}standardLoopCharacteristics")
    if found is None:
        return None
    given = attributes_of(found)
    condition = _text(found.find(f"{{{BPMN}}}loopCondition"))
    return Loop(given.get("testBefore") == "true", condition, given.get("loopMaximum", ""))


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Child elements of the BPMN namespace."""
    return (c for c in element if isinstance(c.tag, str) and etree.QName(c).namespace == BPMN)


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _documentation(element: etree._Element) -> str:
    return " ".join(_text(element.find(f"{{{BPMN}}}documentation")).split())
