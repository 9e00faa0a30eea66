"""The state of a case as bytes: only tokens that are alive, variables stored once however many tokens carry them.

Our own compact rows, never SpiffWorkflow's serializer: that embeds whole specifications, mistakes a user's field ``typename`` for
one of its own objects, and evaluates Python when it migrates old versions. An unknown version is refused.
"""

import hashlib
import json
from typing import Any

import orjson

from service.domain.texts import say
from service.engine import codec
from service.engine.behaviours import BEHAVIOURS
from service.engine.machine import Compiled, Machine
from service.engine.model import STATE_VERSION, EngineError
from service.engine.tokens import Room, node_of, notes_of


def dump(machine: Machine) -> bytes:
    """``{v, n, status, last, values: [...], rooms: [[number, scope, host, base, result, forks, tokens]]}``."""
    values = _Values()
    rooms = [_dump_room(room, values) for _, room in sorted(machine.rooms.items())]
    content = {
        "v": STATE_VERSION,
        "n": machine.count,
        "status": machine.status,
        "rooms": rooms,
        "values": values.texts,
    }
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def load(machine: Machine, state: bytes) -> None:
    """Fill an empty machine; EngineError for a state this version cannot read."""
    content = orjson.loads(state)
    if content.get("v") != STATE_VERSION:
        raise EngineError("state", say("engine.state.version", found=content.get("v"), known=STATE_VERSION))
    machine.count, machine.status = content["n"], content["status"]
    values = [json.loads(text) for text in content["values"]]
    machine.open_top()
    for row in content["rooms"]:
        _load_room(machine, row, values)


def digest(state: bytes) -> str:
    return hashlib.sha256(state).hexdigest()


def empty_machine(compiled: Compiled, at: Any) -> Machine:
    return Machine(compiled, at, BEHAVIOURS)


class _Values:
    """Equal values share one place."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, value: dict[str, Any]) -> int:
        text = codec.dumps(value)
        if text not in self._places:
            self._places[text] = len(self.texts)
            self.texts.append(text)
        return self._places[text]


def _dump_room(room: Room, values: _Values) -> list[Any]:
    tokens = [
        [t.id, node_of(t).id, int(t.state), values.place(t.data), codec.encode(_kept_notes(notes_of(t)))]
        for t in room.tokens()
    ]
    alive = {fork for t in room.tokens() for fork in room.chain(notes_of(t).get("fork", 0))}
    forks = [[id, values.place(base), above] for id, (base, above) in sorted(room.forks.items()) if id in alive]
    return [room.number, room.graph.scope.id, values.place(room.base), values.place(room.result), forks, tokens]


def _kept_notes(notes: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in notes.items() if key not in ("detail", "take")}


def _load_room(machine: Machine, row: list[Any], values: list[Any]) -> None:
    number, scope, base, result, forks, tokens = row
    room = machine.top if not number else machine.open_room(machine.token(number), scope)
    room.base, room.result = codec.decode(values[base]), codec.decode(values[result])
    room.forks = {id: (codec.decode(values[place]), above) for id, place, above in forks}
    for id, node, state, place, notes in tokens:
        task = room.add(id, node, data=codec.decode(values[place]), notes=codec.decode(notes))
        task._set_state(state)
