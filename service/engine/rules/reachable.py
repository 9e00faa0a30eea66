"""Every node can be reached from the start, and from every node an end can be reached.

Bad: an approval drawn but connected to nothing: it looks as if it ran, and never does.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Scope
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Forward from the starts, backward from the ends."""
    for scope in drawing.scopes.values():
        ahead = {n: [f.target for f in scope.flows.values() if f.source == n] for n in scope.nodes}
        for node in scope.nodes.values():
            host = node.attributes.get("attachedToRef", "")
            if host in ahead:
                ahead[host].append(node.id)
        back = {n: [s for s, targets in ahead.items() if n in targets] for n in scope.nodes}
        yield from _missing(scope, ahead, kind="startEvent", text="rule.reachable.never")
        yield from _missing(scope, back, kind="endEvent", text="rule.reachable.no_end")


def _missing(scope: Scope, steps: dict[str, list[str]], *, kind: str, text: str) -> Iterable[Problem]:
    todo = [n.id for n in scope.nodes.values() if n.kind == kind]
    seen = set(todo)
    while todo:
        for following in steps.get(todo.pop(), []):
            if following in steps and following not in seen:
                seen.add(following)
                todo.append(following)
    for node in scope.nodes.values():
        if node.id not in seen:
            yield problem_at(node.place, "reachable", say(text, name=node.name or node.id))
