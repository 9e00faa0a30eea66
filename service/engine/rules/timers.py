"""Timers name a time that can come: an ISO 8601 duration above nought and up to ten years, or a date with an offset.

Good: ``<timeDuration>P30D</timeDuration>``, ``= "P" + string(days) + "D"``. Bad: ``-PT5M``, ``P99999999Y``, ``30 days``, a cycle
(timeCycle is not run yet). ``oneseal:unit="workdays"`` counts working days and wants whole days.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Event
from service.engine.model import Problem
from service.engine.timing import has_offset, is_duration

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
    elif tag == "timeDate" and event.unit == "workdays":
        yield say("rule.timers.date_unit")
    elif not text.startswith("=") and not (has_offset(text) if tag == "timeDate" else is_duration(text, event.unit)):
        yield say("rule.timers.value", value=text[:60])
