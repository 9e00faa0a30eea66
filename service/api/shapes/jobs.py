"""Jobs and incidents."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from service.actions.look_at_incident import IncidentView
from service.api.shapes.base import Reason, Shown
from service.domain.cases import Incident, Job


class JobShown(Shown):
    """Work for the machine. `kind`: handler, timer, deliver, remind. What it carries is not shown here.

    `provisional`: a timer whose date was counted over days that no notice has settled yet.
    """

    id: str
    case: str
    kind: str
    element: str
    handler: str
    status: str
    due_at: datetime
    provisional: bool
    attempts: int
    max_attempts: int
    lease_owner: str | None
    lease_until: datetime | None
    last_error: str


class IncidentShown(Shown):
    """What stands still, where and why."""

    id: str
    case: str
    job: str | None
    task: str | None
    element: str
    handler: str
    message: str
    status: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    kind: str = Field(description="handler, timer, deliver, remind; step: what a person wanted to do.")
    cause: str = Field(description="The element that failed, where it is not the one that waits.")
    expression: str = Field(description="The FEEL text that failed, if one did; `message` says at which place of it.")
    first_at: datetime | None
    last_at: datetime | None
    times: int = Field(description="How often it failed.")


class LookedAt(Shown):
    """A variable the expression reads. `value` is null for who may not see the case, and for one that was not there."""

    name: str
    value: str | None


class IncidentPage(Shown):
    """One incident with its cause. `number`: of the waiting place, for a repair; 0 when it waits no more."""

    incident: IncidentShown
    case_key: str
    element_name: str
    cause_name: str
    process_name: str
    number: int
    looked_at: list[LookedAt]


class RetryGiven(Reason):
    """Which incidents: `ids`, or `like`: all that have its process, element and kind."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"like": "0f3a", "reason": "外部系统已恢复"}]}
    )

    ids: list[str] = Field(default_factory=list, max_length=200)
    like: str = Field("", max_length=64)


class Retried(Shown):
    """`refused`: why it was not tried again; null when it is."""

    incident: str
    refused: str | None


class RetriedAll(Shown):
    """Each in a transaction of its own. `more`: like ones that did not fit into one request; ask again."""

    items: list[Retried]
    more: bool


def job(found: Job) -> JobShown:
    return JobShown(
        id=found.id, case=found.case_id, kind=found.kind.value, element=found.element_id, handler=found.handler,
        status=found.status.value, due_at=found.due_at,
        provisional=bool(found.payload.get("provisional")), attempts=found.attempts, max_attempts=found.max_attempts,
        lease_owner=found.lease_owner, lease_until=found.lease_until, last_error=found.last_error,
    )  # fmt: skip


def incident(found: Incident) -> IncidentShown:
    fields: dict[str, Any] = {
        "id": found.id, "case": found.case_id, "job": found.job_id, "task": found.task_id,
        "element": found.element_id, "handler": found.handler, "message": found.message, "status": found.status.value,
        "created_at": found.created_at, "resolved_at": found.resolved_at, "resolved_by": found.resolved_by,
        "kind": found.kind, "cause": found.cause_element, "expression": found.expression, "first_at": found.first_at,
        "last_at": found.last_at, "times": found.times,
    }  # fmt: skip
    return IncidentShown(**fields)


def incident_page(view: IncidentView) -> IncidentPage:
    return IncidentPage(
        incident=incident(view.incident), case_key=view.case.business_key, element_name=view.element,
        cause_name=view.cause, process_name=view.process_name, number=view.number,
        looked_at=[LookedAt(name=name, value=value or None) for name, value in view.looked_at.items()],
    )  # fmt: skip
