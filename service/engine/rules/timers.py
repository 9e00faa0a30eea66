"""Timers name a time that can come: an ISO 8601 duration above nought and up to ten years, or a date with an offset.

Good: ``<timeDuration>P30D</timeDuration>``, ``= "P" + string(days) + "D"``. Bad: ``-PT5M``, ``P99999999Y``, ``30 days``, a cycle
(timeCycle is not run yet). ``oneseal:unit="workdays"`` counts working days and wants whole days.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from service.domain.durations import add_duration, whole_days
from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Event
from service.engine.model import Problem

LONGEST = timedelta(days=3_660)
SOME_DAY = datetime(2022, 1, 1, tzinfo=UTC)
UNITS = frozenset({"", "calendar", "workdays"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every timer event; expressions are computed when the timer opens."""
    for node in drawing.nodes():
        for event in node.events:
            if event.kind == "timer":
                yield from (problem_at(node.place, "timers", text) for text in _faults(event))


def _faults(event: Event) -> Iterable[str]:
    tag, text = event.timer
    if event.unit not in UNITS:
        yield say("rule.timers.unit", unit=event.unit)
    if tag not in ("timeDuration", "timeDate"):
        yield say("rule.timers.kind")
    elif not text.startswith("=") and not (_date_fits(text) if tag == "timeDate" else _duration_fits(text, event.unit)):
        yield say("rule.timers.value", value=text[:60])


def _duration_fits(text: str, unit: str) -> bool:
    try:
        if unit == "workdays":
            return 0 < whole_days(text) <= LONGEST.days
        return timedelta(0) < add_duration(SOME_DAY, text) - SOME_DAY <= LONGEST
    except (ValueError, OverflowError):
        return False


def _date_fits(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
