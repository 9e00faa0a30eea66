"""Every expression is FEEL that can be read: conditions, keys, payloads, lists, assignees, timers, scripts.

Good: ``= decision = "agree"``. Bad: ``${approved}`` or Python: it is not FEEL, and nothing here evaluates anything else.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Node, Place
from service.engine.expressions import compiled
from service.engine.feel import FeelError
from service.engine.model import Problem

ATTRIBUTES = ("oneseal:correlationKey", "oneseal:payload", "camunda:assignee")


def check(drawing: Drawing) -> Iterable[Problem]:
    """Flows, then nodes."""
    for flow in drawing.flows():
        yield from _read(flow.place, flow.condition)
    for node in drawing.nodes():
        for source in _sources(node):
            yield from _read(node.place, source)


def _sources(node: Node) -> Iterable[str]:
    for name in ATTRIBUTES:
        yield node.attributes.get(name, "")
    if node.multi:
        yield from (node.multi.collection, node.multi.output_element, node.multi.cardinality, node.multi.completion)
    if node.loop:
        yield node.loop.condition
    if node.kind == "scriptTask":
        yield node.script
    for event in node.events:
        yield event.condition
        if event.timer[1].startswith("="):
            yield event.timer[1]


def _read(place: Place, source: str) -> Iterable[Problem]:
    if not source:
        return
    try:
        compiled(source)
    except FeelError as error:
        text = say("rule.expressions", expression=source[:120], column=error.column, why=error.message)
        yield problem_at(place, "expressions", text)
