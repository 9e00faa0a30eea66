"""What the variables of a running (sub)process are at this moment, when something other than its own end asks for them."""

from collections.abc import Iterable
from typing import Any

from service.engine.machine import Machine
from service.engine.merge import merge
from service.engine.tokens import Room, Token, fork_of, movers, notes_of


def variables_of(machine: Machine, room: Room, tokens: Iterable[Token] | None = None) -> dict[str, Any]:
    """The result so far with what every live token (or ``tokens`` alone) has changed since its fork, rooms inside it included."""
    found = room.result.now
    for token in movers(room.tokens()) if tokens is None else tokens:
        found = merge(room.base_of(fork_of(token)), [found, variables_at(machine, token)])
    return dict(found)


def variables_at(machine: Machine, token: Token, *, last: Token | None = None) -> dict[str, Any]:
    """What stands at a token: of a subprocess what stands inside it. ``last`` has the last word when it lies right inside."""
    inner = machine.rooms.get(token.id)
    if inner is None:
        return dict(token.data)
    tokens = movers(inner.tokens())
    if last in tokens:
        tokens = [t for t in tokens if t is not last] + [t for t in tokens if t is last]
    return variables_of(machine, inner, tokens)


def own_host(machine: Machine, token: Token) -> Token:
    """The token itself, or the multi-instance activity it is an instance of."""
    notes = notes_of(token)
    found: Token = machine.room_of(token).flow.tasks[notes["of"]] if "of" in notes else token
    return found
