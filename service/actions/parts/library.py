"""Scenes of the item library: who may, lock, check, write the next version, mark it, tell the department.

``write_version`` checks no permission: the action before it did. An import writes its rows with it too.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import reason_given
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.calendar import SHANGHAI
from service.domain.codes import normalised, only_warns
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from service.domain.item_check import Known, element_faults
from service.domain.item_content import content, content_digest
from service.domain.item_diff import changed
from service.domain.items import Item, Marks, Notification
from service.domain.library import BasisStatus
from service.domain.library_permission import DEPARTMENT_POST, Keeping, may_keep
from service.domain.permission import Verdict
from service.domain.texts import say
from service.store import counters, events, items, library, notices, organisations, people
from service.store.session import Transaction

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")  # it names a chain
NOTE_LIMIT = 1_000


def keeping_verdict(frame: Frame, verb: str, keeping: Keeping) -> Verdict:
    """Whether the actor may; the office is filled in here."""
    office = organisations.organisation_by_office(frame.tx, "reform_office")
    return may_keep(frame.actor, verb, replace(keeping, reform_office_id=office.id if office else ""))


def allow_keeping(frame: Frame, verb: str, keeping: Keeping) -> None:
    """NotAllowed with the reason, unless the actor may."""
    verdict = keeping_verdict(frame, verb, keeping)
    if not verdict:
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb=verb)


def good_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise Invalid("item.bad_id", found=text[:60])
    return text


def lock_item(frame: Frame, item_id: str) -> Item:
    """The newest version, while nobody else writes to this item; NotFound when there is none."""
    found = lock_place(frame, item_id) if ID.fullmatch(item_id) else None
    if found is None:
        raise NotFound("item.unknown", id=item_id[:60])
    return found


def lock_place(frame: Frame, item_id: str) -> Item | None:
    """The same for an item that may not be there yet."""
    events.chain_head(frame.tx, chain_of(item_id))
    return items.get_item(frame.tx, item_id)


def fresh_id(frame: Frame, kind: str, taken: Callable[[Transaction, str], object]) -> str:
    """``sx-0001`` and so on: for those who have no code of their own at hand."""
    while True:
        made = f"{kind}-{counters.next_number(frame.tx, f'library/{kind}'):04d}"
        if not taken(frame.tx, made):
            return made


def chain_of(item_id: str) -> str:
    return f"item/{item_id}"


def known_things(frame: Frame) -> Known:
    """What the elements of items may refer to, read once for one item or for a whole import."""
    codes: dict[str, set[str]] = {}
    for entry in library.list_entries(frame.tx):
        if entry.active:
            codes.setdefault(entry.dictionary, set()).add(entry.code)
    return Known(
        codes=codes,
        organisations={o.id for o in organisations.list_organisations(frame.tx)},
        forms=items.form_ids(frame.tx),
        bases={id: BasisStatus(status) for id, status in library.basis_statuses(frame.tx).items()},
    )


def write_version(
    frame: Frame, after: Item, *, before: Item | None, known: Known, note: str = "", type: str = "item.put",
    marks: Marks | None = None,
) -> Item:  # fmt: skip
    """The next version behind ``before``, or ``before`` itself when nothing differs; Invalid lists every fault.

    The place is locked by the caller (``lock_place``). Without ``marks`` the version is 待梳理.
    """
    after = normalised(after)
    if before and content(after) == content(before):
        return before
    untouched = before is not None and not changed(before, after)  # only its status: old faults do not keep it open
    faults = [] if untouched else [f for f in element_faults(after, known, before=before) if not only_warns(f)]
    if faults:
        raise Invalid("item.refused", name=after.name or after.id, count=len(faults), faults=faults)
    made = replace(
        after, version=before.version + 1 if before else 1, made_by=frame.actor.person_id, made_at=frame.now,
        change_note=note_given(note), marks=marks or Marks(),
    )  # fmt: skip
    items.put_item(frame.tx, made)
    facts = {"changed": list(changed(before, made)) if before else [], "content_sha256": content_digest(made)}
    seal_item(frame, made, EventFacts(type=type, facts=facts, personal={"note": made.change_note}))
    return made


def change_status(frame: Frame, item: Item, *, to: str, reason: str, type: str) -> Item:
    """A new version that only differs in its status and keeps its marks; the department is told."""
    if item.status == to:
        raise Conflict("item.status_already", name=item.name, status=say(f"item.status.{to}"))
    why = reason_given(reason)
    after = replace(item, status=to, status_reason="" if to == "in_use" else why)
    made = write_version(frame, after, before=item, known=Known(), note=why, type=type, marks=item.marks)
    tell_department(
        frame, item.department_id, say(f"item.told.{type.removeprefix('item.')}", name=item.name, reason=why)
    )
    return made


def must_be_in_use(item: Item) -> None:
    if item.status != "in_use":
        raise Conflict("item.not_in_use", name=item.name, status=say(f"item.status.{item.status}"))


def seal_item(frame: Frame, item: Item, event: EventFacts) -> None:
    """What was done with this version: its number, status and marks are in every event of the item's chain."""
    said = {"item": item.id, "version": item.version, "status": item.status, "sorting": item.marks.sorting.value}
    seal_chain_event(frame, chain_of(item.id), replace(event, facts=said | dict(event.facts)))


def mark(frame: Frame, item: Item, marks: Marks, event: EventFacts) -> Item:
    """Store the marks of this version and seal who made them."""
    items.set_marks(frame.tx, item.id, item.version, marks)
    marked = replace(item, marks=marks)
    seal_item(frame, marked, event)
    return marked


def note_given(note: str) -> str:
    text = note.strip()
    if len(text) > NOTE_LIMIT or any(not c.isprintable() and c not in "\n\r\t" for c in text):
        raise Invalid("reason.missing", limit=NOTE_LIMIT)
    return text


def who_and_when(frame: Frame, person_id: str, at: datetime | None) -> dict[str, Any]:
    """For refusals: who did it first, and when in Shanghai."""
    person = people.get_person(frame.tx, person_id) if person_id else None
    return {
        "who": person.name if person else say("actor.system"),
        "when": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else "",
    }


def tell_department(frame: Frame, department_id: str, text: str) -> None:
    """A notice to the clerks of the department whose item it is."""
    notice = Notification(
        id=frame.new_id(), kind="notice", organisation_id=department_id, post=DEPARTMENT_POST, person_id=None,
        case_id=None, task_id=None, text=text, created_at=frame.now,
    )  # fmt: skip
    notices.add_notification(frame.tx, notice)
