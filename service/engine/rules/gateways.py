"""Who chooses says what: a condition on every flow but the default one, and a default so that no case gets stuck.

The same for activities with conditions on their flows, where a flow without one is always taken. Behind an event-based gateway
stand the events it waits for, each reached by it alone.

Good: ``= decision = "agree"`` on one flow, the other is the default. Bad: a condition on a flow out of a parallel gateway: it would be ignored.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import ACTIVITIES, Drawing, Flow, Node, Scope
from service.engine.model import Problem

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Gateways, then flows that carry a condition they must not."""
    for scope in drawing.scopes.values():
        for node in scope.nodes.values():
            if node.kind in CHOOSING and len(scope.outgoing(node.id)) > 1:
                yield from _choosing(scope, node)
            if node.kind in ACTIVITIES:
                yield from _choosing_activity(scope, node)
            if node.kind == "eventBasedGateway":
                yield from _alternatives(scope, node)
        for flow in scope.flows.values():
            yield from _condition_elsewhere(scope, flow)


def _choosing(scope: Scope, node: Node) -> Iterable[Problem]:
    flows = scope.outgoing(node.id)
    default = node.attributes.get("default", "")
    if default not in {f.id for f in flows}:
        yield problem_at(node.place, "gateways", say("rule.gateways.default", name=node.name or node.id))
    for flow in flows:
        if flow.id == default and flow.condition:
            yield problem_at(flow.place, "gateways", say("rule.gateways.default_condition", flow=flow.id))
        if flow.id != default and not flow.condition:
            yield problem_at(flow.place, "gateways", say("rule.gateways.no_condition", flow=flow.id))


def _choosing_activity(scope: Scope, node: Node) -> Iterable[Problem]:
    flows = scope.outgoing(node.id)
    default = node.attributes.get("default", "")
    name = node.name or node.id
    if not any(f.condition for f in flows):
        if default:
            yield problem_at(node.place, "gateways", say("rule.gateways.default_alone", name=name))
    elif default and default not in {f.id for f in flows}:
        yield problem_at(node.place, "gateways", say("rule.gateways.default", name=name))
    elif default and any(f.id == default and f.condition for f in flows):
        yield problem_at(node.place, "gateways", say("rule.gateways.default_condition", flow=default))
    elif not default and all(f.condition for f in flows):
        yield problem_at(node.place, "gateways", say("rule.gateways.all_conditions", name=name))


def _alternatives(scope: Scope, node: Node) -> Iterable[Problem]:
    flows = scope.outgoing(node.id)
    if len(flows) < 2:
        yield problem_at(node.place, "gateways", say("rule.gateways.alternatives", name=node.name or node.id))
    for flow in flows:
        target = scope.nodes.get(flow.target)
        if target and (not _is_alternative(target) or len(scope.incoming(target.id)) > 1 or scope.attached(target.id)):
            yield problem_at(target.place, "gateways", say("rule.gateways.alternative", name=target.name or target.id))


def _is_alternative(node: Node) -> bool:
    catching = node.kind == "intermediateCatchEvent" and node.event is not None and node.event.kind != "link"
    return catching or (node.kind == "receiveTask" and not node.multi and not node.loop)


def _condition_elsewhere(scope: Scope, flow: Flow) -> Iterable[Problem]:
    source = scope.nodes.get(flow.source)
    if not flow.condition or source is None:
        return
    if source.kind not in ACTIVITIES and (source.kind not in CHOOSING or len(scope.outgoing(source.id)) < 2):
        yield problem_at(flow.place, "gateways", say("rule.gateways.ignored", flow=flow.id))
