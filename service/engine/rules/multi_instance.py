"""A multi-instance activity says over which list it goes and what each entry is called, or how many; results go to a list of their own.

Good: ``camunda:collection="= items" camunda:elementVariable="item" oneseal:outputCollection="results" oneseal:outputElement="= result"``.
Good: ``<loopCardinality>= count</loopCardinality>``. Bad: both, or neither.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import ACTIVITIES, Drawing, Multi, Node
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every activity with multi-instance characteristics."""
    for node in drawing.nodes():
        if node.multi:
            yield from (problem_at(node.place, "multi_instance", text) for text in _faults(node, node.multi))


def _faults(node: Node, multi: Multi) -> Iterable[str]:
    if node.kind not in ACTIVITIES:
        yield say("rule.multi.where")
    if node.loop:
        yield say("rule.multi.loop")
    if bool(multi.collection) == bool(multi.cardinality):
        yield say("rule.multi.collection")
    if bool(multi.output_collection) != bool(multi.output_element):
        yield say("rule.multi.output")
    for name in filter(None, (multi.variable, multi.output_collection)):
        if not name.isidentifier() or name.startswith("_"):
            yield say("rule.multi.name", name=name)
