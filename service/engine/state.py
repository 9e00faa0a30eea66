"""The state of a case as bytes: only tokens that are alive, each value stored once however many tokens carry it.

Our own compact rows, never SpiffWorkflow's serializer: that embeds whole specifications, mistakes a user's field ``typename`` for
one of its own objects, and evaluates Python when it migrates old versions. Older versions are lifted by ``upgrades``, unknown refused.

``{v, n, status, values: [text], rooms: [[number, scope, base, result, forks, tokens]]}``; variables are rows ``{name: place}`` with
the places of codec texts in ``values``; a fork is ``[id, base, id above, 1 if settled]``, a token ``[number, node, state, variables, notes, book?]``.
"""

import hashlib
from typing import Any

from service.engine import upgrades
from service.engine.behaviours import WAYS
from service.engine.machine import Compiled, Machine
from service.engine.model import STATE_VERSION
from service.engine.tokens import Room, Token, fork_of, node_of, notes_of
from service.engine.variables import Sink, Source, Variables

PASSING = frozenset({"detail", "take"})  # notes of a node while it runs


def dump(machine: Machine) -> bytes:
    """The bytes of a machine at rest; ValueError for a value that cannot be kept."""
    sink = Sink(machine.source)
    rooms = [_dump_room(room, sink) for _, room in sorted(machine.rooms.items())]
    content = {
        "v": STATE_VERSION,
        "n": machine.count,
        "status": machine.status,
        "rooms": rooms,
        "values": sink.texts,
    }
    return upgrades.write(content)


def load(machine: Machine, state: bytes) -> None:
    """Fill an empty machine; EngineError for a state this version cannot read."""
    content = upgrades.read(state)
    machine.count, machine.status = content["n"], content["status"]
    machine.source = Source(content["values"])
    machine.open_top()
    for row in content["rooms"]:
        _load_room(machine, row, machine.source)


def digest(state: bytes) -> str:
    return hashlib.sha256(state).hexdigest()


def empty_machine(compiled: Compiled, at: Any) -> Machine:
    return Machine(compiled, at, WAYS)


def _dump_room(room: Room, sink: Sink) -> list[Any]:
    alive = {fork for t in room.tokens() for fork in room.chain(fork_of(t))}
    forks = [
        [id, sink.row(base), above, *([1] if id in room.settled else [])]
        for id, (base, above) in sorted(room.forks.items()) if id in alive
    ]  # fmt: skip
    tokens = [_dump_token(t, sink) for t in room.tokens()]
    return [room.number, room.graph.scope.id, sink.row(room.base), sink.row(room.result), forks, tokens]


def _dump_token(token: Token, sink: Sink) -> list[Any]:
    notes = {key: value for key, value in notes_of(token).items() if key not in PASSING}
    book = sink.row(token.book)
    row = [token.id, node_of(token).id, int(token.state), sink.row(token.kept), notes]
    return [*row, book] if book else row


def _load_room(machine: Machine, row: list[Any], source: Source) -> None:
    number, scope, base, result, forks, tokens = row
    room = machine.top if not number else machine.open_room(machine.token(number), scope)
    room.base, room.result = Variables.stored(base, source), Variables.stored(result, source)
    room.forks = {id: (Variables.stored(row, source), above) for id, row, above, *_ in forks}
    room.settled = {id for id, _, _, *settled in forks if settled}
    for id, node, state, variables, notes, *book in tokens:
        token = room.add(id, node, kept=Variables.stored(variables, source), notes=notes)
        token._set_state(state)
        if book:
            token.book = Variables.stored(book[0], source)
