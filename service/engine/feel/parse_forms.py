"""What begins with a word: if, for, some, every, function."""

from collections.abc import Callable

from service.engine.feel import tree
from service.engine.feel.cursor import Cursor
from service.engine.feel.parse_types import parse_type
from service.engine.feel.tree import Node


def _if(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("if")
    condition = cursor.expression()
    cursor.expect("then")
    then = cursor.expression()
    cursor.expect("else")
    return tree.If(column, condition, then, cursor.expression())


def _iterators(cursor: Cursor, names: set[str]) -> tuple[tuple[str, Node], ...]:
    found: list[tuple[str, Node]] = []
    while True:
        name = cursor.declared("in")
        cursor.expect("in")
        column = cursor.column()
        domain = cursor.expression()
        if cursor.accept(".."):
            domain = tree.RangeNode(column, domain, cursor.expression(4), True, True, bare=True)
        names.add(name)
        found.append((name, domain))
        if not cursor.accept(","):
            return tuple(found)


def _for(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("for")
    with cursor.scope() as names:
        iterators = _iterators(cursor, names)
        cursor.expect("return")
        names.add("partial")
        body = cursor.expression()
    return tree.For(column, iterators, body, tree.mentions(body, "partial"))


def _quantified(cursor: Cursor) -> Node:
    column = cursor.column()
    every = cursor.take().text == "every"
    with cursor.scope() as names:
        iterators = _iterators(cursor, names)
        cursor.expect("satisfies")
        return tree.Quantified(column, every, iterators, cursor.expression())


def _function(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("function")
    cursor.expect("(")
    parameters: list[tuple[str, tree.TypeNode | None]] = []
    while not cursor.sees(")"):
        name = cursor.declared(":", ",", ")")
        parameters.append((name, parse_type(cursor) if cursor.accept(":") else None))
        if not cursor.accept(","):
            break
    cursor.expect(")")
    if cursor.sees("external"):
        cursor.fail("feel.syntax.external")
    with cursor.scope(name for name, _ in parameters):
        return tree.FunctionNode(column, tuple(parameters), cursor.expression())


PREFIX: dict[str, Callable[[Cursor], Node]] = {
    "if": _if,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "function": _function,
}
