"""Flows join nodes of one scope; every scope has one plain start; activities have one way out, or several with conditions.

The main process may also have message start events, each for a message of its own.

Good: task -> gateway -> two flows. Bad: two flows straight out of a task (an undrawn fork), a flow into a subprocess's inside.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import ACTIVITIES, GATEWAYS, Drawing, Node, Scope
from service.engine.model import Problem

NO_WAY_IN = frozenset({"startEvent", "boundaryEvent"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Scope by scope."""
    for scope in drawing.scopes.values():
        yield from _ends(scope)
        yield from _starts(drawing, scope)
        for node in scope.nodes.values():
            yield from _node(scope, node)


def _ends(scope: Scope) -> Iterable[Problem]:
    for flow in scope.flows.values():
        for end in (flow.source, flow.target):
            if end not in scope.nodes:
                yield problem_at(flow.place, "flows", say("rule.flows.loose", flow=flow.id, end=end))


def _starts(drawing: Drawing, scope: Scope) -> Iterable[Problem]:
    around = drawing.node(scope.id)
    if around is not None and around.by_event:
        return  # see events
    starts = [n for n in scope.nodes.values() if n.kind == "startEvent"]
    plain = [n for n in starts if not n.events]
    place = around.place if around else drawing.processes[scope.id].place
    if len(plain) != 1:
        yield problem_at(place, "flows", say("rule.flows.starts", count=len(plain)))
    seen: set[str] = set()
    for node in starts:
        if node.event and node.event.kind == "message" and scope.id in _mains(drawing):
            if node.event.name in seen:
                yield problem_at(node.place, "flows", say("rule.flows.same_start", message=node.event.name))
            seen.add(node.event.name)
        elif node.event:
            yield problem_at(node.place, "flows", say("rule.flows.start_event"))


def _mains(drawing: Drawing) -> set[str]:
    """The main process; when none was found, every process might be it."""
    return {drawing.main} if drawing.main else set(drawing.processes)


def _node(scope: Scope, node: Node) -> Iterable[Problem]:
    out, into = len(scope.outgoing(node.id)), len(scope.incoming(node.id))
    if node.kind == "endEvent" and out:
        yield problem_at(node.place, "flows", say("rule.flows.after_end"))
    if node.kind != "endEvent" and not out and not node.by_event and not node.thrown_link:
        yield problem_at(node.place, "flows", say("rule.flows.dead_end", name=node.name or node.id))
    chosen = node.kind in ACTIVITIES and any(f.condition for f in scope.outgoing(node.id))  # see gateways
    if node.kind not in GATEWAYS and out > 1 and not chosen and not node.thrown_link:
        yield problem_at(node.place, "flows", say("rule.flows.undrawn_fork", name=node.name or node.id, count=out))
    if node.kind in NO_WAY_IN and into:
        yield problem_at(node.place, "flows", say("rule.flows.into_start"))
