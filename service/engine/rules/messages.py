"""Whoever waits for a message or throws one says by which key it is meant: oneseal:correlationKey.

Good: ``oneseal:correlationKey="= case_id"``. Bad: none: any case's message would wake every case, and a
message thrown without a key reaches nobody. ``oneseal:senders="initiator,center_director@center"`` names people who may send it;
without it only other cases may.
"""

from collections.abc import Iterable

from service.domain.assignment import INITIATOR, parse_assignment
from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Node
from service.engine.model import Problem

THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def check(drawing: Drawing) -> Iterable[Problem]:
    """Receive tasks, message events but those that start a case."""
    for node in drawing.nodes():
        if node.kind == "receiveTask" and not node.message:
            yield problem_at(node.place, "messages", say("rule.events.no_name", kind="message"))
        begins = drawing.begins_on_event(node) and node.event is not None and node.event.kind == "message"
        if node.kind == "startEvent" and not begins and (node.own("correlationKey") or node.own("senders")):
            yield problem_at(node.place, "messages", say("rule.messages.start", name=node.name or node.id))
        if (node.waits_for_message or begins) and not node.own("correlationKey"):
            yield problem_at(node.place, "messages", say("rule.messages.key", name=node.name or node.id))
        yield from (problem_at(node.place, "messages", text) for text in _senders(node))
        throws = node.kind in THROWING and node.event and node.event.kind == "message"
        if throws and not node.own("correlationKey"):
            yield problem_at(node.place, "messages", say("rule.messages.thrown_key", name=node.name or node.id))


def _senders(node: Node) -> Iterable[str]:
    """Posts that may send the message waited for, or the word ``initiator``; only where a message is waited for."""
    texts = [t.strip() for t in node.own("senders").split(",") if t.strip()]
    if texts and not node.waits_for_message and node.kind != "startEvent":
        yield say("rule.messages.senders", name=node.name or node.id)
    for text in texts:
        if text != INITIATOR:
            try:
                parse_assignment(text)
            except ValueError as error:
                yield say("rule.user_tasks.group", group=text, part=str(error))
