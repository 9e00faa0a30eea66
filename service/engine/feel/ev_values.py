"""Literals, names, operators, comparisons: what most expressions are made of."""

from collections.abc import Callable
from typing import Any

from service.engine.feel import tree
from service.engine.feel.errors import Failed
from service.engine.feel.ev_calls import built_in
from service.engine.feel.evaluate import MISSING, Run, Scope
from service.engine.feel.operators import arithmetic, compare, equal, fits, kind_text, negate, ordered
from service.engine.feel.tree import Node
from service.engine.feel.values import Range, kind


def _literal(node: tree.Literal, _run: Run, _scope: Scope) -> Any:
    return node.value


def _name(node: tree.Name, run: Run, scope: Scope) -> Any:
    value = scope.find(node.name)
    if value is not MISSING:
        return value
    found = built_in(run, node.name)
    return found if found is not None else run.nothing(node, "feel.name.unknown", name=node.name)


def _negate(node: tree.Negate, run: Run, scope: Scope) -> Any:
    return negate(run.value(node.operand, scope))


def _chain(node: tree.Chain, run: Run, scope: Scope) -> Any:
    value = run.value(node.first, scope)
    for op, operand in node.rest:
        value = arithmetic(run.meter, op, value, run.value(operand, scope))
    return value


def compared(run: Run, node: Node, op: str, *, left: Any, right: Any) -> bool | None:
    """``left op right``; null, or FeelError when strict, where they cannot be compared."""
    if op not in ("=", "!="):
        return ordered(run.meter, op, left=left, right=right)
    same = equal(run.meter, left, right)
    if same is None:
        run.nothing(node, "feel.type.operands", op=op, left=kind_text(left), right=kind_text(right))
        return None
    return same if op == "=" else not same


def _compare(node: tree.Compare, run: Run, scope: Scope) -> Any:
    left = run.value(node.left, scope)
    return compared(run, node, node.op, left=left, right=run.value(node.right, scope))


def _between(node: tree.Between, run: Run, scope: Scope) -> Any:
    value = run.value(node.value, scope)
    low, high = run.value(node.low, scope), run.value(node.high, scope)
    run.meter.texts(value, low, high)
    return compare(">=", value, low) and compare("<=", value, high)


def _and(node: tree.And, run: Run, scope: Scope) -> Any:
    return _ternary(run, scope, parts=node.parts, decisive=False)


def _or(node: tree.Or, run: Run, scope: Scope) -> Any:
    return _ternary(run, scope, parts=node.parts, decisive=True)


def _ternary(run: Run, scope: Scope, *, parts: tuple[Node, ...], decisive: bool) -> bool | None:
    """``decisive`` as soon as one part is it; null when a part is no boolean; else the other one."""
    result: bool | None = not decisive
    for part in parts:
        value = run.value(part, scope)
        if value is decisive:
            return value is True
        if type(value) is not bool:
            run.nothing(part, "feel.type.boolean", found=kind_text(value))
            result = None
    return result


def _if(node: tree.If, run: Run, scope: Scope) -> Any:
    condition = run.value(node.condition, scope)
    if type(condition) is not bool:
        run.nothing(node.condition, "feel.type.boolean", found=kind_text(condition))
    return run.value(node.then if condition is True else node.otherwise, scope)


def _range(node: tree.RangeNode, run: Run, scope: Scope) -> Any:
    low = None if node.low is None else run.value(node.low, scope)
    high = None if node.high is None else run.value(node.high, scope)
    if low is not None and high is not None:
        if kind(low) != kind(high):
            raise Failed("feel.type.operands", op="..", left=kind_text(low), right=kind_text(high))
        if not node.bare and not compare("<=", low, high):
            raise Failed("feel.range.order")
    return Range(low, high, node.low_in, node.high_in, node.low is not None, node.high is not None)


def _passes(run: Run, scope: Scope, *, value: Any, test: Node) -> bool | None:
    """One test of ``in`` or of a cell. A test that gives true or false by itself (``? > 5``) is not compared again."""
    if isinstance(test, tree.Test):
        return compared(run, test, test.op, left=value, right=run.value(test.operand, scope))
    assert isinstance(test, tree.Own)
    wanted = run.value(test.wanted, scope)
    if type(wanted) is bool and _is_answer(test, value):
        return bool(wanted)
    found = fits(run.meter, value, wanted)
    if found is None:
        run.nothing(test, "feel.type.operands", op="=", left=kind_text(value), right=kind_text(wanted))
    return found


def _is_answer(test: tree.Own, value: Any) -> bool:
    """Whether the true or false of a test is its answer, and not a value that the input must equal."""
    return test.asks or (type(value) is not bool and not isinstance(test.wanted, tree.Literal))


def _any_passes(run: Run, scope: Scope, *, value: Any, tests: tuple[Node, ...]) -> bool | None:
    """Whether any test holds. For a value that is null, ``< 5`` and ``[1..5]`` are neither met nor an error."""
    result: bool | None = False
    for test in tests:
        try:
            found = _passes(run, scope, value=value, test=test)
        except Failed as failed:
            found = None if value is None else run.nothing(test, failed.text, **failed.values)
        if found is True:
            return True
        if found is None:
            result = None
    return result


def _in(node: tree.In, run: Run, scope: Scope) -> Any:
    return _any_passes(run, scope, value=run.value(node.value, scope), tests=node.tests)


def _tests(node: tree.Tests, run: Run, scope: Scope) -> Any:
    """A cell: the input is ``?``. An input that is null passes only tests that ask for null."""
    if not node.parts:
        return True
    value = scope.find("?")
    if value is MISSING:
        return run.nothing(node, "feel.name.unknown", name="?")
    found = _any_passes(run, scope, value=value, tests=node.parts)
    if node.negated and found is not None:
        return not found
    return found


EVALUATORS: dict[type[Node], Callable[[Any, Run, Scope], Any]] = {
    tree.Literal: _literal,
    tree.Name: _name,
    tree.Negate: _negate,
    tree.Chain: _chain,
    tree.Compare: _compare,
    tree.Between: _between,
    tree.And: _and,
    tree.Or: _or,
    tree.If: _if,
    tree.RangeNode: _range,
    tree.In: _in,
    tree.Tests: _tests,
}
