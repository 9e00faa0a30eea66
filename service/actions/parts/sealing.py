"""Writing an event into its chain, in the transaction of what it tells.

A case's chain head lives in the case row, which the step has locked anyway; other chains (definitions, actor-days) lock a row
of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.actions.frame import Frame
from service.domain.calendar import local_date
from service.domain.cases import Act, Case
from service.domain.history import SealedEvent, seal
from service.store import events, files


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What happened. ``facts`` and ``personal`` add to the common fields; personal values go into the erasable payload."""

    type: str
    act: Act = field(default_factory=Act)
    element: str = ""
    number: int = 0
    post: str = ""
    organisation: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)


def seal_case_event(frame: Frame, case: Case, event: EventFacts) -> SealedEvent:
    """Append to chain ``case/<id>``; the caller stores the new head with the case."""
    sealed = seal(
        chain=f"case/{case.id}",
        seq=case.event_seq + 1,
        prev=case.event_hash,
        salt=frame.new_salt(),
        facts=_common(frame, event) | {"case": case.id},
        personal=_personal(frame, event),
    )
    events.append(frame.tx, sealed, case_id=case.id, type=event.type, at=frame.now, actor_id=frame.actor.person_id)
    return sealed


def seal_chain_event(frame: Frame, chain: str, event: EventFacts) -> SealedEvent:
    """Append to a chain of its own: ``definition/<key>``, ``actor/<person>/<day>``."""
    seq, prev = events.chain_head(frame.tx, chain)
    sealed = seal(
        chain=chain,
        seq=seq + 1,
        prev=prev,
        salt=frame.new_salt(),
        facts=_common(frame, event),
        personal=_personal(frame, event),
    )
    events.append(frame.tx, sealed, case_id=None, type=event.type, at=frame.now, actor_id=frame.actor.person_id)
    events.set_chain_head(frame.tx, chain, sealed.seq, sealed.hash)
    return sealed


def actor_day_chain(person_id: str, now: datetime) -> str:
    """Denied attempts and sign-ins of one person on one Shanghai day."""
    return f"actor/{person_id}/{local_date(now).isoformat()}"


def _common(frame: Frame, event: EventFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": event.type,
        "at": frame.now.isoformat(),
        "actor": frame.actor.person_id,
        "channel": frame.channel,
    }
    optional = {
        "clock": frame.clock,
        "element": event.element,
        "number": event.number,
        "post": event.post,
        "organisation": event.organisation,
        "decision": event.act.decision,
        "act_date": event.act.act_date.isoformat() if event.act.act_date else "",
        "entry_date": local_date(frame.now).isoformat(),
    }
    return found | {k: v for k, v in optional.items() if v} | dict(event.facts)


def _personal(frame: Frame, event: EventFacts) -> dict[str, Any]:
    act = event.act
    optional: dict[str, Any] = {
        "opinion": act.opinion,
        "paper_number": act.paper_number,
        "late_reason": act.late_reason,
        "attachments": _files(frame, act),
    }
    return {"actor_name": frame.actor.name} | {k: v for k, v in optional.items() if v} | dict(event.personal)


def _files(frame: Frame, act: Act) -> list[dict[str, str]]:
    found = [files.get_attachment(frame.tx, id) for id in act.attachments]
    return [{"id": a.id, "sha256": a.sha256, "name": a.file_name} for a in found if a]
