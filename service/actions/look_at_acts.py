"""A person reads the course of a case (办理经过): what people did, in the order in which it happened on paper.

The history is in order of entry; a meeting of the 20th entered on the 25th (补录) belongs before what was done on the 22nd. An act dated
before one that was entered earlier is marked, so that an auditor sees where paper and record disagree.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.domain.history import SealedEvent
from service.store import events

HUMAN = frozenset(
    {"case.started", "task.completed", "task.returned", "case.suspended", "case.resumed", "case.cancelled"}
)


@dataclass(frozen=True, slots=True)
class ActSeen:
    """``late``: entered on a later day than it happened. ``before_earlier``: dated before an act that was entered before it."""

    seq: int
    type: str
    element: str
    name: str
    actor: str
    actor_name: str
    post: str
    organisation: str
    decision: str
    opinion: str
    paper_number: str
    act_date: date
    entry_date: date
    entered_at: datetime
    late: bool
    late_reason: str
    before_earlier: bool


def look_at_acts(frame: Frame, case_id: str) -> tuple[ActSeen, ...]:
    """Ordered by act date, then by entry. NotFound when this person may not know of the case."""
    case, _ = see_case(frame, case_id)
    elements = frame.bundles.get(frame.tx, case.bundle_digest).elements
    names = {id: element.name for id, element in elements.items()}
    found = tuple(_acts(events.read_chain(frame.tx, f"case/{case_id}"), names))
    return tuple(sorted(found, key=lambda act: (act.act_date, act.seq)))


def _acts(chain: Iterator[SealedEvent], names: Mapping[str, str]) -> Iterator[ActSeen]:
    newest = date.min
    for event in chain:
        body = json.loads(event.body)
        if body["type"] in HUMAN:
            act = _act(event, body, names, newest=newest)
            newest = max(newest, act.act_date)
            yield act


def _act(event: SealedEvent, body: Mapping[str, Any], names: Mapping[str, str], *, newest: date) -> ActSeen:
    personal: Mapping[str, Any] = json.loads(event.payload) if event.payload else {}
    entry = date.fromisoformat(body["entry_date"])
    day = date.fromisoformat(body["act_date"]) if body.get("act_date") else entry
    element = str(body.get("element", ""))
    return ActSeen(
        seq=event.seq,
        type=body["type"],
        element=element,
        name=names.get(element, element),
        actor=body["actor"],
        actor_name=str(personal.get("actor_name", "")),
        post=str(body.get("post", "")),
        organisation=str(body.get("organisation", "")),
        decision=str(body.get("decision", "")),
        opinion=str(personal.get("opinion", "")),
        paper_number=str(personal.get("paper_number", "")),
        act_date=day,
        entry_date=entry,
        entered_at=datetime.fromisoformat(body["at"]),
        late=day < entry,
        late_reason=str(personal.get("late_reason", "")),
        before_earlier=day < newest,
    )
