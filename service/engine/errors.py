"""BPMN errors and escalations: from where they happen outward to the first that catches their code.

In each scope an event subprocess is asked first, then the boundary events of the activity around it. The catcher sees the variables as
they stand where it happened, inside the activity that is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.domain.texts import say
from service.engine.arming import catching, matching, spring
from service.engine.boundaries import happen
from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Room, Token, fork_of, node_of, notes_of
from service.engine.views import own_host, variables_at


@dataclass(frozen=True, slots=True)
class Caught:
    """``node`` catches it in ``room``: a boundary event of ``host``, or without one the start of an event subprocess.

    ``failed``: the token in the room at which, or inside which, it happened.
    """

    room: Room
    node: Node
    host: Token | None
    failed: Token


def raise_error(machine: Machine, task: Token, code: str, *, inside: bool) -> None:
    """Find the catcher and go on from there. ``inside``: the error is thrown by an end event, so the activity around it
    may catch it, not the event itself. EngineError when nobody catches.
    """
    if inside:
        machine.note(task, "error")
    caught = next(_catchers(machine, task, "error", code, inside=inside), None)
    if caught is None:
        raise EngineError("uncaught-error", say("engine.uncaught", code=code), element=node_of(task).id)
    if caught.host is None:
        payload = variables_at(machine, caught.failed, last=task)
        if inside:
            machine.room_of(task).remove(task)
        else:
            machine.cancel(own_host(machine, task), "error")
        spring(machine, caught.room, caught.node, payload)
        return
    data, fork = variables_at(machine, caught.failed, last=task), fork_of(caught.host)
    if inside:
        machine.room_of(task).remove(task)
    machine.cancel(caught.host, "error")
    machine.enter(caught.room, caught.node.id, data=data, **({"fork": fork} if fork else {}))


def escalate(machine: Machine, task: Token, code: str) -> bool:
    """Tell the first that catches it; nobody needs to. False when the token that threw it ended with the activity around it."""
    caught = next(_catchers(machine, task, "escalation", code, inside=True), None)
    notes_of(task)["detail"] = {"escalation": code, "caught": caught.node.id if caught else ""}
    if caught is None:
        return True
    interrupts = caught.node.interrupts
    if interrupts:
        machine.note(task, "completed")
    payload: dict[str, Any] = variables_at(machine, caught.failed, last=task)
    if interrupts:
        machine.room_of(task).remove(task)
    if caught.host is None:
        spring(machine, caught.room, caught.node, payload)
    else:
        happen(machine, caught.room, caught.node, host=caught.host, payload=payload)
    return not interrupts


def _catchers(machine: Machine, task: Token, kind: str, code: str, *, inside: bool) -> Iterator[Caught]:
    """Innermost first."""
    room, failed = machine.room_of(task), task
    host: Token | None = None if inside else own_host(machine, task)
    while True:
        if host is not None:
            node = matching(room.graph.attached[node_of(host).id], kind, code)
            if node:
                yield Caught(room, node, host, failed)
        node = catching(room, host or task, kind, code)
        if node:
            yield Caught(room, node, None, failed)
        if room.host is None:
            return
        failed = room.host
        host = own_host(machine, failed)
        room = machine.room_of(host)
