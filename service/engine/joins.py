"""Gateways that bring tokens together."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.engine.machine import Machine
from service.engine.merge import merge
from service.engine.tokens import Room, node_of, notes_of


def arrive_parallel(machine: Machine, task: Task) -> bool | None:
    """Wait until a token came in by every flow; then one of each goes on as one, merged against their fork."""
    room, node = machine.room_of(task), node_of(task)
    incoming = room.graph.incoming[node.id]
    if len(incoming) < 2:
        return True
    waiting = _waiting(room, node.id, task)
    chosen = []
    for flow in incoming:
        first = next((t for t in waiting if notes_of(t).get("via") == flow.id), None)
        if first is None:
            return None
        chosen.append(first)
    return _join(machine, room, chosen, last=task)


def arrive_inclusive(machine: Machine, task: Task) -> bool | None:
    """A splitting inclusive gateway chooses at once; a joining one waits until nobody can still come."""
    from service.engine.behaviours import choose_inclusive

    if len(machine.room_of(task).graph.incoming[node_of(task).id]) < 2:
        return choose_inclusive(machine, task)
    return None


def fire_inclusive(machine: Machine, room: Room) -> bool:
    """Let one inclusive join go on for which no other token can still come in by another flow."""
    from service.engine.behaviours import choose_inclusive

    joins = {node_of(t).id: t for t in reversed(room.tokens()) if _is_waiting_join(room, t)}
    for node, task in sorted(joins.items()):
        others = [t for t in room.tokens() if node_of(t).id != node]
        if any(node in room.graph.reach[node_of(t).id] for t in others):
            continue
        waiting = _waiting(room, node, task)
        _join(machine, room, waiting, last=task)
        choose_inclusive(machine, task)
        task.complete()
        return True
    return False


def _is_waiting_join(room: Room, task: Task) -> bool:
    return node_of(task).kind == "inclusiveGateway" and task.state == TaskState.STARTED


def _waiting(room: Room, node: str, task: Task) -> list[Task]:
    return [t for t in room.tokens() if node_of(t).id == node and (t.state == TaskState.STARTED or t is task)]


def _join(machine: Machine, room: Room, chosen: list[Task], *, last: Task) -> bool:
    """``chosen`` become one token, ``last``: data merged against the innermost fork they share."""
    chains = [room.chain(notes_of(t).get("fork", 0)) for t in chosen]
    shared = next(fork for fork in chains[0] if all(fork in chain for chain in chains))
    last.data = merge(room.base_of(shared), [t.data for t in chosen])
    for task in chosen:
        if task is not last:
            room.remove(task)
    rest = [t for t in room.tokens() if t is not last and shared in room.chain(notes_of(t).get("fork", 0))]
    above = shared if rest or not shared else room.forks[shared][1]
    notes_of(last).pop("fork", None)
    if above:
        notes_of(last)["fork"] = above
    return True
