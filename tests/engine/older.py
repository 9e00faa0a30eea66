"""A version 0 of the state there never was: objects instead of rows, and every value where it is used instead of once.

What a later program does with the states of today is tried out on it: ``written_by_version_0`` is the program of before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from service.actions.parts import record
from service.engine import run
from service.engine.state import dump
from service.engine.upgrades import UPGRADES, Content, Upgrade, as_of

OLDEST = 0
Row = dict[str, Any]


def up(content: Content) -> Content:
    """Values go to one place each, in the order they are met: another order than a program of today would choose."""
    texts: list[str] = []

    def placed(row: Row) -> Row:
        texts.extend(row.values())
        return {name: len(texts) - len(row) + n for n, name in enumerate(row)}

    rooms = [_mapped([room[key] for key in ROOM], placed) for room in content["rooms"]]
    return {"n": content["count"], "status": content["standing"], "rooms": rooms, "values": texts}


def down(content: Content) -> Content:
    values = content["values"]
    rooms = [
        _mapped(room, lambda row: {name: values[place] for name, place in row.items()}) for room in content["rooms"]
    ]
    named = [dict(zip(ROOM, room, strict=True)) for room in rooms]
    return {"count": content["n"], "standing": content["status"], "rooms": named}


ROOM = ("number", "scope", "base", "result", "forks", "tokens")
FROM_0 = Upgrade(up, down)


def _mapped(room: list[Any], row: Callable[[Row], Row]) -> list[Any]:
    number, scope, base, result, forks, tokens = room
    return [
        number, scope, row(base), row(result), [[id, row(own), above] for id, own, above in forks],
        [[*token[:3], row(token[3]), token[4], *map(row, token[5:])] for token in tokens],
    ]  # fmt: skip


@contextmanager
def written_by_version_0() -> Iterator[None]:
    """Inside, states and events are those of version 0; the ways from and to it are known until the test lets go of them."""
    with pytest.MonkeyPatch.context() as before:
        before.setitem(UPGRADES, OLDEST, FROM_0)
        before.setattr(run, "dump", lambda machine: as_of(dump(machine), OLDEST))
        before.setattr(record, "STATE_VERSION", OLDEST)
        yield
