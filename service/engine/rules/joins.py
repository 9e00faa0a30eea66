"""A parallel join has no way back into itself: a loop comes together at an exclusive gateway.

Good: the loop comes back to an exclusive gateway before the fork. Bad: the second round of a loop enters a parallel join by the
loop's flow and waits for ever for the others.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Scope
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Parallel gateways with several flows in."""
    for scope in drawing.scopes.values():
        for node in scope.nodes.values():
            incoming = scope.incoming(node.id)
            if node.kind == "parallelGateway" and len(incoming) > 1:
                back = [f.id for f in incoming if f.source in _after(scope, node.id)]
                if back and len(back) < len(incoming):
                    text = say("rule.joins.loop", name=node.name or node.id, flows=", ".join(back))
                    yield problem_at(node.place, "joins", text)


def _after(scope: Scope, start: str) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for target in scope.following(todo.pop()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found
