"""Deployments nobody would send on purpose: shipped files with elements, attributes and values lost, doubled, moved or made odd.

``Damage(files, chance).once()`` changes one thing and answers in words what; the same chance does the same again.
"""

import copy
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

ODD = (
    "", " ", "0", "-1", "1e999", "NaN", "null", "true", "false", "=", "= ", "= x", "= 1/0", "= [", "= \"", "= " + "(" * 300, "= " + "-" * 4000 + "1",
    "= for i in 1..999999999 return i", "= 9 ** 9 ** 9 ** 9", "= count([1..1000000000])", "= (function(f) f(f))(function(f) f(f))", "= initiator", "= items",
    "x" * 70_000, "章" * 3_000, "\u202e", "\ufeff", "a b", "$&<>'\"", "../../etc/passwd", "__class__", "${x}", "#{x.y}", "{seq:99999999999}", "{", "1,2,,3",
    "center_clerk@center", "center_clerk@", "@", "nobody@nowhere", "echo", "precheck", "P1D", "-P1D", "P999999999Y", "PT0S", "R99999/PT0S", "R/P1D",
    "2022-02-30", "9999-12-31T23:59:59Z", "99999999999999999999999999", "(a|a)*b", "[", "(?P<a>", "\\", "a{1,99999999}", "FIRST", "PRIORITY", "single", "vote",
)  # fmt: skip
KINDS = (
    "task", "userTask", "serviceTask", "subProcess", "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "startEvent", "endEvent",
    "intermediateCatchEvent", "boundaryEvent", "receiveTask", "businessRuleTask", "scriptTask", "sequenceFlow", "process", "laneSet", "definitions",
    "timerEventDefinition", "messageEventDefinition", "errorEventDefinition", "multiInstanceLoopCharacteristics", "inputEntry", "rule", "decision", "nonsense",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 3, 1.5, 1e308, 10**30, "", [], {}, [[]], [None], {"a": 1}, [{"label": "x", "value": "y"}], "default", "textfield", "number",
    "select", "dynamiclist", "expression", "datetime", "\x00", "\ud800", *ODD,
)  # fmt: skip


