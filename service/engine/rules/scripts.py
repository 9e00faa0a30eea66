"""A script task is one FEEL expression whose value goes into one variable.

Good: ``<scriptTask scriptFormat="feel" camunda:resultVariable="total"><script>= sum(amounts)</script></scriptTask>``.
Bad: ``scriptFormat="javascript"``: no language but FEEL runs here.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Node
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every script task."""
    for node in drawing.nodes():
        if node.kind == "scriptTask":
            yield from (problem_at(node.place, "scripts", text) for text in _faults(node))


def _faults(node: Node) -> Iterable[str]:
    name = node.name or node.id
    if node.attributes.get("scriptFormat", "").lower() != "feel":
        yield say("rule.scripts.format", name=name, found=node.attributes.get("scriptFormat", "")[:40])
    if not node.script:
        yield say("rule.scripts.empty", name=name)
    variable = node.camunda("resultVariable")
    if not variable.isidentifier() or variable.startswith("_"):
        yield say("rule.scripts.variable", name=name, variable=variable[:40])
