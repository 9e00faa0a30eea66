"""What each kind of node does when a token arrives: True is done at once, None waits. A plain table, in plain sight."""

from collections.abc import Mapping
from typing import Any

from service.domain.texts import say
from service.engine import dmn
from service.engine.arming import arm
from service.engine.choices import choose_one, choose_ways
from service.engine.conditions import fire_conditions
from service.engine.drawing import Node
from service.engine.errors import escalate, raise_error
from service.engine.expressions import key_of, plain, value_of
from service.engine.joins import arrive_inclusive, arrive_parallel, fire_inclusive
from service.engine.loops import arrive_loop, round_done
from service.engine.machine import Arrive, Machine, Ways
from service.engine.model import EngineError, Thrown
from service.engine.multi import arrive_multi, instance_done
from service.engine.tokens import Token, movers, node_of, notes_of
from service.engine.waits import arrive_alternatives, arrive_waiting, open_boundaries


def pass_through(_machine: Machine, _task: Token) -> bool | None:
    """Start events and undefined tasks do nothing."""
    return True


def decide(machine: Machine, task: Token) -> bool | None:
    """A business rule task: its decision over the variables, the result in camunda:resultVariable."""
    node = node_of(task)
    decision = machine.compiled.decisions[node.camunda("decisionRef")]
    try:
        result = dmn.evaluate(decision, task.data, at=machine.at, tank=machine.means.tank)
    except dmn.DmnError as error:
        machine.means.must_last(node.id)
        raise EngineError("expression", str(error), element=node.id, expression=node.camunda("decisionRef")) from error
    task.data[node.camunda("resultVariable")] = plain(result.value)
    notes_of(task)["detail"] = {"decision": node.camunda("decisionRef"), "matched": list(result.matched)}
    return True


def open_subprocess(machine: Machine, task: Token) -> bool | None:
    """An embedded subprocess or a called process begins with a copy of the variables."""
    node = node_of(task)
    scope = node.attributes["calledElement"] if node.kind == "callActivity" else node.id
    room = machine.open_room(task, scope)
    room.begin(task.data)
    open_boundaries(machine, task)
    arm(machine, room)
    start = next(n for n in room.graph.starts() if node.by_event or not n.events)
    machine.enter(room, start.id, data=dict(task.data))
    return None


def throw(machine: Machine, task: Token) -> bool | None:
    """Intermediate throw and end events: tell the outside, raise an error, stop a room, or nothing."""
    node = node_of(task)
    event = node.event
    if event is None:
        return True
    if event.kind == "terminate":
        room = machine.room_of(task)
        for other in movers(room.tokens()):
            if other is not task:
                machine.cancel(other)
    elif event.kind == "error":
        raise_error(machine, task, event.name, inside=True)
        return None
    elif event.kind == "escalation":
        return True if escalate(machine, task, event.name) else None
    elif event.kind != "link":
        machine.thrown.append(_thrown(machine, node, task.data))
    return True


def compute(machine: Machine, task: Token) -> bool | None:
    """A script task: its FEEL over the variables, the result in camunda:resultVariable."""
    node = node_of(task)
    task.data[node.camunda("resultVariable")] = value_of(node.script, task.data, means=machine.means, element=node.id)
    return True


def part_done(machine: Machine, child: Token) -> None:
    """An instance of a multi-instance activity, or a round of a loop, has finished."""
    host: Token = machine.room_of(child).flow.tasks[notes_of(child)["of"]]
    (instance_done if node_of(host).multi else round_done)(machine, child, host)


def _thrown(machine: Machine, node: Node, data: dict[str, Any]) -> Thrown:
    assert node.event
    key = node.own("correlationKey")
    payload = value_of(node.own("payload"), data, means=machine.means, element=node.id) if node.own("payload") else {}
    if not isinstance(payload, dict):
        raise EngineError(
            "expression", say("engine.payload.not_a_context"), element=node.id, expression=node.own("payload")
        )
    told = key_of(key, data, means=machine.means, element=node.id) if key else ""
    return Thrown(node.event.kind, node.event.name, told, payload)


BEHAVIOURS: Mapping[str, Arrive] = {
    "startEvent": pass_through,
    "task": pass_through,
    "manualTask": pass_through,
    "scriptTask": compute,
    "exclusiveGateway": choose_one,
    "parallelGateway": arrive_parallel,
    "inclusiveGateway": arrive_inclusive,
    "eventBasedGateway": arrive_alternatives,
    "businessRuleTask": decide,
    "subProcess": open_subprocess,
    "callActivity": open_subprocess,
    "intermediateThrowEvent": throw,
    "endEvent": throw,
    "userTask": arrive_waiting,
    "serviceTask": arrive_waiting,
    "sendTask": arrive_waiting,
    "receiveTask": arrive_waiting,
    "intermediateCatchEvent": arrive_waiting,
    "boundaryEvent": pass_through,  # entered only when it was triggered
    "multi": arrive_multi,
    "loop": arrive_loop,
}
WAYS = Ways(BEHAVIOURS, fire_inclusive, part_done, choose_ways, fire_conditions)
