"""Service and send tasks name a handler that exists: a file of ``handlers/``.

Good: ``oneseal:handler="precheck"``. Bad: ``camunda:class`` or a script: code comes from files we review, never from a diagram.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem

MOST_RETRIES = 50


def check(drawing: Drawing) -> Iterable[Problem]:
    """Service and send tasks."""
    for node in drawing.nodes():
        if node.kind not in ("serviceTask", "sendTask"):
            continue
        name, retries = node.own("handler"), node.own("retries")
        if name not in drawing.handlers:
            known = ", ".join(sorted(drawing.handlers))
            yield problem_at(node.place, "handlers", say("rule.handlers.unknown", handler=name, known=known))
        if retries and not (retries.isascii() and retries.isdigit() and 0 < int(retries) <= MOST_RETRIES):
            yield problem_at(
                node.place, "handlers", say("rule.handlers.retries", value=retries[:20], limit=MOST_RETRIES)
            )
