"""Lists, contexts, paths, filters and the loops over them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from service.engine.feel import tree
from service.engine.feel.errors import Failed, OverLimit
from service.engine.feel.evaluate import Run, Scope
from service.engine.feel.limits import ITEMS, NUMBERS
from service.engine.feel.operators import kind_text
from service.engine.feel.properties import property_of
from service.engine.feel.tree import Node
from service.engine.feel.values import Range


def _listing(node: tree.Listing, run: Run, scope: Scope) -> Any:
    return [run.value(item, scope) for item in node.items]


def _context(node: tree.ContextNode, run: Run, scope: Scope) -> Any:
    """Each entry sees those before it."""
    inner = Scope({}, scope)
    for key, entry in node.entries:
        inner.names[key] = run.value(entry, inner)
    return inner.names


def _path(node: tree.Path, run: Run, scope: Scope) -> Any:
    base = run.value(node.base, scope)
    if type(base) is list:
        run.meter.items(len(base))
        run.meter.charge(len(base) // 2)
        return [_member_property(node, run, member) for member in base]
    return property_of(base, node.name)


def _member_property(node: tree.Path, run: Run, member: Any) -> Any:
    try:
        return property_of(member, node.name)
    except Failed as failed:
        return run.nothing(node, failed.text, **failed.values)


def _filter(node: tree.Filter, run: Run, scope: Scope) -> Any:
    base = run.value(node.base, scope)
    if base is None:
        base = []
    members = base if type(base) is list else [base]
    run.meter.items(len(members))
    if isinstance(node.condition, tree.Literal) and type(node.condition.value) is Decimal:
        return _member(members, node.condition.value)
    kept = []
    for member in members:
        found = run.value(node.condition, _inside(member, scope))
        if type(found) is Decimal:
            return _member(members, found)
        if found is True:
            kept.append(member)
        elif found is not False:
            run.nothing(node.condition, "feel.type.boolean", found=kind_text(found))
    return kept


def _inside(member: Any, scope: Scope) -> Scope:
    """The member is ``item``; the entries of a context are names too, and win."""
    if type(member) is dict:
        return Scope(member, Scope({"item": member}, scope))
    return Scope({"item": member}, scope)


def _member(members: list[Any], index: Decimal) -> Any:
    """Counts from 1, or from -1 backwards; null beyond the ends."""
    if index != index.to_integral_value():
        raise Failed("feel.number.whole")
    place = int(index)
    if place > 0:
        return members[place - 1] if place <= len(members) else None
    return members[place] if place < 0 and -place <= len(members) else None


def _for(node: tree.For, run: Run, scope: Scope) -> Any:
    results: list[Any] = []
    for inner in _rounds(run, scope, iterators=node.iterators):
        if node.partial:
            run.meter.items(len(results))
            inner = Scope({"partial": list(results)}, inner)
        if len(results) >= ITEMS:
            raise OverLimit("feel.limit.items", limit=ITEMS)
        results.append(run.value(node.body, inner))
    return results


def _quantified(node: tree.Quantified, run: Run, scope: Scope) -> Any:
    result: bool | None = node.every
    for inner in _rounds(run, scope, iterators=node.iterators):
        found = run.value(node.body, inner)
        if found is (not node.every):
            return found
        if type(found) is not bool:
            run.nothing(node.body, "feel.type.boolean", found=kind_text(found))
            result = None
    return result


def _rounds(run: Run, scope: Scope, *, iterators: tuple[tuple[str, Node], ...]) -> Iterator[Scope]:
    """One scope for each combination; a later domain may read the earlier names."""
    name, domain = iterators[0]
    for member in _domain(run, run.value(domain, scope)):
        run.meter.charge(1)
        inner = Scope({name: member}, scope)
        if len(iterators) == 1:
            yield inner
        else:
            yield from _rounds(run, inner, iterators=iterators[1:])


def _domain(_run: Run, value: Any) -> Iterator[Any]:
    if type(value) is list:
        return iter(value)
    if type(value) is Range:
        return _steps(value)
    if value is None:
        raise Failed("feel.loop.domain", found=kind_text(value))
    return iter([value])


def _steps(span: Range) -> Iterator[Any]:
    """The whole numbers or days of a range, upwards or downwards; ends that do not belong are left out."""
    low, high = span.low, span.high
    if type(low) is not type(high) or type(low) not in (Decimal, date):
        raise Failed("feel.loop.range", low=kind_text(low), high=kind_text(high))
    if type(low) is Decimal and (low != low.to_integral_value() or high != high.to_integral_value()):
        raise Failed("feel.number.whole")
    step = 1 if low <= high else -1
    current = low
    while current != high:
        if current is not low or span.low_in:
            yield current
        current = _after(current, step)
    if span.high_in and (span.low_in or low != high):
        yield high


def _after(current: Any, step: int) -> Any:
    return current + timedelta(days=step) if type(current) is date else NUMBERS.add(current, Decimal(step))


EVALUATORS: dict[type[Node], Callable[[Any, Run, Scope], Any]] = {
    tree.Listing: _listing,
    tree.ContextNode: _context,
    tree.Path: _path,
    tree.Filter: _filter,
    tree.For: _for,
    tree.Quantified: _quantified,
}
