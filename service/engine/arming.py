"""Event subprocesses: while their scope runs, a token waits at the start event of each; when it happens, the subprocess begins.

An interrupting one ends everything else in its scope first, and no other event subprocess of that scope can begin any more. One that
does not interrupt runs beside the rest, as often as its event happens; the scope ends when all of it has ended. Errors and escalations
wait for nothing outside: ``errors`` looks their event subprocesses up when they happen.
"""

from typing import Any

from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.tokens import Room, Token, fork_of, movers, node_of, notes_of
from service.engine.views import variables_at, variables_of
from service.engine.waits import hang, hang_again, wait_kind


def arm(machine: Machine, room: Room) -> None:
    """A scope begins: its event subprocesses wait."""
    for start in room.graph.triggers:
        node: Node = room.graph.spec.task_specs[start].node
        if wait_kind(node) or start in room.graph.conditional:
            hang(machine, room, start, data=room.base.now, armed=1)


def spring(machine: Machine, room: Room, start: Node, payload: dict[str, Any], *, armed: Token | None = None) -> None:
    """The event of an event subprocess has happened. ``armed``: the token that waited for it."""
    notes: dict[str, Any] = {"interrupting": 1}
    data = variables_of(machine, room)
    if start.interrupts:
        for task in movers(room.tokens()):
            machine.cancel(task)
        machine.disarm(room)
    else:
        _settle_what_all_have_changed(machine, room)
        notes = {"fork": machine.new_branch(room, data)}
        if armed is not None and wait_kind(start) == "timer":
            hang_again(machine, armed, data)
    machine.enter(room, room.graph.triggers[start.id].id, data=data | payload, **notes)


def _settle_what_all_have_changed(machine: Machine, room: Room) -> None:
    """What every token has changed so far counts now, and what it changes later is told against this moment: else the end of a branch
    would bring back a value that the event subprocess has seen and changed since."""
    for task in movers(room.tokens()):
        fork = machine.new_fork(room, variables_at(machine, task), above=fork_of(task))
        room.settled.add(fork)
        machine.rejoin(task, fork)


def is_interrupted(room: Room) -> bool:
    """Whether an interrupting event subprocess has taken the scope over."""
    return any("interrupting" in notes_of(t) for t in room.tokens())


def catching(room: Room, under: Token, kind: str, code: str) -> Node | None:
    """The start of an event subprocess of the room that catches this error or escalation, thrown at or inside the token ``under``."""
    if is_interrupted(room):
        return None
    starts: list[Node] = [
        room.graph.spec.task_specs[id].node for id, sub in room.graph.triggers.items() if sub.id != node_of(under).id
    ]
    return matching(starts, kind, code)


def matching(nodes: list[Node], kind: str, code: str) -> Node | None:
    """The event for exactly this code, else one that catches all."""
    found = [n for n in nodes if n.event and n.event.kind == kind]
    exact = next((n for n in found if n.event and n.event.reference and n.event.name == code), None)
    return exact or next((n for n in found if n.event and not n.event.reference), None)
