"""Diagrams from outside are read in a child process first: little memory, little time, no files, no network."""

import threading
from collections.abc import Collection, Mapping

from handlers.sandbox import Unreadable, run_apart

from service.domain.errors import Unavailable
from service.domain.posts import POSTS
from service.domain.texts import say
from service.engine.apart import pack, problems_in, unpack
from service.engine.model import Problem

CPU_SECONDS = 10
WALL_SECONDS = 60.0
MEMORY_MB = 512
AT_ONCE = 2  # children of one process; others wait their turn
PATIENCE = 30.0
_turn = threading.BoundedSemaphore(AT_ONCE)


def problems_apart(
    files: Mapping[str, bytes], handlers: Collection[str], *,
    cpu: int = CPU_SECONDS, wall: float = WALL_SECONDS, memory: int = MEMORY_MB,
) -> tuple[Problem, ...]:  # fmt: skip
    """The problems that ``read_bundle`` finds there, or the one limit at which the child was stopped."""
    packed = pack(files, handlers=handlers, posts=POSTS)
    if not _turn.acquire(timeout=PATIENCE):
        raise Unavailable("apart.busy")
    try:
        return unpack(run_apart(problems_in, packed, cpu=cpu, wall=wall, memory=memory))
    except Unreadable as error:
        how = str(error).rpartition(".")[2]
        return (
            Problem("limits", say(f"apart.{how}", seconds=cpu, wall=round(wall), megabytes=memory), _largest(files)),
        )
    finally:
        _turn.release()


def _largest(files: Mapping[str, bytes]) -> str:
    """Nothing tells which file it was; most likely this one."""
    return max(files, key=lambda name: (len(files[name]), name), default="")
