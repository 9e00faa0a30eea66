"""Types: ``number``, ``list<string>``, ``context<a: number>``, ``function<date> -> number``, names of item definitions."""

from service.engine.feel import tree
from service.engine.feel.cursor import Cursor

_LONG = (
    ("date", "and", "time"),
    ("days", "and", "time", "duration"),
    ("day", "time", "duration"),
    ("years", "and", "months", "duration"),
    ("year", "month", "duration"),
)
_SAME = {"day time duration": "days and time duration", "year month duration": "years and months duration"}


def parse_type(cursor: Cursor) -> tree.TypeNode:
    """A type; raises FeelError."""
    with cursor.entered():
        column = cursor.column()
        name = _type_name(cursor)
        if name in ("list", "range") and cursor.accept("<"):
            inner = parse_type(cursor)
            cursor.expect(">")
            return tree.TypeNode(column, name, (inner,))
        if name == "context" and cursor.accept("<"):
            return tree.TypeNode(column, name, fields=_fields(cursor))
        if name == "function" and cursor.accept("<"):
            return _function_type(cursor, column)
        return tree.TypeNode(column, name)


def _type_name(cursor: Cursor) -> str:
    for words in _LONG:
        if words == tuple(token.text for token in cursor.tokens[cursor.at : cursor.at + len(words)]):
            cursor.at += len(words)
            return _SAME.get(" ".join(words), " ".join(words))
    if cursor.accept("function"):
        return "function"
    if cursor.accept("null"):
        return "null"
    name = cursor.name()
    while cursor.accept("."):
        name += "." + cursor.name()
    return name


def _fields(cursor: Cursor) -> tuple[tuple[str, tree.TypeNode], ...]:
    found: list[tuple[str, tree.TypeNode]] = []
    while not cursor.sees(">"):
        name = cursor.declared(":")
        cursor.expect(":")
        found.append((name, parse_type(cursor)))
        if not cursor.accept(","):
            break
    cursor.expect(">")
    return tuple(found)


def _function_type(cursor: Cursor, column: int) -> tree.TypeNode:
    arguments: list[tree.TypeNode] = []
    while not cursor.sees(">"):
        arguments.append(parse_type(cursor))
        if not cursor.accept(","):
            break
    cursor.expect(">")
    cursor.expect("->")
    return tree.TypeNode(column, "function", tuple(arguments), result=parse_type(cursor))
