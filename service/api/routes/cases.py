"""Cases: begin, look, suspend, resume, cancel, and read what happened."""

from typing import Annotated

from fastapi import Query, Response

from service.actions.cancel_case import CancelCase, cancel_case
from service.actions.frame import Frame
from service.actions.look_at_acts import look_at_acts
from service.actions.look_at_case import look_at_case, look_at_variables
from service.actions.resume_case import ResumeCase, resume_case
from service.actions.start_case import StartCase, start_case
from service.actions.suspend_case import SuspendCase, suspend_case
from service.api.door import Answer, Door, respond
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import cases as shapes
from service.api.shapes.base import After, Limit, Listed, Names, Reason, listed
from service.api.shapes.history import ActShown, EventShown, event
from service.api.shapes.history import act as act_shown
from service.api.shapes.jobs import JobShown, job
from service.domain.permission import visible
from service.store import cases, events, jobs, tasks

router = new_router("cases")
Filter = Annotated[str | None, Query(max_length=200)]


@router.post("/cases", response_model=shapes.MovedShown, status_code=201, responses=WRITE_PROBLEMS)
def start(door: Door, body: shapes.StartGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """Begin a case. Who may is in the diagram (`camunda:candidateStarterGroups`)."""

    def act(frame: Frame) -> Answer:
        order = StartCase(
            body.process, body.variables, township_id=body.township, department_id=body.department, title=body.title,
            message=body.message, act=body.act.act(),
        )  # fmt: skip
        moved = start_case(frame, order)
        where = {"Location": f"/api/v1/cases/{moved.case.id}"}
        return Answer(shapes.moved(moved, Names(frame.tx)), 201, version=moved.case.version, headers=where)

    return door.write(act, thing=body.process)


@router.get("/cases")
def list_cases(
    door: Door, township: Filter = None, item: Filter = None, status: Filter = None, stage: Filter = None,
    process: Filter = None, parent: Filter = None, key: Filter = None, mine: bool = False, after: After = None,
    limit: Limit = 50,
) -> Listed[shapes.CaseShown]:  # fmt: skip
    """Cases I may see, newest first. `key` matches the beginning of the business key."""

    def look(frame: Frame) -> Listed[shapes.CaseShown]:
        page = cases.list_cases(
            frame.tx, visible=visible(frame.actor), township=township, item=item, status=status, stage=stage,
            process_key=process, parent_case_id=parent, business_key=key,
            initiator=frame.actor.person_id if mine else None, after=after, limit=limit,
        )  # fmt: skip
        return listed(page, shapes.case)

    return door.read(look)


@router.get("/cases/{case_id}", response_model=shapes.CasePage)
def show_case(door: Door, case_id: str) -> Response:
    """A case and everything it waits for now."""

    def look(frame: Frame) -> Answer:
        view = look_at_case(frame, case_id)
        return Answer(shapes.case_page(view, Names(frame.tx)), version=view.case.version)

    return respond(door.read(look))


@router.get("/cases/{case_id}/tasks")
def show_tasks(door: Door, case_id: str) -> Listed[shapes.TaskShown]:
    """All its tasks, in the order they were opened."""

    def look(frame: Frame) -> Listed[shapes.TaskShown]:
        look_at_case(frame, case_id)
        names = Names(frame.tx)
        found = tasks.tasks_of_case(frame.tx, case_id)
        return Listed[shapes.TaskShown](items=[shapes.task(t, names) for t in found], next=None)

    return door.read(look)


@router.get("/cases/{case_id}/events")
def show_events(door: Door, case_id: str, after: After = None, limit: Limit = 50) -> Listed[EventShown]:
    """The sealed history, oldest first."""

    def look(frame: Frame) -> Listed[EventShown]:
        look_at_case(frame, case_id)
        return listed(events.list_events(frame.tx, case_id=case_id, after=after, limit=limit), event)

    return door.read(look)


@router.get("/cases/{case_id}/acts")
def show_acts(door: Door, case_id: str) -> Listed[ActShown]:
    """办理经过: what people did, in the order of the days on paper; the history itself stays in order of entry."""
    return door.read(
        lambda frame: Listed[ActShown](items=[act_shown(a) for a in look_at_acts(frame, case_id)], next=None)
    )


@router.get("/cases/{case_id}/jobs")
def show_jobs(door: Door, case_id: str, after: After = None, limit: Limit = 50) -> Listed[JobShown]:
    """Its jobs and timers, newest first."""

    def look(frame: Frame) -> Listed[JobShown]:
        look_at_case(frame, case_id)
        return listed(jobs.list_jobs(frame.tx, case_id=case_id, after=after, limit=limit), job)

    return door.read(look)


@router.get("/cases/{case_id}/variables")
def show_variables(door: Door, case_id: str) -> shapes.PlacesShown:
    """Where the case stands, and the variables each place sees."""
    return door.read(
        lambda frame: shapes.PlacesShown(items=[shapes.place(p) for p in look_at_variables(frame, case_id)])
    )


@router.post("/cases/{case_id}/suspend", response_model=shapes.CaseShown, responses=WRITE_PROBLEMS)
def suspend(
    door: Door, case_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """挂起: the case takes no steps until it is resumed."""

    def act(frame: Frame) -> Answer:
        found = suspend_case(frame, SuspendCase(case_id, body.reason, door.if_match))
        return Answer(shapes.case(found), version=found.version)

    return door.write(act, thing=case_id)


@router.post("/cases/{case_id}/resume", response_model=shapes.CaseShown, responses=WRITE_PROBLEMS)
def resume(
    door: Door, case_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """恢复."""

    def act(frame: Frame) -> Answer:
        found = resume_case(frame, ResumeCase(case_id, body.reason, door.if_match))
        return Answer(shapes.case(found), version=found.version)

    return door.write(act, thing=case_id)


@router.post("/cases/{case_id}/cancel", response_model=shapes.CaseShown, responses=WRITE_PROBLEMS)
def cancel(
    door: Door, case_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """撤销: ends the case for good; its history stays."""

    def act(frame: Frame) -> Answer:
        found = cancel_case(frame, CancelCase(case_id, body.reason, door.if_match))
        return Answer(shapes.case(found), version=found.version)

    return door.write(act, thing=case_id)
