"""Operating: jobs, incidents, and setting right what stands still. The system administrator's room; case content is not shown."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Query, Response

from service.actions.frame import Frame
from service.actions.look_at_incident import look_at_incident
from service.actions.parts.acting import allow, reason_given
from service.actions.parts.alike import like_ones
from service.actions.retry_incident import RetryIncident, retry_incident
from service.actions.run_job import RunJob, run_job
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import After, Limit, Listed, Reason, listed
from service.api.shapes.jobs import (
    IncidentPage,
    IncidentShown,
    JobShown,
    Retried,
    RetriedAll,
    RetryGiven,
    incident,
    incident_page,
    job,
)
from service.domain.permission import Facts, operating_scope
from service.store import incidents, jobs
from service.store.incidents import Wanted

router = new_router("operating")
OlderHours = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/jobs")
def list_jobs(
    door: Door, status: Literal["due", "done", "failed", "cancelled"] | None = None, case: str | None = None,
    after: After = None, limit: Limit = 50,
) -> Listed[JobShown]:  # fmt: skip
    """All jobs, newest first; for the jobs of one case everybody who sees it may ask at the case."""

    def look(frame: Frame) -> Listed[JobShown]:
        allow(frame, "operation.read", Facts())
        return listed(jobs.list_jobs(frame.tx, case_id=case, status=status, after=after, limit=limit), job)

    return door.read(look)


@router.post("/jobs/{job_id}/run", response_model=JobShown, responses=WRITE_PROBLEMS)
def run(door: Door, job_id: str, body: Reason, idempotency_key: IdempotencyKey = None) -> Response:
    """Try a waiting job now instead of after its back-off. A timer of the diagram never fires early."""
    return door.write(lambda frame: Answer(job(run_job(frame, RunJob(job_id, body.reason)))), thing=job_id)


@router.get("/incidents")
def list_incidents(
    door: Door, status: Literal["open", "resolved"] | None = None, case: str | None = None, process: str | None = None,
    element: str | None = None, kind: Literal["handler", "timer", "deliver", "remind", "step"] | None = None,
    older_hours: OlderHours = None, after: After = None, limit: Limit = 50,
) -> Listed[IncidentShown]:  # fmt: skip
    """What stands still: of the cases I may see; the system administrator sees all incidents, not the cases.

    `older_hours`: opened so many hours ago or earlier.
    """

    def look(frame: Frame) -> Listed[IncidentShown]:
        before = frame.now - timedelta(hours=older_hours) if older_hours else None
        wanted = Wanted(status, case, process=process, element=element, kind=kind, before=before)
        found = incidents.list_incidents(
            frame.tx, visible=operating_scope(frame.actor), wanted=wanted, after=after, limit=limit
        )
        return listed(found, incident)

    return door.read(look)


@router.get("/incidents/{incident_id}")
def show_incident(door: Door, incident_id: str) -> IncidentPage:
    """Its cause: the element, the expression or handler, and what it looked at."""
    return door.read(lambda frame: incident_page(look_at_incident(frame, incident_id)))


@router.post("/incidents/{incident_id}/retry", response_model=IncidentShown, responses=WRITE_PROBLEMS)
def retry(door: Door, incident_id: str, body: Reason, idempotency_key: IdempotencyKey = None) -> Response:
    """The cause is mended: all tries again."""
    order = RetryIncident(incident_id, body.reason)
    return door.write(lambda frame: Answer(incident(retry_incident(frame, order))), thing=incident_id)


@router.post("/incidents/retry", responses=WRITE_PROBLEMS)
def retry_many(door: Door, body: RetryGiven, idempotency_key: IdempotencyKey = None) -> RetriedAll:
    """Several at once, each in a transaction of its own; answers which are tried again and why others are not."""

    def which(frame: Frame) -> tuple[list[str], bool]:
        allow(frame, "incident.retry", Facts())
        reason_given(body.reason)
        return like_ones(frame, body.like) if body.like else (body.ids, False)

    ids, more = door.read(which)
    done = door.write_each(
        ids, lambda frame, which: Answer(incident(retry_incident(frame, RetryIncident(which, body.reason))))
    )
    return RetriedAll(items=[Retried(incident=id, refused=str(e) if e else None) for id, e in done.items()], more=more)
