"""A diagram has a size people can read and the engine can hold: at most 2,000 nodes and 5,000 flows, nested at most 16 deep.

Good: a process of 60 nodes that calls another. Bad: 2,001 nodes, or a subprocess in a subprocess in ... seventeen times.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem

MOST_NODES = 2_000
MOST_FLOWS = 5_000
DEEPEST = 16


def check(drawing: Drawing) -> Iterable[Problem]:
    """Counted over the whole deployment."""
    nodes, flows = sum(1 for _ in drawing.nodes()), sum(1 for _ in drawing.flows())
    first = next(iter(drawing.processes.values()), None)
    if first and nodes > MOST_NODES:
        yield problem_at(first.place, "limits", say("rule.limits.nodes", count=nodes, limit=MOST_NODES))
    if first and flows > MOST_FLOWS:
        yield problem_at(first.place, "limits", say("rule.limits.flows", count=flows, limit=MOST_FLOWS))
    for node in drawing.nodes():
        if node.kind == "subProcess" and _depth(drawing, node.id) > DEEPEST:
            yield problem_at(node.place, "limits", say("rule.limits.depth", limit=DEEPEST))


def _depth(drawing: Drawing, scope: str) -> int:
    """A circle has no depth: a process and something in it go by the same id, and ``ids`` says so."""
    seen: set[str] = set()
    node = drawing.node(scope)
    while node is not None and node.id not in seen and len(seen) <= DEEPEST:
        seen.add(node.id)
        node = drawing.node(node.scope)
    return len(seen)
