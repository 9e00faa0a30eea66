"""Gateways that choose, and flows with conditions out of activities: which of the drawn flows a token takes."""

from typing import Any

from service.domain.texts import say
from service.engine.drawing import ACTIVITIES, Flow, Node
from service.engine.expressions import truth_of
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Token, node_of, notes_of


def choose_one(machine: Machine, task: Token) -> bool | None:
    """The first flow whose condition holds, in the order drawn; else the default flow; else no way on."""
    node = node_of(task)
    flows = machine.room_of(task).graph.outgoing[node.id]
    if len(flows) == 1:
        return True
    default = node.attributes.get("default", "")
    for flow in flows:
        if flow.id != default and _holds(machine, flow, task.data):
            notes_of(task)["take"] = [flow.id]
            return True
    _take_default(node, task, default)
    return True


def choose_inclusive(machine: Machine, task: Token) -> bool | None:
    """Every flow whose condition holds, or the default flow."""
    node = node_of(task)
    flows = machine.room_of(task).graph.outgoing[node.id]
    default = node.attributes.get("default", "")
    if len(flows) == 1:
        return True
    chosen = [f.id for f in flows if f.id != default and _holds(machine, f, task.data)]
    if chosen:
        notes_of(task)["take"] = chosen
    else:
        _take_default(node, task, default)
    return True


def choose_ways(machine: Machine, task: Token) -> None:
    """Out of an activity: every flow without a condition, every one whose condition holds, or else the default flow."""
    node = node_of(task)
    flows = machine.room_of(task).graph.outgoing[node.id]
    if node.kind not in ACTIVITIES or not any(f.condition for f in flows):
        return
    default = node.attributes.get("default", "")
    chosen = [
        f.id for f in flows if f.id != default and (not f.condition or _holds(machine, f, task.data))
    ]  # fmt: skip
    if chosen:
        notes_of(task)["take"] = chosen
    else:
        _take_default(node, task, default)


def _holds(machine: Machine, flow: Flow, data: dict[str, Any]) -> bool:
    return truth_of(flow.condition, data, means=machine.means, element=flow.id)


def _take_default(node: Node, task: Token, default: str) -> None:
    if not default:
        raise EngineError("no-flow", say("engine.no_flow", gateway=node.name or node.id), element=node.id)
    notes_of(task)["take"] = [default]
