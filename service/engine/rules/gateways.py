"""Choosing gateways say what they choose: a condition on every flow but the default one, and a default so that no case gets stuck.

Good: ``= decision = "agree"`` on one flow, the other is the default. Bad: a condition on a flow out of a task: it would be ignored.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Flow, Node, Scope
from service.engine.model import Problem

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Gateways, then flows that carry a condition they must not."""
    for scope in drawing.scopes.values():
        for node in scope.nodes.values():
            if node.kind in CHOOSING and len(scope.outgoing(node.id)) > 1:
                yield from _choosing(scope, node)
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


def _condition_elsewhere(scope: Scope, flow: Flow) -> Iterable[Problem]:
    source = scope.nodes.get(flow.source)
    if not flow.condition or source is None:
        return
    if source.kind not in CHOOSING or len(scope.outgoing(source.id)) < 2:
        yield problem_at(flow.place, "gateways", say("rule.gateways.ignored", flow=flow.id))
