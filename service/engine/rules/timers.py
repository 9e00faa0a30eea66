"""Timers name a time that can come: an ISO 8601 duration above nought and up to ten years, or a date with an offset.

Good: ``<timeDuration>P30D</timeDuration>``, ``= "P" + string(days) + "D"``. Bad: ``-PT5M``, ``P99999999Y``, ``30 days``.
``oneseal:unit="workdays"`` counts working days and wants whole days. A cycle (``R3/PT10M``, ``R/P1D``: a period of a minute or more, at most
10,000 times) stands where something goes on beside it: a boundary event or an event subprocess that does not interrupt.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Event
from service.engine.model import Problem
from service.engine.timing import MOST_ROUNDS, cycle_of, has_offset, is_duration

UNITS = frozenset({"", "calendar", "workdays"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every timer event; expressions are computed when the timer opens."""
    for node in drawing.nodes():
        for event in node.events:
            if event.kind == "timer":
                beside = (node.kind == "boundaryEvent" or drawing.begins_on_event(node)) and not node.interrupts
                yield from (problem_at(node.place, "timers", text) for text in _faults(event, beside=beside))


def _faults(event: Event, *, beside: bool) -> Iterable[str]:
    tag, text = event.timer
    if event.unit not in UNITS:
        yield say("rule.timers.unit", unit=event.unit)
    if tag == "timeCycle":
        yield from _cycle(event, beside=beside)
    elif not tag:
        yield say("rule.timers.kind")
    elif tag == "timeDate" and event.unit == "workdays":
        yield say("rule.timers.date_unit")
    elif not text.startswith("=") and not (has_offset(text) if tag == "timeDate" else is_duration(text, event.unit)):
        yield say("rule.timers.value", value=text[:60])


def _cycle(event: Event, *, beside: bool) -> Iterable[str]:
    if not beside:
        yield say("rule.timers.cycle_where")
    if event.unit == "workdays":
        yield say("rule.timers.cycle_unit")
    try:
        cycle_of(event.timer[1])
    except ValueError:
        yield say("rule.timers.cycle", value=event.timer[1][:60], limit=MOST_ROUNDS)
