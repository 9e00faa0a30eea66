"""A signal goes out: one delivery for every case that listens, and an event that says so."""

from collections.abc import Collection, Mapping
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.openings import deliver_to
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.engine import codec
from service.store import cases, messages
from service.store.session import notify_work

BASIS_REPEALED = "item_basis_repealed"  # 依据废止/事项取消: batches in preparation listen


def send_signal(
    frame: Frame, name: str, data: Mapping[str, Any], *, item_id: str = "", townships: Collection[str] = ()
) -> tuple[str, ...]:
    """Ids of the delivery jobs. ``item_id`` and ``townships`` limit it to cases about that item, of those townships."""
    waits = messages.waits_for(frame.tx, kind="signal", name=name)
    if item_id:
        about = cases.cases_about(frame.tx, "item", item_id)
        waits = [wait for wait in waits if wait.case_id in about]
    if townships:
        waits = [w for w in waits if (case := cases.get_case(frame.tx, w.case_id)) and case.township_id in townships]
    facts = {"signal": name, "item": item_id, "cases": len(waits)}
    event = EventFacts(type="signal.sent", facts=facts, personal={"data": codec.encode(dict(data))})
    seal_chain_event(frame, f"signal/{name}", event)
    made = deliver_to(frame, waits, codec.dumps(dict(data)))
    notify_work(frame.tx)
    return made
