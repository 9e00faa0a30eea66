"""Calls and function definitions. A built-in cannot be replaced by a variable of the same name, only by a function."""

from collections.abc import Callable
from typing import Any

from service.engine.feel import tree
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.builtins.form import invoke
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import MISSING, Run, Scope
from service.engine.feel.operators import kind_text
from service.engine.feel.tree import Node
from service.engine.feel.types import Types
from service.engine.feel.values import Function


def _call(node: tree.Call, run: Run, scope: Scope) -> Any:
    if isinstance(node.callee, tree.Name):
        special = SPECIAL.get(node.callee.name)
        if special is not None:
            return special(node, run, scope)
    callee = _callee(node.callee, run, scope)
    positional = [run.value(argument, scope) for argument in node.arguments]
    named = {name: run.value(argument, scope) for name, argument in node.named}
    if type(callee) is not Function:
        return run.nothing(node, "feel.call.nothing", found=kind_text(callee))
    return callee.call(positional, named)


def _callee(node: Node, run: Run, scope: Scope) -> Any:
    """What is called; a variable with the name of a built-in hides it only when it is a function itself."""
    if not isinstance(node, tree.Name):
        return run.value(node, scope)
    found = scope.find(node.name)
    if type(found) is Function:
        return found
    if node.name in BUILTINS:
        return built_in(run, node.name)
    if found is MISSING:
        raise Failed("feel.call.unknown", name=node.name)
    return found


def built_in(run: Run, name: str) -> Function | None:
    """The built-in ``name`` as a value, or None."""
    forms = BUILTINS.get(name)
    if forms is None:
        return None
    parameters = tuple(parameter.name for parameter in forms[0].parameters)
    return Function(
        name, parameters, lambda positional, named: invoke(run, name, forms, positional=positional, named=named)
    )


def _function(node: tree.FunctionNode, run: Run, scope: Scope) -> Any:
    names = tuple(name for name, _ in node.parameters)

    def call(positional: list[Any], named: dict[str, Any]) -> Any:
        values = dict(zip(names, positional, strict=False)) | named
        if len(positional) + len(named) != len(names) or set(values) != set(names):
            raise Failed("feel.call.arguments", name="function", wanted="、".join(names))
        for name, kind in node.parameters:
            if kind is not None:
                values[name] = Types(run.meter, run.types).coerced(values[name], kind)
        return run.value(node.body, Scope(values, scope))

    return Function("function", names, call)


def _instance(node: tree.InstanceOf, run: Run, scope: Scope) -> Any:
    return Types(run.meter, run.types).instance_of(run.value(node.value, scope), node.type)


def _quiet(node: tree.Call, run: Run, scope: Scope) -> Any:
    """The first argument with unknown names as null."""
    if not node.arguments:
        raise Failed("feel.call.arguments", name=getattr(node.callee, "name", ""), wanted="value")
    before, run.strict = run.strict, False
    try:
        return run.value(node.arguments[0], scope)
    finally:
        run.strict = before


def _is_defined(node: tree.Call, run: Run, scope: Scope) -> Any:
    return _quiet(node, run, scope) is not None


def _get_or_else(node: tree.Call, run: Run, scope: Scope) -> Any:
    if len(node.arguments) != 2:
        raise Failed("feel.call.arguments", name="get or else", wanted="value、default")
    found = _quiet(node, run, scope)
    return run.value(node.arguments[1], scope) if found is None else found


# These look at a value that may not be there; they are no ordinary functions, which get values.
SPECIAL: dict[str, Callable[[tree.Call, Run, Scope], Any]] = {"is defined": _is_defined, "get or else": _get_or_else}

EVALUATORS: dict[type[Node], Callable[[Any, Run, Scope], Any]] = {
    tree.Call: _call,
    tree.FunctionNode: _function,
    tree.InstanceOf: _instance,
}
