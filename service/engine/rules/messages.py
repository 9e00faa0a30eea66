"""Whoever waits for a message says by which key it is meant: oneseal:correlationKey.

Good: ``oneseal:correlationKey="= case_id"``. Bad: none: any case's message would wake every case.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Receive tasks, message catch and boundary events."""
    for node in drawing.nodes():
        if node.kind == "receiveTask" and not node.message:
            yield problem_at(node.place, "messages", say("rule.events.no_name", kind="message"))
        if node.waits_for_message and not node.own("correlationKey"):
            yield problem_at(node.place, "messages", say("rule.messages.key", name=node.name or node.id))
