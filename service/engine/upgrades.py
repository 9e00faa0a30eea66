"""How the state of a case goes from one version of its format to the next, and back to be compared with what the history says.

A case lives for years and the program changes under it. Its state is stored in the version it was last written in and is lifted when
it is read; its events name the version and the digest of the state after each step, so a replay lowers what it computes to the version
of the event and goes on from just those bytes. Both ways are pure functions of the decoded content, one pair for each step, and a pair
is never changed once it is released (decision 21).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from service.domain.texts import say
from service.engine.model import STATE_VERSION, EngineError

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From one version to the next. ``down(up(content)) == content`` for whatever the older program could write."""

    up: Callable[[Content], Content]
    down: Callable[[Content], Content]


UPGRADES: dict[int, Upgrade] = {}  # the older version -> the way to the version after it


def read(state: bytes) -> Content:
    """The content in today's version; EngineError for a state this program cannot read."""
    content = _decoded(state)
    found = content.get("v")
    for version in _between(found, STATE_VERSION):
        content = {**UPGRADES[version].up(content), "v": version + 1}
    return content


def write(content: Content) -> bytes:
    """The bytes of a content; equal contents give equal bytes."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def as_of(state: bytes, version: int) -> bytes:
    """A state of today as a program of ``version`` would have written it; EngineError for a version that was never ours."""
    if version == STATE_VERSION:
        return state
    content = _decoded(state)
    for older in reversed(_between(version, STATE_VERSION)):
        content = {**UPGRADES[older].down(content), "v": older}
    return write(content)


def _decoded(state: bytes) -> Content:
    try:
        content = orjson.loads(state)
    except ValueError as error:
        raise EngineError("state", say("engine.state.unreadable")) from error
    if not isinstance(content, dict):
        raise EngineError("state", say("engine.state.unreadable"))
    return content


def _between(older: Any, newer: int) -> range:
    """The steps from one version to the other, each of which must be known."""
    steps = range(older, newer) if type(older) is int else range(0)
    if type(older) is not int or older > newer or any(step not in UPGRADES for step in steps):
        known = "、".join(str(version) for version in sorted({*UPGRADES, STATE_VERSION}))
        raise EngineError("state", say("engine.state.version", found=older, known=known))
    return steps
