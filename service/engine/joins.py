"""Gateways that bring tokens together."""

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.util.task import TaskState

from service.engine.branches import NOWHERE
from service.engine.choices import choose_inclusive
from service.engine.machine import Machine
from service.engine.merge import merge
from service.engine.tokens import Room, Token, fork_of, movers, node_of, notes_of


def arrive_parallel(machine: Machine, task: Token) -> bool | None:
    """Wait until a token came in by every flow; then one of each goes on as one, merged against their fork."""
    room, node = machine.room_of(task), node_of(task)
    incoming = room.graph.incoming[node.id]
    if len(incoming) < 2:
        return True
    firsts = _first_of_each_flow(_waiting(room, node.id, task))
    if len(firsts) < len(incoming):
        return None
    _join(machine, room, [firsts[flow.id] for flow in incoming], last=task)
    return True


def arrive_inclusive(machine: Machine, task: Token) -> bool | None:
    """A splitting inclusive gateway chooses at once; a joining one waits until nobody can still come."""
    if len(machine.room_of(task).graph.incoming[node_of(task).id]) < 2:
        return choose_inclusive(machine, task)
    return None


def fire_inclusive(machine: Machine, room: Room) -> bool:
    """Let one inclusive join go on to which nobody can still come: one token of each of its flows goes on as one."""
    if not room.graph.inclusive_joins:
        return False
    waiting = [t for t in room.tokens() if node_of(t).id in room.graph.inclusive_joins and t.state == TaskState.STARTED]
    for node in sorted({node_of(t).id for t in waiting}):
        here = [t for t in waiting if node_of(t).id == node]
        if _more_may_come(room, node, here):
            continue
        chosen = list(_first_of_each_flow(here).values())
        last = chosen[-1]
        _join(machine, room, chosen, last=last)
        choose_inclusive(machine, last)
        machine.finish(last)
        return True
    return False


def gathered(room: Room, branches: Iterable[tuple[int, dict[str, Any]]], shared: int) -> dict[str, Any]:
    """The variables of ``branches`` (fork, data) as one, against the fork all of them come from.

    Innermost forks first: what a branch only carries along from before its own fork must not undo what happened beside it.
    """
    levels: dict[int, list[dict[str, Any]]] = {}
    for fork, data in branches:
        levels.setdefault(fork, []).append(data)
    while set(levels) != {shared}:
        deepest = max(levels, key=lambda fork: len(room.chain(fork)))
        merged = merge(room.base_of(deepest), levels.pop(deepest))
        levels.setdefault(room.forks[deepest][1], []).append(merged)
    return merge(room.base_of(shared), levels[shared])


def shared_fork(room: Room, tokens: Iterable[Token]) -> int:
    """The innermost fork all tokens come from, 0 for the room itself."""
    chains = [room.chain(fork_of(t)) for t in tokens]
    return next(fork for fork in chains[0] if all(fork in chain for chain in chains))


def fork_without(room: Room, fork: int, gone: Token) -> int:
    """The innermost fork at or above ``fork`` that somebody besides ``gone`` still comes from."""
    others = {f for t in movers(room.tokens()) if t is not gone for f in room.chain(fork_of(t))}
    return next((f for f in room.chain(fork) if f in others), 0)


def _more_may_come(room: Room, join: str, here: list[Token]) -> bool:
    """The rule of BPMN 2.0, table 13.3: a token elsewhere can still reach a flow where none waits, and none where one waits.

    What a boundary event may yet bring counts for waiting, never against it: its host goes on all the same.
    """
    marked = {str(notes_of(t).get("via", "")) for t in here}
    ways, along_flows = room.graph.branches.entries(join), room.graph.branches.entries(join, events=False)
    for token in room.tokens():
        node = node_of(token).id
        if node != join and ways.get(node, NOWHERE) - marked and not along_flows.get(node, NOWHERE) & marked:
            return True
    return False


def _first_of_each_flow(waiting: list[Token]) -> dict[str, Token]:
    """Flow -> the oldest token that came in by it, in order of the tokens."""
    found: dict[str, Token] = {}
    for token in waiting:
        found.setdefault(str(notes_of(token).get("via", "")), token)
    return found


def _waiting(room: Room, node: str, task: Token) -> list[Token]:
    return [t for t in room.tokens() if node_of(t).id == node and (t.state == TaskState.STARTED or t is task)]


def _join(machine: Machine, room: Room, chosen: list[Token], *, last: Token) -> None:
    """``chosen`` become one token, ``last``: variables gathered up to the innermost fork they share."""
    shared = shared_fork(room, chosen)
    forks = [fork_of(t) for t in chosen]
    counted = gathered(room, [(f, room.base_of(f)) for f in forks], shared) if room.settled & set(forks) else None
    last.data = gathered(room, [(fork_of(t), t.data) for t in chosen], shared)
    for task in chosen:
        if task is not last:
            room.remove(task)
    above = fork_without(room, shared, last)
    if counted is not None:
        above = machine.new_branch(room, counted, above=above)
        room.settled.add(above)
    machine.rejoin(last, above)
