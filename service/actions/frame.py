"""The frame of an action: everything it may use besides its order. The door makes one per request, the worker one per job."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from service.domain.calendar import WorkCalendar
from service.domain.people import Actor
from service.engine.model import Bundle
from service.store.session import Transaction


class Bundles(Protocol):
    """Compiled deployments by digest, cached per process; reads the files of an unknown digest from the store."""

    def get(self, tx: Transaction, digest: str) -> Bundle: ...

    def compile(self, files: Mapping[str, bytes]) -> Bundle: ...


def random_salt() -> str:
    """128 bits in hex for the payload of one event."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Frame:
    """One transaction's surroundings. ``now`` is read once; ``clock`` is "" or "demo" and marks every event of a moved clock.

    ``channel`` says how the order came: api, worker, cli. ``calendar`` holds the county's working days and those organisations have of their own. ``handlers`` is the
    registry of ``handlers/`` (name -> Handler), needed where jobs are taken.
    """

    tx: Transaction
    actor: Actor
    now: datetime
    new_id: Callable[[], str]
    bundles: Bundles
    calendar: WorkCalendar
    clock: str = ""
    channel: str = "api"
    handlers: Mapping[str, Any] = field(default_factory=dict)
    new_salt: Callable[[], str] = random_salt
