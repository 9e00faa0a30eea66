"""What people did in a case, read out of its history."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.actions.frame import Frame
from service.domain.cases import Case
from service.domain.history import SealedEvent
from service.engine.model import Bundle
from service.store import events

HUMAN = frozenset(
    {
        "case.started", "task.completed", "task.returned", "message.sent", "case.suspended", "case.resumed",
        "case.cancelled", "case.skipped", "case.jumped", "case.variables_set",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActSeen:
    """``late``: entered on a later day than it happened. ``before_earlier``: dated before an act that was entered before it.

    ``opinion`` is the reason where a case was suspended, resumed, cancelled or repaired. ``target``: name of the step it was returned
    or taken to. ``forced``: 强制, done beside the drawing; ``names``: the variables that were changed.
    ``attachments``: (id, name) of its files.
    """

    seq: int
    type: str
    element: str
    name: str
    actor: str
    actor_name: str
    post: str
    organisation: str
    decision: str
    decision_name: str
    opinion: str
    paper_number: str
    act_date: date
    entry_date: date
    entered_at: datetime
    late: bool
    late_reason: str
    before_earlier: bool
    target: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    forced: bool = False
    names: tuple[str, ...] = ()


def course_of(frame: Frame, case: Case, bundle: Bundle) -> tuple[ActSeen, ...]:
    """All acts of a case, by act date, then by entry."""
    found = acts_of(events.read_chain(frame.tx, f"case/{case.id}", types=HUMAN), bundle)
    return tuple(sorted(found, key=lambda act: (act.act_date, act.seq)))


def acts_of(chain: Iterable[SealedEvent], bundle: Bundle) -> Iterator[ActSeen]:
    """The acts among these events, which are in order of entry."""
    names = {id: element.name for id, element in bundle.elements.items()}
    names |= {f"message/{e.message}": e.name for e in bundle.elements.values() if e.message and e.senders}
    names |= _decisions(bundle)
    newest = date.min
    for event in chain:
        body = json.loads(event.body)
        if body["type"] in HUMAN:
            act = _act(event, body, names, newest=newest)
            newest = max(newest, act.act_date)
            yield act


def _decisions(bundle: Bundle) -> dict[str, str]:
    """What the forms call their decisions: ``decision/<step>/<value>`` -> label."""
    return {
        f"decision/{element.id}/{option.get('value')}": str(option.get("label", ""))
        for element in bundle.elements.values()
        for field in bundle.forms.get(element.form_key, {}).get("components", ())
        if str(field.get("key", "")).endswith("decision")
        for option in field.get("values") or ()
    }


def personal_of(event: SealedEvent) -> Mapping[str, Any]:
    """The erasable part; empty when it was lawfully erased."""
    found: Mapping[str, Any] = json.loads(event.payload) if event.payload else {}
    return found


def _act(event: SealedEvent, body: Mapping[str, Any], names: Mapping[str, str], *, newest: date) -> ActSeen:
    personal = personal_of(event)
    entry = date.fromisoformat(body["entry_date"])
    day = date.fromisoformat(body["act_date"]) if body.get("act_date") else entry
    element, target = str(body.get("element", "")), str(body.get("target", ""))
    said = names.get(f"message/{body['message']}", str(body["message"])) if "message" in body else ""
    return ActSeen(
        seq=event.seq,
        type=body["type"],
        element=element,
        name=said or names.get(element, element),
        actor=body["actor"],
        actor_name=str(personal.get("actor_name", "")),
        post=str(body.get("post", "")),
        organisation=str(body.get("organisation", "")),
        decision=str(body.get("decision", "")),
        decision_name=names.get(f"decision/{element}/{body.get('decision', '')}", ""),
        opinion=str(personal.get("opinion", "") or personal.get("reason", "")),
        paper_number=str(personal.get("paper_number", "")),
        act_date=day,
        entry_date=entry,
        entered_at=datetime.fromisoformat(body["at"]),
        late=day < entry,
        late_reason=str(personal.get("late_reason", "")),
        before_earlier=day < newest,
        target=names.get(target, target),
        attachments=tuple((str(f["id"]), str(f["name"])) for f in personal.get("attachments", ())),
        forced=bool(body.get("forced")),
        names=tuple(str(name) for name in body.get("names", ())),
    )
