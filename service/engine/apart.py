"""Reading a deployment in a child process: the child's side, and what goes in and comes out as bytes and as JSON.

Zones and character sets are files to Python: the child opens them before its walls go up, or it would find problems that the service itself
would not find.
"""

import base64
import codecs
import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from encodings.aliases import aliases
from typing import Any
from zoneinfo import ZoneInfo

from service.engine.feel.times import zones
from service.engine.model import Problem, Refused
from service.engine.read import read_bundle

_held: list[ZoneInfo] = []  # Python forgets a zone that nobody holds


def pack(files: Mapping[str, bytes], *, handlers: Collection[str], posts: Collection[str]) -> bytes:
    """A deployment, and against what it is to be read, as bytes for ``problems_in``."""
    coded = {name: base64.b64encode(content).decode() for name, content in files.items()}
    return json.dumps([coded, sorted(handlers), sorted(posts)]).encode()


def prepare() -> None:
    """What the sandbox's child does before the walls go up."""
    _held.extend(ZoneInfo(name) for name in sorted(zones()))
    for name in set(aliases.values()):
        with suppress(LookupError):  # of another system
            codecs.lookup(name)


def problems_in(packed: bytes) -> list[list[Any]]:
    """Every problem of a packed deployment as a row; none when it compiles."""
    coded, handlers, posts = json.loads(packed)
    files = {name: base64.b64decode(content) for name, content in coded.items()}
    try:
        read_bundle(files, handlers=handlers, posts=posts)
    except Refused as refused:
        return [[p.rule, p.message, p.file, p.element, p.name, p.line, p.column] for p in refused.problems]
    return []


def unpack(rows: Iterable[Iterable[Any]]) -> tuple[Problem, ...]:
    """The problems that ``problems_in`` told."""
    return tuple(Problem(*row) for row in rows)
