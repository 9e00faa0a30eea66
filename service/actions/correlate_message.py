"""A message from outside reaches the cases that wait for it, by name and correlation key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_be_active
from service.actions.parts.openings import deliver_to
from service.actions.parts.sealing import EventFacts
from service.actions.parts.senders import with_senders
from service.actions.parts.touch import note_on_case
from service.domain.errors import Invalid, NotFound
from service.domain.variables import refuse_reserved
from service.engine import codec
from service.store import messages
from service.store.failpoints import point
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """``case_id`` narrows to one case; ``key`` must equal the key the waiting node computed."""

    name: str
    key: str
    data: Mapping[str, Any]
    case_id: str | None = None


def correlate_message(frame: Frame, order: CorrelateMessage) -> tuple[str, ...]:
    """Ids of the delivery jobs, one for each waiting case; NotFound when no visible case waits.

    Who may send is drawn at the waiting place (``oneseal:senders``). Without it only other cases may: nobody writes a department's answer.
    """
    waits = messages.waits_for(frame.tx, kind="message", name=order.name, key=order.key, case_id=order.case_id)
    if not waits:
        raise NotFound("message.nobody_waits", name=order.name, key=order.key)
    refuse_reserved(order.data)
    try:
        content = codec.dumps(dict(order.data))
    except ValueError as error:
        raise Invalid("message.unreadable", why=str(error)) from error
    for case_id in sorted({wait.case_id for wait in waits}):
        case, facts = lock_visible_case(frame, case_id)
        elements = [wait.element_id for wait in waits if wait.case_id == case_id]
        allow(frame, "message.send", with_senders(frame, case, facts, elements))
        must_be_active(case)
        event = EventFacts(
            type="message.sent", facts={"message": order.name, "key": order.key},
            personal={"data": codec.encode(dict(order.data))},
        )  # fmt: skip
        note_on_case(frame, case, event)
    point("message_sent")
    made = deliver_to(frame, waits, content)
    notify_work(frame.tx)
    return made
