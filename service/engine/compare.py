"""Drawn = run: after compiling, the XML is read once more, by itself, and every fact of it must stand in what was compiled, and nothing else.

``draw`` and ``specs`` could both misunderstand a diagram in the same way; this reads the tree with nothing of theirs. A fact is (element, what)
-> value. What a new kind of element adds is one row of ``NODE``: how to tell it from the XML, how from the compiled node. A difference is a
fault of this program, and it must not become an approval that silently never comes: the deployment is refused with the element.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import BPMN, CAMUNDA, NODES, ONESEAL, Node
from service.engine.machine import Compiled
from service.engine.model import Problem
from service.engine.specs import DrawnSpec, Graph
from service.engine.vocabulary import BOOLEANS
from service.engine.xml import Document

Fact = tuple[str, str]  # element, what
Facts = dict[Fact, Any]
NAMED_BY = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
OWN = {CAMUNDA: "camunda:", ONESEAL: "oneseal:"}


def differences(documents: Iterable[Document], compiled: Compiled) -> Iterator[Problem]:
    """Every fact that is drawn and not compiled so, and every one compiled that nobody has drawn."""
    drawn, places = _drawn(documents)
    found = _compiled(compiled)
    for fact in sorted(drawn.keys() | found.keys()):
        if drawn.get(fact) != found.get(fact):
            place = places.get(fact[0])
            text = say(
                "rule.drawn", id=fact[0], what=fact[1], drawn=_shown(drawn.get(fact)), found=_shown(found.get(fact))
            )
            yield (
                Problem("drawn", text, place.file, fact[0], place.name, place.line, place.column)
                if place
                else Problem("drawn", text, "", fact[0])
            )


def _shown(value: Any) -> str:
    return "—" if value in (None, "", (), {}) else str(value)[:80]


def _drawn(documents: Iterable[Document]) -> tuple[Facts, dict[str, Any]]:
    facts: Facts = {}
    places: dict[str, Any] = {}
    for document in documents:
        by_id = {str(e.get("id")): e for e in document.root.iter(f"{{{BPMN}}}*") if e.get("id")}
        for element in document.root.iter(*(f"{{{BPMN}}}{tag}" for tag in NODES)):
            id = str(element.get("id"))
            places[id] = document.place(element)
            for what, (read, _) in NODE.items():
                facts[id, what] = read(element, by_id)
            if _tag(_parent(element)) == "process":
                facts[id, "lane"] = _lane(element)
        for element in document.root.iter(f"{{{BPMN}}}sequenceFlow"):
            id = str(element.get("id"))
            places[id] = document.place(element)
            condition = element.findtext(f"{{{BPMN}}}conditionExpression")
            facts[id, "flow"] = (
                str(_parent(element).get("id")), element.get("sourceRef"), element.get("targetRef"), (condition or "").strip(),
            )  # fmt: skip
    return {fact: value for fact, value in facts.items() if value not in (None, "", (), {})}, places


def _compiled(compiled: Compiled) -> Facts:
    """From what the machine follows: the task specs with their nodes, the flows out of and into each, what is attached to it."""
    facts: Facts = {}
    for scope, graph in compiled.graphs.items():
        for spec in graph.spec.task_specs.values():
            if isinstance(spec, DrawnSpec) and spec.name not in graph.triggers:
                facts |= _node_facts(graph, spec, scope)
        facts |= _flow_facts(graph, scope)
    return {fact: value for fact, value in facts.items() if value not in (None, "", (), {})}


def _node_facts(graph: Graph, spec: DrawnSpec, scope: str) -> Facts:
    node = spec.node
    facts: Facts = {(spec.name, what): tell(node) for what, (_, tell) in NODE.items()}
    facts[spec.name, "scope"] = scope if node.scope == scope else f"{node.scope} in {scope}"
    facts[spec.name, "host"] = next(
        (host for host, events in graph.attached.items() if spec.name in {e.id for e in events}), ""
    )
    jumps = [f.target for f in graph.outgoing[spec.name] if f.link]
    facts[spec.name, "jump"] = jumps[0] if jumps else ""
    starts = [id for id, sub in graph.triggers.items() if sub.id == spec.name]
    facts[spec.name, "begins"] = tuple(starts)
    if node.process == scope:
        facts[spec.name, "lane"] = spec.lane or ""
    return facts


def _flow_facts(graph: Graph, scope: str) -> Facts:
    """A flow counts where it is followed: out of its source, into its target, and between the two specs."""
    into = {flow.id: target for target, flows in graph.incoming.items() for flow in flows}
    facts: Facts = {}
    for source, flows in graph.outgoing.items():
        targets = set(graph.spec.task_specs[source]._outputs)
        for flow in flows:
            if not flow.link:
                target = into.get(flow.id, "") if flow.target in targets else ""
                facts[flow.id, "flow"] = (scope, source, target, flow.condition)
    return facts


def _parent(element: etree._Element) -> etree._Element:
    found = element.getparent()
    assert found is not None
    return found


def _tag(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _true(text: str | None) -> bool:
    return (text or "").strip() in ("true", "1")


def _text(element: etree._Element, tag: str) -> str:
    return (element.findtext(f"{{{BPMN}}}{tag}") or "").strip()


def _lane(element: etree._Element) -> str:
    """The innermost lane that names it."""
    process = _parent(element)
    named = (
        lane for lane in process.iter(f"{{{BPMN}}}lane")
        for reference in lane.iterchildren(f"{{{BPMN}}}flowNodeRef") if (reference.text or "").strip() == element.get("id")
    )  # fmt: skip
    deepest = max(named, key=lambda lane: sum(1 for _ in lane.iterancestors()), default=None)
    return "" if deepest is None else str(deepest.get("name") or deepest.get("id"))


def _events(element: etree._Element, by_id: Mapping[str, etree._Element]) -> tuple[Any, ...]:
    found = []
    for definition in element.iterchildren(f"{{{BPMN}}}*"):
        kind = _tag(definition).removesuffix("EventDefinition")
        if kind != _tag(definition):
            named = by_id.get(definition.get(f"{kind}Ref", ""))
            name = str(named.get(NAMED_BY[kind]) or "") if named is not None else ""
            timers = [(_tag(t), (t.text or "").strip()) for t in definition if _tag(t).startswith("time")]
            name = str(definition.get("name") or "") if kind == "link" else name
            found.append((kind, name, timers[0] if timers else ("", ""), _text(definition, "condition")))
    return tuple(found)


def _jump(element: etree._Element, _by_id: Any) -> str:
    links = f"{{{BPMN}}}linkEventDefinition"
    own = element.find(links)
    if own is None or _tag(element) != "intermediateThrowEvent":
        return ""
    others = _parent(element).iterchildren(f"{{{BPMN}}}intermediateCatchEvent")
    found = (o for o in others if (link := o.find(links)) is not None and link.get("name") == own.get("name"))
    return str(next(found).get("id"))


def _begins(element: etree._Element, _by_id: Any) -> tuple[str, ...]:
    starts = element.iterchildren(f"{{{BPMN}}}startEvent")
    return tuple(str(e.get("id")) for e in starts) if _true(element.get("triggeredByEvent")) else ()


def _multi(element: etree._Element, _by_id: Any) -> tuple[Any, ...]:
    found = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if found is None:
        return ()
    given = [found.get(f"{{{CAMUNDA}}}{name}", "") for name in ("collection", "elementVariable")]
    given += [found.get(f"{{{ONESEAL}}}{name}", "") for name in ("outputCollection", "outputElement")]
    return (
        _true(found.get("isSequential")),
        *given,
        _text(found, "loopCardinality"),
        _text(found, "completionCondition"),
    )


def _loop(element: etree._Element, _by_id: Any) -> tuple[Any, ...]:
    found = element.find(f"{{{BPMN}}}standardLoopCharacteristics")
    return (
        ()
        if found is None
        else (_true(found.get("testBefore")), _text(found, "loopCondition"), found.get("loopMaximum", ""))
    )


def _own(element: etree._Element, _by_id: Any) -> dict[str, str]:
    """What stands in our namespaces, on the node and on its event definitions."""
    found: dict[str, str] = {}
    for holder in (element, *(e for e in element.iterchildren(f"{{{BPMN}}}*") if _tag(e).endswith("EventDefinition"))):
        for name, value in holder.attrib.items():
            space, _, local = str(name).rpartition("}")
            prefix = OWN.get(space.removeprefix("{"), "")
            if prefix and (holder is element or prefix == "oneseal:"):
                truth = f"{prefix}{local}" in BOOLEANS
                found.setdefault(f"{prefix}{local}", str(_true(str(value))).lower() if truth else str(value))
    return found


def _message(element: etree._Element, by_id: Mapping[str, etree._Element]) -> str:
    found = by_id.get(element.get("messageRef", ""))
    return str(found.get("name") or "") if found is not None else ""


def _interrupts(element: etree._Element, _by_id: Any) -> bool:
    name = "cancelActivity" if _tag(element) == "boundaryEvent" else "isInterrupting"
    return element.get(name) is None or _true(element.get(name))


# What -> (how the XML tells it, how the compiled node does). Empty values on both sides are the same.
NODE: Mapping[str, tuple[Callable[[etree._Element, Mapping[str, etree._Element]], Any], Callable[[Node], Any]]] = {
    "kind": (lambda e, _: _tag(e), lambda n: n.kind),
    "scope": (lambda e, _: str(_parent(e).get("id")), lambda n: n.scope),
    "default": (lambda e, _: e.get("default"), lambda n: n.attributes.get("default")),
    "host": (lambda e, _: e.get("attachedToRef"), lambda n: n.attributes.get("attachedToRef")),
    "interrupts": (_interrupts, lambda n: n.interrupts),
    "by event": (lambda e, _: _true(e.get("triggeredByEvent")), lambda n: n.by_event),
    "begins": (_begins, lambda _: ()),
    "called": (lambda e, _: e.get("calledElement"), lambda n: n.attributes.get("calledElement")),
    "message": (_message, lambda n: n.message),
    "script": (lambda e, _: _text(e, "script"), lambda n: n.script),
    "jump": (_jump, lambda _: ""),
    "events": (_events, lambda n: tuple((e.kind, e.name, e.timer, e.condition) for e in n.events)),
    "multi": (_multi, lambda n: n.multi and (
        n.multi.sequential, n.multi.collection, n.multi.variable, n.multi.output_collection, n.multi.output_element,
        n.multi.cardinality, n.multi.completion,
    )),
    "loop": (_loop, lambda n: n.loop and (n.loop.before, n.loop.condition, n.loop.maximum)),
    "own": (_own, lambda n: {k: v for k, v in n.attributes.items() if k.startswith(("camunda:", "oneseal:"))}),
}  # fmt: skip