class Damage:
    """``files``: the deployment as it is by now."""

    def __init__(self, files: Mapping[str, bytes], chance: random.Random) -> None:
        self.files, self.chance = dict(files), chance

    def once(self) -> str:
        name = self.chance.choice(sorted(self.files))
        kind = self.chance.random()
        if kind < 0.04:
            return self._swap_files(name)
        if kind < 0.10:
            return self._bytes(name)
        if name.endswith(".form"):
            return self._json(name)
        return self._xml(name)

    def _swap_files(self, name: str) -> str:
        other = self.chance.choice(sorted(self.files))
        match self.chance.randrange(4):
            case 0 if len(self.files) > 1:
                del self.files[name]
                return f"{name} lost"
            case 1:
                self.files[f"copy/{name}"] = self.files[name]
                return f"{name} twice"
            case 2:
                self.files[f"{name}.{self.chance.choice(['bpmn', 'dmn', 'form', 'txt'])}"] = self.files[name]
                return f"{name} under another kind too"
        self.files[name], self.files[other] = self.files[other], self.files[name]
        return f"{name} <-> {other}"

    def _bytes(self, name: str) -> str:
        content = self.files[name]
        at, length = self.chance.randrange(len(content) + 1), self.chance.choice((1, 2, 40, 2000))
        new = self.chance.choice(
            (b"", self.chance.randbytes(length), content[at : at + length] * 2, b"\x00", b"\xff\xfe")
        )
        self.files[name] = content[:at] + new + content[at + length :]
        return f"{name}: {length} bytes at {at} become {len(new)}"

    def _xml(self, name: str) -> str:
        try:
            root = etree.fromstring(self.files[name], etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return self._bytes(name)
        told = self.chance.choice(_OF_XML)(_elements(root), self.chance)
        self.files[name] = etree.tostring(root, encoding="utf-8")
        return f"{name}: {told}"

    def _json(self, name: str) -> str:
        try:
            form = json.loads(self.files[name])
            told = self.chance.choice(_OF_JSON)(_inner(form), self.chance)
            self.files[name] = json.dumps(form).encode()
        except (ValueError, RecursionError):  # no JSON any more, or nested deeper than this file can follow
            return self._bytes(name)
        return f"{name}: {told}"


def _elements(root: etree._Element) -> list[etree._Element]:
    """All but the root and the pictures, which nobody reads."""
    found = [e for e in root.iterdescendants() if isinstance(e.tag, str) and "/DI" not in e.tag and "/DC" not in e.tag]
    return found or [root]


def _shown(element: etree._Element) -> str:
    return f"{etree.QName(element).localname} {element.get('id') or ''}".strip()


def _lose(found: list[etree._Element], chance: random.Random) -> str:
    gone = chance.choice(found)
    parent = gone.getparent()
    if parent is not None:
        parent.remove(gone)
    return f"{_shown(gone)} lost"


def _double(found: list[etree._Element], chance: random.Random) -> str:
    """A copy beside it, or many; with ids of their own or not."""
    one, own = chance.choice(found), chance.random() < 0.5
    times = chance.choice((1, 1, 1, 1, 2, 60, 400))
    if one.getparent() is None:
        return "nothing"
    for number in range(times):
        twin = copy.deepcopy(one)
        for element in twin.iter() if own else ():
            if element.get("id"):
                element.set("id", f"{element.get('id')}_{number}")
        one.addnext(twin)
    return f"{_shown(one)} {times + 1} times, {'ids of their own' if own else 'same ids'}"


def _move(found: list[etree._Element], chance: random.Random) -> str:
    one, other = chance.choice(found), chance.choice(found)
    if one is other or one in list(other.iterancestors()):
        return "nothing"
    other.insert(chance.randrange(len(other) + 1), one)
    return f"{_shown(one)} moved into {_shown(other)}"


def _wrap(found: list[etree._Element], chance: random.Random) -> str:
    """Into so many subprocesses."""
    one, depth = chance.choice(found), chance.choice((1, 2, 20, 80, 120))
    parent = one.getparent()
    if parent is None:
        return "nothing"
    space = etree.QName(one).namespace
    outer = inner = etree.Element(etree.QName(space, "subProcess"), id="wrap")
    for number in range(depth - 1):
        inner = etree.SubElement(inner, etree.QName(space, "subProcess"), id=f"wrap{number}")
    parent.replace(one, outer)
    inner.append(one)
    return f"{_shown(one)} in {depth} subprocesses"


def _rename(found: list[etree._Element], chance: random.Random) -> str:
    one, kind = chance.choice(found), chance.choice(KINDS)
    told = _shown(one)
    one.tag = etree.QName(etree.QName(one).namespace, kind).text
    return f"{told} becomes {kind}"


def _lose_attribute(found: list[etree._Element], chance: random.Random) -> str:
    one = chance.choice([e for e in found if e.attrib] or found)
    name = chance.choice(sorted(map(str, one.attrib)) or [""])
    one.attrib.pop(name, "")
    return f"{name} of {_shown(one)} lost"


def _odd_attribute(found: list[etree._Element], chance: random.Random) -> str:
    one = chance.choice([e for e in found if e.attrib] or found)
    other = chance.choice([e for e in found if e.attrib] or found)
    name, value = chance.choice(sorted(map(str, {*one.attrib, *other.attrib})) or ["id"]), chance.choice(ODD)
    one.set(name, value)
    return f"{name} of {_shown(one)} is {value[:60]!r}"


def _swap_attributes(found: list[etree._Element], chance: random.Random) -> str:
    """The same attribute of two elements: ids, references, names."""
    name = chance.choice(sorted({str(name) for e in found for name in e.attrib}) or ["id"])
    some = [e for e in found if name in e.attrib] or found
    one, other = chance.choice(some), chance.choice(some)
    mine, yours = one.get(name, ""), other.get(name, "")
    one.set(name, yours)
    if chance.random() < 0.5:
        other.set(name, mine)
    return f"{name} of {_shown(one)} from {_shown(other)}"


def _odd_text(found: list[etree._Element], chance: random.Random) -> str:
    some = [e for e in found if (e.text or "").strip()] or found
    one = chance.choice(some)
    one.text = chance.choice((*ODD, chance.choice(some).text or ""))
    return f"text of {_shown(one)} is {one.text[:60]!r}"


_OF_XML: tuple[Callable[[list[etree._Element], random.Random], str], ...] = (
    _lose, _double, _move, _wrap, _rename, _lose_attribute, _odd_attribute, _odd_attribute, _swap_attributes, _swap_attributes, _odd_text,
)  # fmt: skip

Slot = tuple[Any, Any]  # an object or a list, and the key or place in it


def _inner(form: Any) -> list[Slot]:
    """Every place that holds a value."""
    found: list[Slot] = []
    todo = [form]
    while todo:
        box = todo.pop()
        for key, value in box.items() if isinstance(box, dict) else enumerate(box) if isinstance(box, list) else ():
            found.append((box, key))
            todo.append(value)
    return found or [([form], 0)]


def _lose_value(found: list[Slot], chance: random.Random) -> str:
    box, key = chance.choice(found)
    return f"{key} lost: {str(box.pop(key))[:60]}"


def _odd_value(found: list[Slot], chance: random.Random) -> str:
    box, key = chance.choice(found)
    box[key] = copy.deepcopy(chance.choice(VALUES))
    return f"{key} is {str(box[key])[:60]!r}"


def _swap_values(found: list[Slot], chance: random.Random) -> str:
    (box, key), (other, place) = chance.choice(found), chance.choice(found)
    # copies, so that nothing ends up inside itself
    box[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(box[key])
    return f"{key} <-> {place}"


def _double_value(found: list[Slot], chance: random.Random) -> str:
    lists = [(box, key) for box, key in found if isinstance(box, list)]
    box, key = chance.choice(lists or found)
    times = chance.choice((1, 1, 2, 300))
    if isinstance(box, list):
        box.extend(copy.deepcopy(box[key]) for _ in range(times))
    return f"{str(box[key])[:60] if isinstance(box, list) else key} {times + 1} times"


def _new_key(found: list[Slot], chance: random.Random) -> str:
    box, _ = chance.choice([(box, key) for box, key in found if isinstance(box, dict)] or found)
    name = chance.choice(sorted({str(key) for _, key in found}))
    if isinstance(box, dict):
        box[name] = copy.deepcopy(chance.choice(VALUES))
    return f"{name} added"


def _nest_value(found: list[Slot], chance: random.Random) -> str:
    box, key = chance.choice(found)
    depth = chance.choice((1, 3, 30, 400))
    for _ in range(depth):
        box[key] = chance.choice(([box[key]], {"type": "group", "path": "g", "components": [box[key]]}))
    return f"{key} {depth} deeper"


_OF_JSON: tuple[Callable[[list[Slot], random.Random], str], ...] = (
    _lose_value, _odd_value, _odd_value, _swap_values, _double_value, _new_key, _nest_value,
)  # fmt: skip
