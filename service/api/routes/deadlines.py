"""期限台账 and 逾期台账: what orders ask by when, and what is late."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_deadlines import (
    LookAtDeadlines,
    Placed,
    look_at_deadline,
    look_at_deadlines,
    look_at_words,
)
from service.actions.look_at_overdue import LookAtOverdue, look_at_overdue
from service.actions.put_deadline import put_deadline
from service.actions.settle_deadline import SettleDeadline, settle_deadline
from service.api.door import Answer, Door, respond
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import deadlines as shapes
from service.api.shapes.base import After, Limit, Listed, Names, listed
from service.domain.deadlines import Conflict, State, Strength

router = new_router("deadlines")
Filter = Annotated[str | None, Query(max_length=200)]
DeadlineId = Annotated[str, Path(max_length=100)]
Day = Annotated[date | None, Query(description="The day to look at; today when not given.")]


@router.get("/deadlines")
def list_deadlines(
    door: Door, on: Day = None, organisation: Filter = None, strength: Strength | None = None,
    state: State | None = None, conflict: Conflict | None = None,
) -> Listed[shapes.DeadlineShown]:  # fmt: skip
    """期限台账 as it stands on a day, with the flag 条款冲突 where clauses contradict each other."""

    def look(frame: Frame) -> Listed[shapes.DeadlineShown]:
        order = LookAtDeadlines(on, organisation, strength, state, conflict)
        names = Names(frame.tx)
        rows = [_shown(placed, names) for placed in look_at_deadlines(frame, order)]
        return Listed[shapes.DeadlineShown](items=rows, next=None)

    return door.read(look)


@router.post("/deadlines/words", response_model=shapes.WordsShown, responses=WRITE_PROBLEMS)
def read_words(door: Door, body: shapes.WordsGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """How 2022年11月中旬 is read; words that are not understood are named."""

    def look(frame: Frame) -> Answer:
        found = look_at_words(frame, body.words, base=body.document_date, organisation_id=body.organisation)
        shown = shapes.WordsShown(
            words=body.words, due=found.due, last_workday=found.last_workday, provisional=found.provisional
        )
        return Answer(shown)

    return door.write(look)


@router.get("/deadlines/{deadline_id}", response_model=shapes.DeadlineShown)
def show_deadline(door: Door, deadline_id: DeadlineId, on: Day = None) -> Response:
    """One row as it stands on a day."""

    def look(frame: Frame) -> Answer:
        placed = look_at_deadline(frame, deadline_id, on)
        return Answer(_shown(placed, Names(frame.tx)), version=placed.deadline.version)

    return respond(door.read(look))


@router.put("/deadlines/{deadline_id}", response_model=shapes.DeadlineShown, responses=WRITE_PROBLEMS)
def put(
    door: Door, deadline_id: DeadlineId, body: shapes.DeadlineGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Enter a deadline of an order, or correct it: the system administrator."""

    def act(frame: Frame) -> Answer:
        put_deadline(frame, body.order(deadline_id, door.if_match))
        return _answer(frame, deadline_id)

    return door.write(act, thing=deadline_id)


@router.post("/deadlines/{deadline_id}/settle", response_model=shapes.DeadlineShown, responses=WRITE_PROBLEMS)
def settle(
    door: Door, deadline_id: DeadlineId, body: shapes.SettleGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """县政府办 says which of two clauses counts, and why."""

    def act(frame: Frame) -> Answer:
        settle_deadline(frame, SettleDeadline(deadline_id, body.clause, body.reason, door.if_match))
        return _answer(frame, deadline_id)

    return door.write(act, thing=deadline_id)


@router.get("/overdue")
def list_overdue(
    door: Door, state: Literal["open", "ended", "all"] = "open", organisation: Filter = None, township: Filter = None,
    case: Filter = None, after: After = None, limit: Limit = 50,
) -> Listed[shapes.OverdueShown]:  # fmt: skip
    """逾期台账: tasks past their time in cases I may see, the longest overdue first; suspended cases are not late."""

    def look(frame: Frame) -> Listed[shapes.OverdueShown]:
        names = Names(frame.tx)
        order = LookAtOverdue(state, organisation, township, case, after, limit)
        return listed(look_at_overdue(frame, order), lambda found: shapes.overdue(found, names))

    return door.read(look)


def _answer(frame: Frame, id: str) -> Answer:
    placed = look_at_deadline(frame, id)
    return Answer(_shown(placed, Names(frame.tx)), version=placed.deadline.version)


def _shown(placed: Placed, names: Names) -> shapes.DeadlineShown:
    return shapes.deadline(placed.deadline, placed.standing, placed.day, names)
