"""Operating: jobs, incidents, and setting right what stands still. The system administrator's room; case content is not shown."""

from typing import Literal

from fastapi import Response

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.retry_incident import RetryIncident, retry_incident
from service.actions.run_job import RunJob, run_job
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import After, Limit, Listed, Reason, listed
from service.api.shapes.jobs import IncidentShown, JobShown, incident, job
from service.domain.people import Role
from service.domain.permission import Facts, Visible, visible
from service.store import incidents, jobs

router = new_router("operating")


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
    door: Door, status: Literal["open", "resolved"] | None = None, case: str | None = None, after: After = None,
    limit: Limit = 50,
) -> Listed[IncidentShown]:  # fmt: skip
    """What stands still: of the cases I may see; the system administrator sees all incidents, not the cases."""

    def look(frame: Frame) -> Listed[IncidentShown]:
        actor = frame.actor
        operates = Role.SYSTEM_ADMIN in actor.roles
        scope = Visible(True, frozenset(), actor.person_id) if operates else visible(actor)
        found = incidents.list_incidents(frame.tx, visible=scope, status=status, case_id=case, after=after, limit=limit)
        return listed(found, incident)

    return door.read(look)


@router.post("/incidents/{incident_id}/retry", response_model=IncidentShown, responses=WRITE_PROBLEMS)
def retry(door: Door, incident_id: str, body: Reason, idempotency_key: IdempotencyKey = None) -> Response:
    """The cause is mended: all tries again."""
    order = RetryIncident(incident_id, body.reason)
    return door.write(lambda frame: Answer(incident(retry_incident(frame, order))), thing=incident_id)
