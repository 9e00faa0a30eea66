"""Every node can be reached from the start, and from every node an end can be reached. Event subprocesses stand by themselves.

Good: every approval on a road from start to end, or behind a boundary event of such a node. Bad: an approval drawn but connected
to nothing: it looks as if it ran, and never does.
"""

from collections.abc import Callable, Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Scope
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Forward from the starts, backward from the ends."""
    for scope in drawing.scopes.values():
        yield from _missing(scope, scope.following, kind="startEvent", text="rule.reachable.never")
        yield from _missing(scope, scope.preceding, kind="endEvent", text="rule.reachable.no_end")


def _missing(scope: Scope, step: Callable[[str], list[str]], *, kind: str, text: str) -> Iterable[Problem]:
    todo = [n.id for n in scope.nodes.values() if n.kind == kind or n.by_event]
    seen = set(todo)
    while todo:
        for other in step(todo.pop()):
            if other in scope.nodes and other not in seen:
                seen.add(other)
                todo.append(other)
    for node in scope.nodes.values():
        if node.id not in seen:
            yield problem_at(node.place, "reachable", say(text, name=node.name or node.id))
