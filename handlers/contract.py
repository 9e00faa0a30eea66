"""What a handler is: ``handle(input, context) -> Output``. Facts in, effects out; no database, no clock, no network of ours.

The worker gathers the facts named in ``Handler.facts`` in its first transaction, calls ``handle`` with no transaction open, and
``actions/finish_job`` applies the effects and the data in the second. A handler may run twice after a crash: ``context.key``
is the same both times, use it wherever the outside world can de-duplicate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Context:
    """``facts``: name -> value, just those declared. ``now``: UTC. ``key``: idempotency key. ``say``: the text catalogue.

    ``name``: what the diagram calls the step, for texts people read.
    """

    case_id: str
    element: str
    key: str
    now: datetime
    facts: Mapping[str, Any]
    say: Callable[..., str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to be done in finish_job's transaction. ``kind`` is one of ``Handler.effects``; ``values`` as its docs say."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Output:
    """``data`` becomes variables of the case; ``error`` (a BPMN error code) makes the service task fail the business way."""

    data: Mapping[str, Any] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    error: str = ""


class TryLater(Exception):
    """The outside world is not ready; the job is tried again with back-off, at the end an incident."""


@dataclass(frozen=True, slots=True)
class Handler:
    """``title``: key of the text catalogue, shown in modeler and incidents. ``lease_seconds``: how long a worker that fell silent
    keeps the job; while it lives it renews the lease, so a handler may run longer.
    """

    name: str
    title: str
    handle: Callable[[Mapping[str, Any], Context], Output]
    facts: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    lease_seconds: float = 30
