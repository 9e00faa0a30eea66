"""发起案件: which cases this person may begin, and beginning one. 批次下达 is a way to begin that the county's offices have."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_starts import Startable, look_at_starts
from service.actions.parts.record import Moved
from service.actions.start_case import StartCase, start_case
from service.domain.cases import Act
from service.domain.texts import say
from service.pages.door import Door
from service.pages.given import Given
from service.pages.page import Done, Page

router = APIRouter()
Key = Annotated[str, Query(max_length=200)]
# Its list of items comes from a batch; by hand it would ask a department about nothing.
FROM_CASES_ONLY = frozenset({"department_sign_off"})
PLAIN = "plain"  # a plain start in the form, where the empty text would mean that nothing was chosen


@router.get("/cases/new")
def ask(door: Door, process: Key = "") -> Response:
    """First what, then for whom."""
    return door.show(lambda frame: _page(frame, process))


@router.post("/cases/new")
def begin(door: Door) -> Response:
    """The new case, or its first task when that is mine to take."""
    given = door.given

    def act(frame: Frame) -> Done:
        moved = start_case(frame, _order(given))
        return Done(_first(frame, moved), say("notice.started", case=moved.case.business_key))

    process = given.text("process", most=200)
    return door.do(act, again=lambda frame: _page(frame, process), thing=process)


def _order(given: Given) -> StartCase:
    """What was asked for; whether it may be is judged by the action, which knows the diagram."""
    process, way = given.text("process", most=200, required=True), given.text("way", most=200)
    township = given.text("township", most=64, required="township" in given.typed)
    department = given.text("department", most=64, required="department" in given.typed)
    title, act = (
        given.text("title", most=200),
        Act(opinion=given.text("opinion"), paper_number=given.text("paper", most=200)),
    )
    given.check()
    return StartCase(
        process, {}, township_id=township or None, department_id=department or None, title=title,
        message="" if way == PLAIN else way, act=act,
    )  # fmt: skip


def _first(frame: Frame, moved: Moved) -> str:
    for opened in moved.opened:
        if any(frame.actor.holds(c.post, c.organisation_id) for c in opened.candidates):
            return f"/tasks/{opened.task_id}"
    return f"/cases/{moved.case.id}"


def _page(frame: Frame, process: str) -> Page:
    startables = [s for s in look_at_starts(frame) if s.process_key not in FROM_CASES_ONLY]
    chosen: Startable | None = next((s for s in startables if s.process_key == process), None)
    if chosen is None and len(startables) == 1:
        chosen = startables[0]
    return Page(
        "cases/new.html", startables=startables, chosen=chosen,
        ways={way.message or PLAIN: way for way in chosen.ways} if chosen else {},
        townships={o.id: o.name for o in chosen.townships} if chosen else {},
        departments={o.id: o.name for o in chosen.departments} if chosen else {},
    )  # fmt: skip
