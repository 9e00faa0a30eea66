"""Events are of a kind we run, where we run it, and sit where they can happen.

Run: start none/message; catch timer/message/signal/conditional/link; throw and end none/message/signal/escalation, throw link, end
error/terminate; boundary timer/message/signal/conditional/error on tasks that wait, subprocesses and called processes, escalation on the
last two. An event subprocess begins on message, signal, timer, conditional, error or escalation. Everything else is refused by name.

Good: a boundary timer on a user task. Bad: a boundary timer on a gateway, compensation, an error that does not interrupt.
"""

from collections.abc import Iterable, Sequence

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import EVENTS, Drawing, Event, Node, Scope
from service.engine.model import Problem

BEGINNING = frozenset({"message", "signal", "timer", "conditional", "error", "escalation"})
ALLOWED: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"message"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link"}),
    "endEvent": frozenset({"message", "signal", "escalation", "error", "terminate"}),
    "boundaryEvent": frozenset({"timer", "message", "signal", "conditional", "error", "escalation"}),
}
NEED_ONE = frozenset({"intermediateCatchEvent", "boundaryEvent"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent"})
AROUND_OTHERS = frozenset({"subProcess", "callActivity"})
HOSTS = AROUND_OTHERS | {"userTask", "serviceTask", "sendTask", "receiveTask"}
NO_ERROR = frozenset({"receiveTask"})
CODED = frozenset({"error", "escalation"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every event."""
    for scope in drawing.scopes.values():
        for node in scope.nodes.values():
            if node.kind in EVENTS:
                yield from _definitions(node, ALLOWED[node.kind] if not drawing.begins_on_event(node) else BEGINNING)
            if node.kind == "boundaryEvent":
                yield from _boundary(scope, node)
            if node.kind == "startEvent" and not node.interrupts and not drawing.begins_on_event(node):
                yield problem_at(node.place, "events", say("rule.events.interrupts_nothing"))
        yield from _links(scope)
        yield from _subprocesses(drawing, scope)


def _definitions(node: Node, allowed: frozenset[str]) -> Iterable[Problem]:
    if len(node.events) > 1:
        yield problem_at(node.place, "events", say("rule.events.several"))
    if not node.events and node.kind in NEED_ONE:
        yield problem_at(node.place, "events", say("rule.events.none", kind=node.kind))
    for event in node.events:
        if event.kind not in allowed:
            yield problem_at(node.place, "events", say("rule.events.kind", kind=event.kind, where=node.kind))
        else:
            yield from (problem_at(node.place, "events", text) for text in _named(node, event))


def _named(node: Node, event: Event) -> Iterable[str]:
    if event.kind in ("message", "signal") and not event.name:
        yield say("rule.events.no_name", kind=event.kind)
    if event.kind in CODED and not event.name and (node.kind in THROWING or event.reference):
        yield say("rule.events.no_code" if event.kind == "error" else "rule.events.no_escalation")
    if event.kind == "conditional" and not event.condition:
        yield say("rule.events.no_condition")
    if event.kind == "link" and not event.name:
        yield say("rule.events.no_link")


def _boundary(scope: Scope, node: Node) -> Iterable[Problem]:
    host = scope.nodes.get(node.attributes.get("attachedToRef", ""))
    kind = node.event.kind if node.event else ""
    if host is None or host.kind not in HOSTS or host.by_event or (kind == "error" and host.kind in NO_ERROR):
        yield problem_at(node.place, "events", say("rule.events.host"))
    elif kind == "escalation" and host.kind not in AROUND_OTHERS:
        yield problem_at(node.place, "events", say("rule.events.escalation_host"))
    elif kind in CODED:
        if kind == "error" and not node.interrupts:
            yield problem_at(node.place, "events", say("rule.events.error_interrupts"))
        yield from _same_code(node, scope.attached(host.id))


def _same_code(node: Node, beside: Sequence[Node]) -> Iterable[Problem]:
    """Two that catch the same: only the first would ever."""
    assert node.event
    first = next(n for n in beside if n.event and _same(n.event, node.event))
    if first.id != node.id:
        yield problem_at(node.place, "events", say(f"rule.events.same_{node.event.kind}", code=node.event.name))


def _same(one: Event, other: Event) -> bool:
    return (one.kind, one.name, bool(one.reference)) == (other.kind, other.name, bool(other.reference))


def _links(scope: Scope) -> Iterable[Problem]:
    """Each name has one catching half in its scope, and what is thrown arrives there and nowhere else."""
    catching: dict[str, str] = {}
    for node in scope.nodes.values():
        if node.caught_link:
            first = catching.setdefault(node.caught_link, node.id)
            if first != node.id:
                yield problem_at(
                    node.place, "events", say("rule.events.link_twice", name=node.caught_link, first=first)
                )
            if any(not f.link for f in scope.incoming(node.id)):
                yield problem_at(node.place, "events", say("rule.events.link_into", name=node.caught_link))
    for node in scope.nodes.values():
        if node.thrown_link and node.thrown_link not in catching:
            yield problem_at(node.place, "events", say("rule.events.link_nowhere", name=node.thrown_link))
        if node.thrown_link and any(not f.link for f in scope.outgoing(node.id)):
            yield problem_at(node.place, "events", say("rule.events.link_out", name=node.thrown_link))


def _subprocesses(drawing: Drawing, scope: Scope) -> Iterable[Problem]:
    """One start with one event each, no flow in or out, and no two of a scope that catch the same error or escalation."""
    subs = scope.event_subprocesses()
    starts = {sub.id: [n for n in drawing.scopes[sub.id].nodes.values() if n.kind == "startEvent"] for sub in subs}
    beside = [n for found in starts.values() for n in found if n.event]
    for sub in subs:
        if scope.incoming(sub.id) or scope.outgoing(sub.id):
            yield problem_at(sub.place, "events", say("rule.events.sub_flows"))
        if sub.multi or sub.loop:
            yield problem_at(sub.place, "events", say("rule.multi.where"))
        if len(starts[sub.id]) != 1 or not starts[sub.id][0].events:
            yield problem_at(sub.place, "events", say("rule.events.sub_start", count=len(starts[sub.id])))
            continue
        start = starts[sub.id][0]
        if start.event and start.event.kind in CODED:
            yield from _same_code(start, beside)
        if start.event and start.event.kind == "error" and not start.interrupts:
            yield problem_at(start.place, "events", say("rule.events.error_interrupts"))
