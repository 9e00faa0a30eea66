"""Damage to the structure of a diagram: ids, references, flows, nesting. Each function changes one thing and says what.

As those of ``damage``, but none of them makes plain nonsense: more of what they make is accepted, and then has to run as it is drawn.
"""

import random
from collections.abc import Callable, Sequence

from lxml import etree

from service.engine.drawing import BPMN, NODES
from tests.engine.feel.test_withstanding_attacks import ATTACKS

RESERVED = (
    "End",
    "Start",
    "Root",
    "main.EndJoin",
    "x.BoundaryEventSplit",
    "x.BoundaryEventJoin",
    "constructor",
    "typename",
    "__class__",
    "",
    " ",
    "中心",
    "e\u0301",
    "a\u202eb",
    "ａ",
)
REFERENCES = (
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "default",
    "calledElement",
    "messageRef",
    "signalRef",
    "errorRef",
    "escalationRef",
    "id",
)
HUGE = (
    "99999999999999999999",
    "R99999999/PT1M",
    "P99999999Y",
    "PT0.000001S",
    "-P1D",
    "1e999",
    "= 10 ** 50",
    "= [1..1000000]",
    "0",
    "-1",
)
DEFINITIONS = (
    "timer",
    "message",
    "signal",
    "error",
    "escalation",
    "conditional",
    "link",
    "terminate",
    "compensate",
    "cancel",
)
EVENTS = ("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent")
TAGS = (
    *sorted(NODES),
    "complexGateway",
    "transaction",
    "adHocSubProcess",
    "dataObject",
    "textAnnotation",
    "association",
    "group",
    "laneSet",
    "ioSpecification",
)
LENGTHS = (2, 2, 2, 5, 40, 480, 1_100, 2_500)


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _all(root: etree._Element, *names: str) -> list[etree._Element]:
    return list(root.iter(*(_tag(name) for name in names)))


def _pick(found: Sequence[etree._Element], chance: random.Random, root: etree._Element) -> etree._Element:
    return chance.choice(found) if found else root


def new_id(root: etree._Element, chance: random.Random) -> str:
    """An id that some engine keeps for itself, with everything that speaks of it, or without."""
    one = _pick(_all(root, *NODES), chance, root)
    old, new, well = one.get("id") or "", chance.choice(RESERVED), chance.random() < 0.8
    for element in root.iter(_tag("*")) if well else [one]:
        for name, value in element.attrib.items():
            if value == old:
                element.set(str(name), new)
        if (element.text or "").strip() == old:
            element.text = new
    return f"{old} is called {new!r}, {'everywhere' if well else 'there only'}"


def redirect(root: etree._Element, chance: random.Random) -> str:
    """A reference to another element of the same diagram, or to none."""
    name = chance.choice(REFERENCES)
    one = _pick([e for e in root.iter(_tag("*")) if name in e.attrib], chance, root)
    other = _pick([e for e in root.iter(_tag("*")) if e.get("id")], chance, root).get("id") or ""
    one.set(name, other if chance.random() < 0.85 else f"{other}_gone")
    return f"{name} of {one.get('id')} is {one.get(name)!r}"


def cycle(root: etree._Element, chance: random.Random) -> str:
    """One flow more between any two nodes that lie side by side."""
    one = _pick(_all(root, *NODES), chance, root)
    around = one.getparent()
    if around is None:
        return "nothing"
    other = _pick([e for e in around if e.tag in {_tag(n) for n in NODES}], chance, root)
    _flow(around, one.get("id") or "", other.get("id") or "", f"more{chance.randrange(10**6)}")
    return f"a flow {one.get('id')} -> {other.get('id')}"


def _flow(around: etree._Element, source: str, target: str, id: str) -> None:
    etree.SubElement(around, _tag("sequenceFlow"), id=id, sourceRef=source, targetRef=target)


def chain(root: etree._Element, chance: random.Random) -> str:
    """So many tasks on a flow."""
    one = _pick(_all(root, "sequenceFlow"), chance, root)
    around, length, stem = one.getparent(), chance.choice(LENGTHS), f"c{chance.randrange(10**6)}_"
    if around is None:
        return "nothing"
    last = one.get("targetRef") or ""
    one.set("targetRef", f"{stem}0")
    for number in range(length):
        etree.SubElement(around, _tag("task"), id=f"{stem}{number}")
        following = f"{stem}{number + 1}" if number + 1 < length else last
        _flow(around, f"{stem}{number}", following, f"{stem}f{number}")
    return f"{length} tasks on {one.get('id')}"


