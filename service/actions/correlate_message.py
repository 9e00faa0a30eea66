"""A message from outside reaches the cases that wait for it, by name and correlation key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_be_active
from service.actions.parts.openings import deliver_to
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.errors import Invalid, NotFound
from service.engine import codec
from service.store import messages
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """``case_id`` narrows to one case; ``key`` must equal the key the waiting node computed."""

    name: str
    key: str
    data: Mapping[str, Any]
    case_id: str | None = None


def correlate_message(frame: Frame, order: CorrelateMessage) -> tuple[str, ...]:
    """Ids of the delivery jobs, one for each waiting case; NotFound when no visible case waits."""
    waits = messages.waits_for(frame.tx, kind="message", name=order.name, key=order.key, case_id=order.case_id)
    if not waits:
        raise NotFound("message.nobody_waits", name=order.name, key=order.key)
    try:
        content = codec.dumps(dict(order.data))
    except ValueError as error:
        raise Invalid("message.unreadable", why=str(error)) from error
    for case_id in sorted({wait.case_id for wait in waits}):
        case, facts = lock_visible_case(frame, case_id)
        allow(frame, "message.send", facts)
        must_be_active(case)
        note_on_case(frame, case, EventFacts(type="message.sent", facts={"message": order.name, "key": order.key}))
    made = deliver_to(frame, waits, content)
    notify_work(frame.tx)
    return made
