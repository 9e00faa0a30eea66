"""The nodes of an expression. ``column`` counts from 1 in the source. Data only; ``evaluate`` knows what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    column: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    callee: Node
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operators of one level, from left to right: ``first op operand op operand``. Flat, so that long sums are not deep."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    iterators: tuple[tuple[str, Node], ...]
    body: Node
    partial: bool  # the body reads ``partial``, the results so far


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    every: bool
    iterators: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Listing(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextNode(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeNode(Node):
    """An end that is None is not given: ``(< 5)``. ``bare``: ``1..5`` of a for, which may run downwards."""

    low: Node | None
    high: Node | None
    low_in: bool
    high_in: bool
    bare: bool = False


@dataclass(frozen=True, slots=True)
class TypeNode(Node):
    """``list<number>``: name list, arguments (number,). ``context<a: string>``: fields. ``function<..> -> x``: result."""

    name: str
    arguments: tuple["TypeNode", ...] = ()
    fields: tuple[tuple[str, "TypeNode"], ...] = ()
    result: "TypeNode | None" = None


@dataclass(frozen=True, slots=True)
class FunctionNode(Node):
    parameters: tuple[tuple[str, TypeNode | None], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: TypeNode


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``< 5`` in a decision table cell: the input stands on the left."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Own(Node):
    """A test that is an expression: a value, range or list to be met, or, when it ``asks`` for ``?`` itself, an answer."""

    wanted: Node
    asks: bool


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """A decision table cell. No parts: ``-``, anything."""

    parts: tuple[Node, ...]
    negated: bool


def children(node: Node) -> Iterator[Node]:
    """The nodes directly under ``node``."""
    for place in fields(node):
        yield from _nodes(getattr(node, place.name))


def mentions(node: Node, name: str) -> bool:
    """Whether the variable ``name`` is read anywhere under ``node``."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Name) and current.name == name:
            return True
        stack.extend(children(current))
    return False


def measure(root: Node) -> tuple[int, int]:
    """(depth, nodes) of a tree, without recursion."""
    depth = count = 0
    stack = [(root, 1)]
    while stack:
        node, level = stack.pop()
        depth, count = max(depth, level), count + 1
        stack.extend((child, level + 1) for child in children(node))
    return depth, count


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _nodes(part)
