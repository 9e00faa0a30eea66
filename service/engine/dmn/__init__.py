"""Decisions: DMN 1.1 to 1.5 over our FEEL. Decision tables with every hit policy, literal expressions, and what they require.

The road of a file: ``read`` (bytes -> decisions or all problems, with ``source``, ``types``, ``read_table``), ``model`` (plain
values), ``evaluate`` (over variables) and ``hits`` (hit policies). ``vocabulary`` says what is known; all else is refused.
"""

from service.engine.dmn.evaluate import evaluate
from service.engine.dmn.model import Decision, DecisionResult, DmnError
from service.engine.dmn.read import read_decisions

__all__ = ["Decision", "DecisionResult", "DmnError", "evaluate", "read_decisions"]
