"""The reform office tells all running cases that something changed for everyone: 依据废止, 事项取消."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.signals import send_signal
from service.domain.errors import Invalid
from service.domain.permission import Facts
from service.domain.variables import refuse_reserved
from service.store import items, organisations

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")  # it names a chain, so no free text


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    """``item_id`` limits the signal to cases about that item; empty reaches every case that listens."""

    name: str
    data: Mapping[str, Any]
    item_id: str = ""


def broadcast_signal(frame: Frame, order: BroadcastSignal) -> tuple[str, ...]:
    """Ids of the delivery jobs; none is no error, a signal does not know its listeners."""
    office = organisations.organisation_by_office(frame.tx, "reform_office")
    allow(frame, "signal.send", Facts(reform_office_id=office.id if office else ""))
    if not NAME.fullmatch(order.name):
        raise Invalid("signal.name", found=order.name[:60])
    if order.item_id and items.get_item(frame.tx, order.item_id) is None:
        raise Invalid("item.unknown", id=order.item_id[:60])
    refuse_reserved(order.data)
    return send_signal(frame, order.name, order.data, item_id=order.item_id)
