"""BPMN errors: from where they happen outward to the first boundary event that catches their code."""

from SpiffWorkflow.task import Task

from service.domain.texts import say
from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Room, node_of, notes_of, own_copy


def raise_error(machine: Machine, task: Task, code: str, *, inside: bool) -> None:
    """Find the catcher and go on from there. ``inside``: the error is thrown by an end event, so the activity around it
    may catch it, not the event itself. EngineError when nobody catches."""
    data = task.data
    host: Task | None = task if not inside else machine.room_of(task).host
    while host is not None:
        room = machine.room_of(host)
        if "of" in notes_of(host):
            host = room.flow.tasks[notes_of(host)["of"]]
        catcher = _catcher(room, host, code)
        if catcher is not None:
            caught = own_copy(data)
            fork = notes_of(host).get("fork", 0)
            machine.cancel(host)
            machine.enter(room, catcher.id, data=caught, caught=code, **({"fork": fork} if fork else {}))
            return
        host = room.host
    raise EngineError("uncaught-error", say("engine.uncaught", code=code), element=node_of(task).id)


def _catcher(room: Room, host: Task, code: str) -> Node | None:
    """The boundary error event for exactly this code, else one that catches all."""
    found = [n for n in room.graph.attached[node_of(host).id] if n.event and n.event.kind == "error"]
    exact = next((n for n in found if n.event and n.event.name == code), None)
    return exact or next((n for n in found if n.event and not n.event.reference), None)