def enclose(root: etree._Element, chance: random.Random) -> str:
    """A task becomes a subprocess of the same id that holds it, so many times."""
    one = _pick(_all(root, "task", "userTask", "serviceTask", "subProcess"), chance, root)
    around, depth = one.getparent(), chance.choice((1, 1, 2, 14, 16, 40))
    if around is None:
        return "nothing"
    id, stem = one.get("id") or "", f"n{chance.randrange(10**6)}_"
    outer = inner = etree.Element(_tag("subProcess"), id=id)
    around.replace(one, outer)
    for number in range(depth):
        step = f"{stem}{number}"
        below = one if number + 1 == depth else etree.Element(_tag("subProcess"), id=f"{step}n")
        if below is one:
            one.set("id", f"{step}n")
        etree.SubElement(inner, _tag("startEvent"), id=f"{step}s")
        inner.append(below)
        etree.SubElement(inner, _tag("endEvent"), id=f"{step}e")
        _flow(inner, f"{step}s", f"{step}n", f"{step}1")
        _flow(inner, f"{step}n", f"{step}e", f"{step}2")
        inner = below
    return f"{id} in {depth} subprocesses"


def event(root: etree._Element, chance: random.Random) -> str:
    """An event of another kind, or of two."""
    one, kind = _pick(_all(root, *EVENTS), chance, root), chance.choice(DEFINITIONS)
    if chance.random() < 0.5:
        for child in list(one):
            if str(child.tag).endswith("EventDefinition"):
                one.remove(child)
    made = etree.SubElement(one, _tag(f"{kind}EventDefinition"))
    if kind == "timer":
        etree.SubElement(made, _tag(chance.choice(("timeDuration", "timeCycle", "timeDate")))).text = chance.choice(
            HUGE
        )
    if kind == "conditional":
        etree.SubElement(made, _tag("condition")).text = (
            f"= {chance.choice(ATTACKS)}" if chance.random() < 0.5 else "= n > 1"
        )
    return f"{kind} in {one.get('id')}"


def attack(root: etree._Element, chance: random.Random) -> str:
    """An expression as somebody would write it who wants out."""
    holders = (
        "conditionExpression",
        "condition",
        "completionCondition",
        "loopCondition",
        "script",
        "timeDuration",
        "timeDate",
    )
    one, source = (
        _pick(_all(root, *holders), chance, root),
        "".join(c for c in chance.choice(ATTACKS) if c.isprintable()),
    )
    if one is root:
        return "nothing"
    one.text = f"= {source}"
    return f"{one.tag} is {source[:60]!r}"


def strange(root: etree._Element, chance: random.Random) -> str:
    """Another element among the nodes, with flows through it or without."""
    around = _pick(_all(root, "process", "subProcess"), chance, root)
    tag, id = chance.choice(TAGS), f"x{chance.randrange(10**6)}"
    etree.SubElement(around, _tag(tag), id=id)
    one = _pick([e for e in around if e.tag == _tag("sequenceFlow")], chance, root)
    if one is not root and chance.random() < 0.8:
        _flow(around, id, one.get("targetRef") or "", f"{id}f")
        one.set("targetRef", id)
    return f"a {tag} on {one.get('id')}"


def call_itself(root: etree._Element, chance: random.Random) -> str:
    one = _pick(_all(root, "task", "callActivity", "serviceTask"), chance, root)
    one.tag = _tag("callActivity")
    one.attrib.pop("{urn:oneseal:bpmn:1.0}handler", "")
    one.set("calledElement", _pick(_all(root, "process"), chance, root).get("id") or "")
    return f"{one.get('id')} calls {one.get('calledElement')}"


WAYS: tuple[Callable[[etree._Element, random.Random], str], ...] = (
    new_id, new_id, redirect, redirect, redirect, cycle, cycle, chain, enclose, event, event, attack, strange, strange, call_itself,
)  # fmt: skip


def restructured(content: bytes, chance: random.Random) -> tuple[bytes, list[str]]:
    """One to four things changed in one diagram."""
    root = etree.fromstring(content)
    told = [chance.choice(WAYS)(root, chance) for _ in range(chance.choice((1, 1, 1, 2, 2, 4)))]
    return etree.tostring(root, encoding="utf-8"), told
