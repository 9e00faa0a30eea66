"""Functions that make lists of lists. Positions count from 1, or from -1 backwards. No list is ever changed in place."""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from service.engine.feel.builtins.form import Registry, form, whole
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.operators import compare, equal
from service.engine.feel.values import Function


def _place(values: list[Any], position: Decimal) -> int:
    """The index in Python of a position that must exist."""
    at = whole(position)
    if at == 0 or abs(at) > len(values):
        raise Failed("feel.list.position")
    return at - 1 if at > 0 else len(values) + at


def _holds(run: Run, values: list[Any], wanted: Any) -> bool:
    return any(equal(run.meter, value, wanted) is True for value in values)


def _sublist(run: Run, values: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    first = _place(values, start)
    run.meter.items(len(values))
    if length is None:
        return values[first:]
    count = whole(length)
    if count < 1 or first + count > len(values):
        raise Failed("feel.list.position")
    return values[first : first + count]


def _append(run: Run, values: list[Any] | None, items: list[Any]) -> list[Any]:
    values = values or []
    run.meter.items(len(values) + len(items))
    return [*values, *items]


def _concatenate(run: Run, lists: list[Any]) -> list[Any]:
    found: list[Any] = []
    for part in lists:
        members = part if type(part) is list else [part]
        run.meter.items(len(found) + len(members))
        found.extend(members)
    return found


def _insert(run: Run, values: list[Any], position: Decimal, item: Any) -> list[Any]:
    at = _place(values, position)
    run.meter.items(len(values) + 1)
    return [*values[:at], item, *values[at:]]


def _remove(run: Run, values: list[Any], position: Decimal) -> list[Any]:
    at = _place(values, position)
    run.meter.items(len(values))
    return [*values[:at], *values[at + 1 :]]


def _replace_at(run: Run, values: list[Any], position: Decimal, item: Any) -> list[Any]:
    at = _place(values, position)
    run.meter.items(len(values))
    return [*values[:at], item, *values[at + 1 :]]


def _replace_matching(run: Run, values: list[Any], match: Function, item: Any) -> list[Any]:
    run.meter.items(len(values))
    found = []
    for value in values:
        hit = match.call([value, item], {})
        if type(hit) is not bool:
            raise Failed("feel.list.match")
        found.append(item if hit else value)
    return found


def _reverse(run: Run, values: list[Any]) -> list[Any]:
    run.meter.items(len(values))
    return values[::-1]


def _index_of(run: Run, values: list[Any], wanted: Any) -> list[Decimal]:
    return [Decimal(at) for at, value in enumerate(values, 1) if equal(run.meter, value, wanted) is True]


def _distinct(run: Run, values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if not _holds(run, found, value):
            found.append(value)
    return found


def _union(run: Run, lists: list[Any]) -> list[Any]:
    return _distinct(run, _concatenate(run, lists))


def _flatten(run: Run, values: list[Any]) -> list[Any]:
    """Without recursion; each list met costs, so that lists shared many times cannot blow up."""
    found: list[Any] = []
    stack = [iter(values)]
    while stack:
        value = next(stack[-1], stack)
        run.meter.charge(1)
        if value is stack:
            stack.pop()
        elif type(value) is list:
            stack.append(iter(value))
        else:
            found.append(value)
    run.meter.items(len(found))
    return found


def _sort(run: Run, values: list[Any], precedes: Function | None = None) -> list[Any]:
    run.meter.items(len(values))

    def order(left: Any, right: Any) -> int:
        run.meter.charge(1)
        run.meter.texts(left, right)
        if precedes is None:
            return compare(">", left, right) - compare("<", left, right)
        for found, first, second in ((-1, left, right), (1, right, left)):
            if precedes.call([first, second], {}) is True:
                return found
        return 0

    return sorted(values, key=cmp_to_key(order))


def _is_empty(_run: Run, values: list[Any]) -> bool:
    return not values


FORMS: Registry = {
    "list contains": (form(_holds, "list:list", "element:any"),),
    "sublist": (form(_sublist, "list:list", "start position:number", "length:number?"),),
    "append": (form(_append, "list:list|null", "item:any*"),),
    "concatenate": (form(_concatenate, "list:any*"),),
    "insert before": (form(_insert, "list:list", "position:number", "newItem:any"),),
    "remove": (form(_remove, "list:list", "position:number"),),
    "list replace": (
        form(_replace_at, "list:list", "position:number", "newItem:any"),
        form(_replace_matching, "list:list", "match:function", "newItem:any"),
    ),
    "reverse": (form(_reverse, "list:list"),),
    "index of": (form(_index_of, "list:list", "match:any"),),
    "union": (form(_union, "list:any*"),),
    "distinct values": (form(_distinct, "list:list"),),
    "flatten": (form(_flatten, "list:list"),),
    "sort": (form(_sort, "list:list", "precedes:function?"),),
    "is empty": (form(_is_empty, "list:list"),),
}
