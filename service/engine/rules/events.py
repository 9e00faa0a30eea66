"""Events are of a kind we run, where we run it, and sit where they can happen.

Run: start none/message; catch timer/message/signal; throw and end none/message/signal/error(end)/terminate(end); boundary
timer/message/signal/error on tasks that wait, subprocesses and called processes. Everything else is refused by name.

Good: a boundary timer on a user task. Bad: a boundary timer on a gateway, a link event, an error that does not interrupt.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import EVENTS, Drawing, Event, Node, Scope
from service.engine.model import Problem

ALLOWED: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"message"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal"}),
    "intermediateThrowEvent": frozenset({"message", "signal"}),
    "endEvent": frozenset({"message", "signal", "error", "terminate"}),
    "boundaryEvent": frozenset({"timer", "message", "signal", "error"}),
}
NEED_ONE = frozenset({"intermediateCatchEvent", "boundaryEvent"})
HOSTS = frozenset({"userTask", "serviceTask", "sendTask", "receiveTask", "subProcess", "callActivity"})
NO_ERROR = frozenset({"receiveTask"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every event."""
    for scope in drawing.scopes.values():
        for node in scope.nodes.values():
            if node.kind in EVENTS:
                yield from _definitions(node)
            if node.kind == "boundaryEvent":
                yield from _boundary(scope, node)
            if node.kind == "subProcess" and node.attributes.get("triggeredByEvent") == "true":
                yield problem_at(node.place, "events", say("rule.events.subprocess"))


def _definitions(node: Node) -> Iterable[Problem]:
    if len(node.events) > 1:
        yield problem_at(node.place, "events", say("rule.events.several"))
    if not node.events and node.kind in NEED_ONE:
        yield problem_at(node.place, "events", say("rule.events.none", kind=node.kind))
    for event in node.events:
        if event.kind not in ALLOWED[node.kind]:
            yield problem_at(node.place, "events", say("rule.events.kind", kind=event.kind, where=node.kind))
        elif event.kind in ("message", "signal") and not event.name:
            yield problem_at(node.place, "events", say("rule.events.no_name", kind=event.kind))
        elif event.kind == "error" and not event.name and (node.kind == "endEvent" or event.reference):
            yield problem_at(node.place, "events", say("rule.events.no_code"))


def _boundary(scope: Scope, node: Node) -> Iterable[Problem]:
    host = scope.nodes.get(node.attributes.get("attachedToRef", ""))
    if host is None or host.kind not in HOSTS:
        yield problem_at(node.place, "events", say("rule.events.host"))
    elif node.event and node.event.kind == "error":
        if host.kind in NO_ERROR:
            yield problem_at(node.place, "events", say("rule.events.host"))
        if node.attributes.get("cancelActivity") == "false":
            yield problem_at(node.place, "events", say("rule.events.error_interrupts"))
        first = next(n for n in scope.attached(host.id) if n.event and _same_error(n.event, node.event))
        if first.id != node.id:
            yield problem_at(node.place, "events", say("rule.events.same_code", code=node.event.name))


def _same_error(one: Event, other: Event) -> bool:
    return one.kind == "error" and (one.name, bool(one.reference)) == (other.name, bool(other.reference))
