"""停用: a form is no longer used."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match, reason_given
from service.actions.parts.library import allow_keeping, good_id
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.errors import Conflict, NotFound
from service.domain.items import Form
from service.domain.library_permission import Keeping
from service.store import events, items


@dataclass(frozen=True, slots=True)
class StopForm:
    form_id: str
    reason: str
    if_match: int | None = None


def stop_form(frame: Frame, order: StopForm) -> Form:
    """The newest version, stopped. Items that name it say so in the precheck until they are mended."""
    events.chain_head(frame.tx, f"form/{good_id(order.form_id)}")
    form = items.get_form(frame.tx, order.form_id)
    if form is None:
        raise NotFound("form.unknown", id=order.form_id[:60])
    allow_keeping(frame, "form.stop", Keeping(departments=(form.owner_id,)))
    must_match(order.if_match, form.version, what=form.name)
    if form.status == "stopped":
        raise Conflict("form.stopped", name=form.name)
    reason = reason_given(order.reason)
    stopped = replace(form, status="stopped")
    items.put_form(frame.tx, stopped)
    facts = {"form": form.id, "version": form.version}
    seal_chain_event(
        frame, f"form/{form.id}", EventFacts(type="form.stopped", facts=facts, personal={"reason": reason})
    )
    return stopped
