"""A standard loop ends: it says how long it goes on, or how often at most.

Good: ``<loopCondition>= missing > 0</loopCondition>``, ``loopMaximum="3"``. Bad: neither: it would go round for ever.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem
from service.engine.multi import MOST


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every activity with a standard loop."""
    for node in drawing.nodes():
        if node.loop is None:
            continue
        if not node.loop.condition and not node.loop.maximum:
            yield problem_at(node.place, "loops", say("rule.loops.endless", name=node.name or node.id))
        most = node.loop.maximum
        if most and not (most.isascii() and most.isdigit() and 0 < int(most) <= MOST):
            yield problem_at(node.place, "loops", say("rule.loops.maximum", value=most[:20], limit=MOST))
