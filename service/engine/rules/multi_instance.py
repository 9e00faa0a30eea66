"""A multi-instance activity says over which list it goes and what each entry is called; results go to a list of their own.

Good: ``camunda:collection="= items" camunda:elementVariable="item" oneseal:outputCollection="results" oneseal:outputElement="= result"``.
Bad: loopCardinality or a completion condition: not run yet, and never ignored.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import ACTIVITIES, Drawing
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every activity with multi-instance characteristics."""
    for node in drawing.nodes():
        multi = node.multi
        if multi is None:
            continue
        if node.kind not in ACTIVITIES:
            yield problem_at(node.place, "multi_instance", say("rule.multi.where"))
        if not multi.collection:
            yield problem_at(node.place, "multi_instance", say("rule.multi.collection"))
        if bool(multi.output_collection) != bool(multi.output_element):
            yield problem_at(node.place, "multi_instance", say("rule.multi.output"))
        for name in filter(None, (multi.variable, multi.output_collection)):
            if not name.isidentifier() or name.startswith("_"):
                yield problem_at(node.place, "multi_instance", say("rule.multi.name", name=name))
