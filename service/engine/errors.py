"""BPMN errors: from where they happen outward to the first boundary event that catches their code."""

from service.domain.texts import say
from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Room, Token, fork_of, node_of
from service.engine.views import own_host, variables_at


def raise_error(machine: Machine, task: Token, code: str, *, inside: bool) -> None:
    """Find the catcher and go on from there. ``inside``: the error is thrown by an end event, so the activity around it
    may catch it, not the event itself. EngineError when nobody catches.

    The catcher sees the variables as they stand where the error happened, inside the activity that is left.
    """
    if inside:
        machine.note(task, "error")
    host = machine.room_of(task).host if inside else task
    while host is not None:
        failed, host = host, own_host(machine, host)
        room = machine.room_of(host)
        catcher = _catcher(room, host, code)
        if catcher is not None:
            data = variables_at(machine, failed, last=task)
            fork = fork_of(host)
            if inside:
                machine.room_of(task).remove(task)
            machine.cancel(host, "error")
            machine.enter(room, catcher.id, data=data, **({"fork": fork} if fork else {}))
            return
        host = room.host
    raise EngineError("uncaught-error", say("engine.uncaught", code=code), element=node_of(task).id)


def _catcher(room: Room, host: Token, code: str) -> Node | None:
    """The boundary error event for exactly this code, else one that catches all."""
    found = [n for n in room.graph.attached[node_of(host).id] if n.event and n.event.kind == "error"]
    exact = next((n for n in found if n.event and n.event.reference and n.event.name == code), None)
    return exact or next((n for n in found if n.event and not n.event.reference), None)
