"""Cases, tasks and what they wait for, as JSON."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from service.actions.look_at_case import CaseView, Place
from service.actions.look_at_task import TaskView
from service.actions.parts.openings import Opened
from service.actions.parts.record import Moved
from service.api.shapes.base import Given, Names, Shown, json_value
from service.domain.cases import Act, Candidate, Case, Task
from service.domain.texts import say


class ActGiven(Given):
    """What every human step may carry: decision, words, the paper behind it, both dates, files."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"opinion": "同意。", "act_date": "2026-11-20", "late_reason": "会议当日在乡镇召开，次日补录"}]
        },
    )

    decision: str = Field("", max_length=100)
    opinion: str = Field("", max_length=4_000)
    paper_number: str = Field("", max_length=200, description="文号 of the paper behind the act.")
    act_date: date | None = Field(
        None, description="The day it happened on paper; earlier than today needs late_reason."
    )
    late_reason: str = Field("", max_length=4_000, description="补录原因")
    attachments: list[str] = Field(default_factory=list, max_length=50, description="Ids of files uploaded before.")

    def act(self) -> Act:
        return Act(**{**self.model_dump(), "attachments": tuple(self.attachments)})


class CandidateShown(Shown):
    """A post in an organisation that may take the task."""

    post: str
    post_name: str
    organisation: str
    organisation_name: str


class TaskShown(Shown):
    """A user task. `version` is also the ETag. `provisional`: `due_at` was counted over days that no notice has settled yet."""

    id: str
    case: str
    element: str
    name: str
    lane: str
    form: str
    status: str
    assignee: str | None
    candidates: list[CandidateShown]
    created_at: datetime
    due_at: datetime | None
    due_workdays: int | None
    provisional: bool
    ended_at: datetime | None
    ended_by: str | None
    version: int


class MayShown(Shown):
    """Whether this person may do it now, and if not, why."""

    allowed: bool
    code: str
    reason: str


class ReturnTarget(Shown):
    """A step the diagram offers for 退回."""

    element: str
    name: str


class TaskPage(TaskShown):
    """A task with its form and everything needed to do it."""

    documentation: str
    form_schema: dict[str, Any]
    input: dict[str, Any]
    draft: dict[str, Any] | None
    may: dict[str, MayShown]
    return_to: list[ReturnTarget]


class OpenedShown(Shown):
    """Something the case waits for. `kind`: user, job, timer, message, signal. `workdays`: how many were counted to `due_at`, if any."""

    kind: str
    number: int
    element: str
    name: str
    task: str
    candidates: list[CandidateShown]
    due_at: datetime | None
    workdays: int | None
    provisional: bool


class CaseShown(Shown):
    """A case. `version` is also the ETag; `stage` is the business word of the moment."""

    id: str
    key: str
    title: str
    process: str
    definition_version: int
    status: str
    stage: str
    township: str | None
    department: str | None
    initiator: str
    parent: str | None
    started_at: datetime
    ended_at: datetime | None
    version: int


class CasePage(CaseShown):
    """A case with everything it waits for now."""

    waits: list[OpenedShown]


class MovedShown(Shown):
    """A case after a step, and what it waits for that it did not wait for before."""

    case: CaseShown
    opened: list[OpenedShown]
    task: TaskShown | None = None


class PlaceShown(Shown):
    """A waiting place with the variables it sees."""

    number: int
    element: str
    name: str
    variables: dict[str, Any]


class PlacesShown(Shown):
    """Where the case stands."""

    items: list[PlaceShown]


class StartGiven(Given):
    """Begin a case of a deployed process."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"process": "seal_authorisation", "township": "huotian", "title": "火田镇第一批事项授权"}]
        },
    )

    process: str = Field(max_length=200)
    township: str | None = Field(None, max_length=64)
    department: str | None = Field(None, max_length=64)
    title: str = Field("", max_length=200)
    message: str = Field("", max_length=200, description="Name of the message start event; empty for the plain start.")
    variables: dict[str, Any] = Field(default_factory=dict)
    act: ActGiven = Field(default_factory=lambda: ActGiven())


class CompleteGiven(Given):
    """The form's values and the act."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"data": {"director_decision": "agree"}, "act": {"opinion": "同意。"}}]},
    )

    data: dict[str, Any] = Field(default_factory=dict)
    act: ActGiven = Field(default_factory=lambda: ActGiven())


class DraftGiven(Given):
    """What is filled in so far."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"data": {"batch_name": "第一批"}}]})

    data: dict[str, Any]


class ReturnGiven(Given):
    """退回: where to, and why (the act's opinion)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"target": "draft_list", "act": {"opinion": "缺下放文件，请补充。"}}]},
    )

    target: str = Field(max_length=200)
    act: ActGiven


def candidate(found: Candidate, names: Names) -> CandidateShown:
    return CandidateShown(
        post=found.post,
        post_name=say(f"post.{found.post}"),
        organisation=found.organisation_id,
        organisation_name=names.of(found.organisation_id),
    )


def task(found: Task, names: Names) -> TaskShown:
    return TaskShown(**task_fields(found, names))


def task_page(view: TaskView, names: Names) -> TaskPage:
    return TaskPage(
        **task_fields(view.task, names),
        documentation=view.documentation,
        form_schema=dict(view.form),
        input=json_value(dict(view.input)),
        draft=None if view.draft is None else json_value(dict(view.draft)),
        may={verb: MayShown(allowed=bool(v), code=v.code, reason=v.reason) for verb, v in view.may.items()},
        return_to=[ReturnTarget(element=id, name=name) for id, name in view.return_to.items()],
    )


def case(found: Case) -> CaseShown:
    return CaseShown(**_case_fields(found))


def case_page(view: CaseView, names: Names) -> CasePage:
    return CasePage(**_case_fields(view.case), waits=[opened(w, names) for w in view.waits])


def opened(found: Opened, names: Names) -> OpenedShown:
    return OpenedShown(
        kind=found.kind,
        number=found.number,
        element=found.element_id,
        name=found.name,
        task=found.task_id,
        candidates=[candidate(c, names) for c in found.candidates],
        due_at=found.due_at,
        workdays=found.workdays,
        provisional=found.provisional,
    )


def moved(found: Moved, names: Names) -> MovedShown:
    return MovedShown(
        case=case(found.case),
        opened=[opened(o, names) for o in found.opened],
        task=task(found.task, names) if found.task else None,
    )


def place(found: Place) -> PlaceShown:
    return PlaceShown(
        number=found.number, element=found.element_id, name=found.name, variables=json_value(dict(found.variables))
    )


def task_fields(found: Task, names: Names) -> dict[str, Any]:
    """What every showing of a task begins with."""
    return {
        "id": found.id, "case": found.case_id, "element": found.element_id, "name": found.name, "lane": found.lane,
        "form": found.form_key, "status": found.status.value, "assignee": found.assignee_id,
        "candidates": [candidate(c, names) for c in found.candidates], "created_at": found.created_at,
        "due_at": found.due_at, "due_workdays": found.due_workdays, "provisional": found.provisional,
        "ended_at": found.ended_at, "ended_by": found.ended_by, "version": found.version,
    }  # fmt: skip


def _case_fields(found: Case) -> dict[str, Any]:
    return {
        "id": found.id, "key": found.business_key, "title": found.title, "process": found.process_key,
        "definition_version": found.definition_version, "status": found.status.value, "stage": found.stage,
        "township": found.township_id, "department": found.department_id, "initiator": found.initiator_id,
        "parent": found.parent_case_id, "started_at": found.started_at, "ended_at": found.ended_at,
        "version": found.version,
    }  # fmt: skip
