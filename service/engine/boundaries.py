"""A boundary event happens: interrupting, its host ends and the event's flow goes on with what stood in it; else both go on beside each other."""

from typing import Any

from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.model import Trail
from service.engine.tokens import Room, Token, fork_of, node_of, notes_of
from service.engine.views import variables_at
from service.engine.waits import hang_again, wait_kind


def happen(
    machine: Machine, room: Room, node: Node, *, host: Token, payload: dict[str, Any], event: Token | None = None
) -> None:
    """``event``: the token that waited for it, when one did."""
    data = variables_at(machine, host)
    fork = fork_of(host)
    machine.trail.append(Trail(node.id, node.kind, node.name, "completed", {}))
    if node.interrupts:
        machine.cancel(host)
    else:
        fork = machine.new_fork(room, data, above=fork)
        machine.rejoin(host, fork)
        if event is not None and wait_kind(node) == "timer":
            hang_again(machine, event, data)
    machine.last = data | payload
    machine.go_on(room, node, data=data | payload, notes={"fork": fork})


def choose(machine: Machine, event: Token, payload: dict[str, Any]) -> None:
    """The first event behind an event-based gateway: the gateway is done, what else waited behind it waits no more."""
    room, node = machine.room_of(event), node_of(event)
    gateway: Token = room.flow.tasks[notes_of(event)["host"]]
    data, fork = dict(gateway.data) | payload, fork_of(gateway)
    machine.cancel(gateway, "completed")
    machine.trail.append(Trail(node.id, node.kind, node.name, "completed", {}))
    machine.last = data
    machine.go_on(room, node, data=data, notes={"fork": fork})
