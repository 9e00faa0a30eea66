"""Deploy-time rules, one file each: ``check(drawing)`` names everything that would not run as it is drawn.

Each rule's docstring says what it wants and why, with a good and a bad example; its test has the same name.
"""

from collections.abc import Iterable
from typing import Protocol

from service.engine.drawing import Drawing
from service.engine.model import Problem
from service.engine.rules import (
    calls,
    decisions,
    events,
    expressions,
    flows,
    gateways,
    handlers,
    ids,
    joins,
    limits,
    loops,
    messages,
    multi_instance,
    reachable,
    scripts,
    starters,
    timers,
    user_tasks,
)  # fmt: skip


class Rule(Protocol):
    """A module of this package."""

    def check(self, drawing: Drawing) -> Iterable[Problem]: ...


RULES: tuple[Rule, ...] = (
    ids, flows, reachable, gateways, joins, events, messages, timers, user_tasks, handlers, decisions, calls,
    multi_instance, loops, scripts, expressions, starters, limits,
)  # fmt: skip
