"""Jobs and incidents."""

from datetime import datetime
from typing import Any

from service.api.shapes.base import Shown
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
    }  # fmt: skip
    return IncidentShown(**fields)
