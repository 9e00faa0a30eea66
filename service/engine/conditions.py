"""Conditional events: looked at whenever a token has passed a node, over the variables of their scope with what every branch has changed.

What waits at an intermediate event goes on as soon as the condition holds. A boundary event or event subprocess that does not interrupt
happens when the condition begins to hold, and again only after it has ceased to.
"""

from SpiffWorkflow.util.task import TaskState

from service.engine.arming import spring
from service.engine.boundaries import choose, happen
from service.engine.expressions import holds_now
from service.engine.machine import Machine
from service.engine.tokens import Room, Token, node_of, notes_of
from service.engine.views import variables_of
from service.engine.waits import is_alternative


def fire_conditions(machine: Machine, room: Room) -> bool:
    """Let the first whose condition holds now happen; False when none does."""
    if not room.graph.conditional:
        return False
    waiting = [t for t in room.tokens() if node_of(t).id in room.graph.conditional and t.state == TaskState.STARTED]
    for task in waiting:
        node = node_of(task)
        assert node.event
        data = variables_of(machine, room)
        holds = holds_now(node.event.condition, data, means=machine.means, element=node.id)
        if holds and not notes_of(task).get("held"):
            _happen(machine, room, task)
            return True
        if not holds:
            notes_of(task).pop("held", None)
    return False


def _happen(machine: Machine, room: Room, task: Token) -> None:
    node, notes = node_of(task), notes_of(task)
    machine.count_step(task)
    notes["held"] = 1
    if "armed" in notes:
        spring(machine, room, node, {}, armed=task)
    elif is_alternative(task):
        choose(machine, task, {})
    elif "host" in notes:
        happen(machine, room, node, host=room.flow.tasks[notes["host"]], payload={}, event=task)
    else:
        machine.finish(task)
