"""A business rule task names a decision that is in the deployment, and the variable its result goes to.

Good: ``camunda:decisionRef="eligibility" camunda:resultVariable="verdict"``. Bad: a decision of another deployment: it could change
under a running case.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Business rule tasks."""
    for node in drawing.nodes():
        if node.kind == "businessRuleTask":
            reference, variable = node.camunda("decisionRef"), node.camunda("resultVariable")
            if reference not in drawing.decisions:
                yield problem_at(node.place, "decisions", say("rule.decisions.unknown", decision=reference))
            if not variable.isidentifier() or variable.startswith("_"):
                yield problem_at(node.place, "decisions", say("rule.decisions.variable", variable=variable))
