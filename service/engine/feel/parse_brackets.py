"""What begins with a bracket: groups, lists, ranges, contexts."""

from collections.abc import Callable

from service.engine.feel import tree
from service.engine.feel.cursor import Cursor
from service.engine.feel.tree import Node

_BELOW = ("<", "<=")
_ABOVE = (">", ">=")


def finish_range(cursor: Cursor, column: int, low: Node, low_in: bool) -> Node:
    """The rest of a range from its ``..`` on."""
    cursor.expect("..")
    high = cursor.expression(4)
    close = cursor.accept("]", ")", "[")
    if not close:
        cursor.fail("feel.syntax.expected", wanted="]")
    return tree.RangeNode(column, low, high, low_in, close == "]")


def _round(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("(")
    if cursor.sees("=", *_BELOW, *_ABOVE):
        return _half(cursor, column)
    inner = cursor.expression()
    if cursor.sees(".."):
        return finish_range(cursor, column, inner, False)
    cursor.expect(")")
    return inner


def _half(cursor: Cursor, column: int) -> Node:
    """``(< 5)``: a range with one end."""
    op = cursor.take().text
    end = cursor.expression(4)
    cursor.expect(")")
    if op == "=":
        return tree.RangeNode(column, end, end, True, True)
    if op in _BELOW:
        return tree.RangeNode(column, None, end, False, op == "<=")
    return tree.RangeNode(column, end, None, op == ">=", False)


def _square(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("[")
    items: list[Node] = []
    while not cursor.sees("]"):
        items.append(cursor.expression())
        if len(items) == 1 and cursor.sees(".."):
            return finish_range(cursor, column, items[0], True)
        if not cursor.accept(","):
            break
    cursor.expect("]")
    return tree.Listing(column, tuple(items))


def _outward(cursor: Cursor) -> Node:
    """``]1..5]``: the low end does not belong to the range."""
    column = cursor.column()
    cursor.expect("]")
    return finish_range(cursor, column, cursor.expression(4), False)


def _curly(cursor: Cursor) -> Node:
    column = cursor.column()
    cursor.expect("{")
    entries: list[tuple[str, Node]] = []
    with cursor.scope() as names:
        while not cursor.sees("}"):
            key = cursor.declared(":")
            if key in names:
                cursor.fail("feel.syntax.twice", name=key)
            cursor.expect(":")
            entries.append((key, cursor.expression()))
            names.add(key)
            if not cursor.accept(","):
                break
    cursor.expect("}")
    return tree.ContextNode(column, tuple(entries))


PREFIX: dict[str, Callable[[Cursor], Node]] = {"(": _round, "[": _square, "]": _outward, "{": _curly}
