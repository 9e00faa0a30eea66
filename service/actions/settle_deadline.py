"""县政府办 says which of two clauses that contradict each other counts."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, must_match, reason_given
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.calendar import SHANGHAI
from service.domain.deadlines import Conflict as Contradiction
from service.domain.deadlines import Deadline
from service.domain.errors import Conflict, Invalid, NotFound
from service.domain.permission import Facts
from service.store import deadlines, organisations, people


@dataclass(frozen=True, slots=True)
class SettleDeadline:
    """``clause``: number of the clause that counts, from 1."""

    id: str
    clause: int
    reason: str
    if_match: int | None = None


def settle_deadline(frame: Frame, order: SettleDeadline) -> Deadline:
    """The row with its one day. Settled once; other clauses, entered by an administrator, open it again."""
    office = organisations.organisation_by_office(frame.tx, "county_office")
    allow(frame, "deadline.settle", Facts(county_office_id=office.id if office else ""))
    found = deadlines.get_deadline(frame.tx, order.id, lock=True)
    if found is None:
        raise NotFound("deadline.unknown", id=order.id)
    must_match(order.if_match, found.version, what=found.subject)
    if found.conflict is Contradiction.SETTLED:
        raise _settled_already(frame, found)
    if found.conflict is Contradiction.NONE:
        raise Conflict("deadline.no_conflict", subject=found.subject)
    if not 0 < order.clause <= len(found.clauses) or not found.clauses[order.clause - 1].due:
        raise Invalid("deadline.no_such_clause", clause=order.clause, count=len(found.clauses))
    settled = replace(
        found, chosen=order.clause - 1, chosen_reason=reason_given(order.reason), chosen_by=frame.actor.person_id,
        chosen_at=frame.now, version=found.version + 1,
    )  # fmt: skip
    deadlines.put_deadline(frame.tx, settled)
    clause = settled.clause
    facts = {
        "clause": order.clause, "place": clause.place, "words": clause.words, "version": settled.version,
        "due": clause.due.isoformat() if clause.due else None,
    }  # fmt: skip
    event = EventFacts(type="deadline.settled", facts=facts, personal={"reason": settled.chosen_reason})
    seal_chain_event(frame, f"deadline/{settled.id}", event)
    return settled


def _settled_already(frame: Frame, found: Deadline) -> Conflict:
    person = people.get_person(frame.tx, found.chosen_by or "")
    when = found.chosen_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if found.chosen_at else "-"
    name = person.name if person else found.chosen_by or "-"
    return Conflict("deadline.settled_already", subject=found.subject, name=name, when=when)
