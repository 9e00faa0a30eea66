"""Events of the sealed history, and what a verification found."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import Field

from service.actions.parts.acts import ActSeen
from service.actions.verify_history import Verified
from service.api.shapes.base import Shown
from service.store.events import StoredEvent


class EventShown(Shown):
    """One event. `body` is what was sealed; `personal` is null when lawfully erased."""

    chain: str
    seq: int
    type: str
    at: datetime
    actor: str
    case: str | None
    hash: str
    prev: str
    body: dict[str, Any]
    personal: dict[str, Any] | None
    erased: bool


class FileNamed(Shown):
    """A file of an act."""

    id: str
    name: str


class ActShown(Shown):
    """What somebody did, with the day it happened and the day it was entered."""

    seq: int
    type: str
    element: str
    name: str
    actor: str
    actor_name: str
    post: str
    organisation: str
    decision: str
    decision_name: str = Field(description="What the form calls it; empty for a free decision.")
    opinion: str
    paper_number: str
    act_date: date
    entry_date: date
    entered_at: datetime
    late: bool = Field(description="补录: entered on a later day than it happened.")
    late_reason: str
    before_earlier: bool = Field(description="Dated before an act that was entered before it.")
    target: str = Field(description="退回, 跳转: name of the step it was taken to.")
    forced: bool = Field(description="强制: done beside the drawing.")
    names: list[str] = Field(description="Variables that were changed.")
    attachments: list[FileNamed]


class BreakShown(Shown):
    """A place where a chain does not hold."""

    chain: str
    seq: int
    what: str = Field(description="hash, link, seq, payload, head, body or index")


class VerifiedShown(Shown):
    """`breaks` is empty when every chain holds."""

    chains: int
    events: int
    breaks: list[BreakShown]


def event(found: StoredEvent) -> EventShown:
    sealed = found.sealed
    return EventShown(
        chain=sealed.chain,
        seq=sealed.seq,
        type=found.type,
        at=found.at,
        actor=found.actor_id,
        case=found.case_id,
        hash=sealed.hash,
        prev=sealed.prev,
        body=_object(sealed.body) or {},
        personal=_object(sealed.payload),
        erased=sealed.erased,
    )


def act(found: ActSeen) -> ActShown:
    named = [FileNamed(id=id, name=name) for id, name in found.attachments]
    return ActShown(**asdict(found) | {"attachments": named, "names": list(found.names)})


def verified(found: Verified) -> VerifiedShown:
    breaks = [BreakShown(chain=b.chain, seq=b.seq, what=b.what) for b in found.breaks]
    return VerifiedShown(chains=found.chains, events=found.events, breaks=breaks)


def _object(text: str | None) -> dict[str, Any] | None:
    """A body somebody damaged must still be shown, that is when it matters."""
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return {"unreadable": text}
    return found if isinstance(found, dict) else {"unreadable": text}
