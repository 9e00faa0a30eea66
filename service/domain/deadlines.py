"""The register of deadlines (期限台账): who has to do what by when, as orders say it.

An order's target date is the day itself: it is not pushed to the Monday after (民法典 203 is about legal periods). Its last working day
is when it must be met in practice. Where two clauses give different days, the one that names the organisation goes before the general
one, and the conflict is shown until 县政府办 has settled it. A soft or deferred target is never overdue.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from service.domain.calendar import WorkCalendar
from service.domain.people import OrgKind

DEDUCTIBLE = frozenset({OrgKind.TOWNSHIP, OrgKind.ZONE})  # 三(三): deductions fall on townships and the zone only


class Strength(StrEnum):
    """How binding the order is."""

    HARD = "hard"  # must be done by the day
    SOFT = "soft"  # 因地制宜，加快推进: no day
    DEFERRED = "deferred"  # 可暂缓
    UNCLEAR = "unclear"  # 待确认: the words do not say whether it applies


class State(StrEnum):
    """What a deadline is on a given day."""

    DONE = "done"
    RUNNING = "running"
    LAST_DAYS = "last_days"  # the last working day has come
    OVERDUE = "overdue"
    SOFT = "soft"
    DEFERRED = "deferred"
    UNCLEAR = "unclear"


class Conflict(StrEnum):
    """Whether clauses contradict each other, and whether 县政府办 has said which one counts."""

    NONE = "none"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Clause:
    """``place``: where it stands (二（一）1). ``words`` verbatim; ``due`` is None for words without a day. ``named``: it names the
    organisation, so it goes before a general one."""

    place: str
    words: str
    due: date | None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row. ``chosen``: number of the clause 县政府办 settled on. ``helper_id``: who shares the duty. ``done_on``: when it was done.

    ``reason``: why deferred or unclear. ``example``: marked 示例，待县级核定.
    """

    id: str
    document: str  # 文号
    document_date: date
    subject: str  # 事项
    organisation_id: str
    strength: Strength
    clauses: tuple[Clause, ...]
    helper_id: str | None = None
    reason: str = ""
    chosen: int | None = None
    chosen_reason: str = ""
    chosen_by: str | None = None
    chosen_at: datetime | None = None
    done_on: date | None = None
    done_note: str = ""
    example: bool = False
    version: int = 1

    @property
    def clause(self) -> Clause:
        """The one that counts."""
        if self.chosen is not None:
            return self.clauses[self.chosen]
        return next((clause for clause in self.clauses if clause.named), self.clauses[0])

    @property
    def conflict(self) -> Conflict:
        if len({clause.due for clause in self.clauses if clause.due}) < 2:
            return Conflict.NONE
        return Conflict.OPEN if self.chosen is None else Conflict.SETTLED


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline on a given day. ``last_workday``: by then it must be met in practice; ``guessed``: it rests on days no notice has settled.

    ``late``: done, but after its day. ``deductible``: 未按期完成 of a township or the zone.
    """

    state: State
    due: date | None
    last_workday: date | None
    guessed: bool
    late: bool
    deductible: bool

    @property
    def overdue(self) -> bool:
        return self.state is State.OVERDUE


def standing_on(deadline: Deadline, day: date, calendar: WorkCalendar, kind: OrgKind) -> Standing:
    """``kind``: of the organisation; ``calendar``: its working days."""
    hard = deadline.strength is Strength.HARD
    due = deadline.clause.due if hard else None
    state = _state(deadline, day, due, calendar)
    late = state is State.DONE and bool(due and deadline.done_on and deadline.done_on > due)
    last = calendar.last_workday(due) if due else None
    guessed = bool(due and last) and any(calendar.is_provisional(d) for d in (due, last) if d)
    return Standing(state, due, last, guessed, late, (state is State.OVERDUE or late) and kind in DEDUCTIBLE)


def _state(deadline: Deadline, day: date, due: date | None, calendar: WorkCalendar) -> State:
    if deadline.done_on and deadline.done_on <= day:
        return State.DONE
    if due is None:
        return State.RUNNING if deadline.strength is Strength.HARD else State(deadline.strength.value)
    if day > due:
        return State.OVERDUE
    return State.LAST_DAYS if day >= calendar.last_workday(due) else State.RUNNING
