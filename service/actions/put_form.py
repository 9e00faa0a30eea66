"""申请表、审批表: a department registers a form, or a new version of it, which is 在用-未查 until its self-check."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping, fresh_id, good_id
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.errors import Conflict, Fault, Invalid, NotFound
from service.domain.items import Form
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.store import events, items, organisations

LEVELS = ("national", "provincial", "municipal", "county", "township")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class PutForm:
    """``level``: who set the form. ``new``: not there yet, without ``form_id`` it gets a number; else a new version of it."""

    name: str
    owner_id: str
    level: str
    form_id: str = ""
    new: bool = False
    example: bool = False
    if_match: int | None = None


def put_form(frame: Frame, order: PutForm) -> Form:
    """The new version; the one before is stopped."""
    before = None if order.new else _lock(frame, order.form_id)
    if not order.new and before is None:
        raise NotFound("form.unknown", id=order.form_id[:60])
    owners = tuple(dict.fromkeys((*((before.owner_id,) if before else ()), order.owner_id)))
    allow_keeping(frame, "form.put", Keeping(departments=owners))
    if before:
        must_match(order.if_match, before.version, what=before.name)
    made = Form(
        before.id if before else _free_id(frame, order), before.version + 1 if before else 1, order.name.strip(),
        order.owner_id, order.level, example=order.example,
    )  # fmt: skip
    if faults := _faults(frame, made):
        raise Invalid("register.refused", name=made.name[:100] or made.id, count=len(faults), faults=faults)
    if before:
        items.put_form(frame.tx, replace(before, status="stopped"))
    items.put_form(frame.tx, made)
    facts = {"form": made.id, "version": made.version, "name": made.name, "owner": made.owner_id, "level": made.level}
    seal_chain_event(frame, f"form/{made.id}", EventFacts(type="form.put", facts=facts))
    return made


def _lock(frame: Frame, form_id: str) -> Form | None:
    events.chain_head(frame.tx, f"form/{good_id(form_id)}")
    return items.get_form(frame.tx, form_id)


def _free_id(frame: Frame, order: PutForm) -> str:
    id = order.form_id or fresh_id(frame, "bg", items.get_form)
    if _lock(frame, id):
        raise Conflict("register.taken", id=id)
    return id


def _faults(frame: Frame, form: Form) -> list[Fault]:
    wrong = {
        "name": not form.name or len(form.name) > LONGEST or not form.name.isprintable(),
        "owner": organisations.get_organisation(frame.tx, form.owner_id) is None,
        "level": form.level not in LEVELS,
    }
    return [Fault("form", say(f"fault.form.{name}"), {"field": name}) for name, bad in wrong.items() if bad]
