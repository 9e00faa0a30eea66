"""Types of the model: read from item definitions, and whether a value is of one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lxml import etree

from service.engine.dmn.model import ANY, ItemType
from service.engine.dmn.source import Source
from service.engine.feel import Expression, kind

# Name in a file -> kind. ``integer``, ``long``, ``double`` are Camunda's.
_KINDS = {
    **{name: name for name in ("boolean", "number", "string", "date", "time", "date and time", "context", "list", "Any")},
    "days and time duration": "days and time duration",
    "years and months duration": "years and months duration",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "whole",
    "long": "whole",
    "double": "number",
}  # fmt: skip
DEEPEST = 16


class Types:
    """The item definitions of one file."""

    def __init__(self, source: Source, root: etree._Element) -> None:
        self.source = source
        self.elements = {e.get("name", ""): e for e in source.children(root, "itemDefinition")}
        self.read: dict[str, ItemType] = {}
        for name, element in self.elements.items():
            self.of(name, element)

    def of(self, reference: str, element: etree._Element, *, above: tuple[str, ...] = ()) -> ItemType:
        """The type that ``reference`` names; a prefix (``feel:string``) does not count. Unknown ones are a problem."""
        name = reference if reference in self.elements else reference.rpartition(":")[2]
        if not name:
            return ANY
        if name in self.read:
            return self.read[name]
        if name in self.elements:
            return self._defined(name, element, above=above)
        if name not in _KINDS:
            self.source.refuse(element, "dmn.type.unknown", type=reference)
            return ANY
        return ItemType(name, _KINDS[name])

    def _defined(self, name: str, element: etree._Element, *, above: tuple[str, ...]) -> ItemType:
        if name in above or len(above) > DEEPEST:
            self.source.refuse(element, "dmn.type.circle", type=name)
            return ANY
        found = self._item(self.elements[name], name, above=(*above, name))
        self.read[name] = found
        return found

    def _item(self, element: etree._Element, name: str, *, above: tuple[str, ...]) -> ItemType:
        """An item definition or a part of one."""
        parts = tuple(
            (part.get("name", ""), self._item(part, part.get("name", ""), above=above))
            for part in self.source.children(element, "itemComponent")
        )
        self.source.learn(part for part, _ in parts)
        single = ItemType(name, "context", parts) if parts else self._referred(element, name, above=above)
        allowed = self.source.compile(self.source.child(element, "allowedValues"), unary=True)
        constraint = self.source.compile(self.source.child(element, "typeConstraint"), unary=True)
        if element.get("isCollection") != "true":
            return ItemType(name, single.kind, single.parts, single.members, allowed or constraint or single.allowed)
        member = ItemType(single.name, single.kind, single.parts, single.members, allowed or single.allowed)
        return ItemType(name, "list", members=member, allowed=constraint)

    def _referred(self, element: etree._Element, name: str, *, above: tuple[str, ...]) -> ItemType:
        reference = self.source.child(element, "typeRef")
        text = "".join(str(part) for part in reference.itertext()).strip() if reference is not None else ""
        return self.of(text, element, above=above) if text else ItemType(name)


def is_of(value: Any, wanted: ItemType, allows: Callable[[Expression, Any], bool]) -> bool:
    """Whether ``value`` (null is of every type) is of the type; ``allows`` says whether a test holds for a value."""
    if value is None:
        return True
    if not _is_kind(value, wanted.kind):
        return False
    if any(name not in value or not is_of(value[name], part, allows) for name, part in wanted.parts):
        return False
    if wanted.members and any(not is_of(member, wanted.members, allows) for member in value):
        return False
    return wanted.allowed is None or allows(wanted.allowed, value)


def fitted(value: Any, wanted: ItemType, allows: Callable[[Expression, Any], bool]) -> tuple[Any, bool]:
    """(value, whether it is of the type): a list of one stands for its member where one is wanted, and the other way round."""
    if is_of(value, wanted, allows):
        return value, True
    if wanted.kind == "list" and type(value) is not list:
        return [value], is_of([value], wanted, allows)
    if wanted.kind != "list" and type(value) is list and len(value) == 1:
        return value[0], is_of(value[0], wanted, allows)
    return value, False


def _is_kind(value: Any, wanted: str) -> bool:
    if wanted == "Any":
        return True
    if wanted == "whole":
        return type(value) is Decimal and value == value.to_integral_value()
    return kind(value) == wanted
