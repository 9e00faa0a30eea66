"""Times that were counted in working days, and how they move when a calendar changes or a case has rested."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Counted:
    """A task or timer with a limit in working days. ``workdays`` is None where an older version did not keep it.

    ``organisation``: whose calendar counts, None for the county's. ``job_id``: of a timer.
    """

    case_id: str
    number: int
    element_id: str
    name: str
    start: datetime
    workdays: int | None
    organisation: str | None
    due_at: datetime
    provisional: bool
    job_id: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A moment that is another one now. ``kind``: task, timer, reminder, overdue or escalation.

    ``provisional``: the new date rests on days that no notice has settled. ``case_key``: 案件编号, for people.
    """

    case_id: str
    case_key: str
    number: int
    element_id: str
    name: str
    kind: str
    workdays: int
    organisation: str | None
    old: datetime
    new: datetime
    provisional: bool
    job_id: str = ""


def told(move: Move) -> dict[str, Any]:
    """A move as the history keeps it."""
    return {
        "kind": move.kind, "element": move.element_id, "number": move.number, "workdays": move.workdays,
        "from": move.old.isoformat(), "to": move.new.isoformat(), "provisional": move.provisional,
    }  # fmt: skip
