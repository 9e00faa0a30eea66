"""作业: what the machine has to do, for the system administrator; a waiting job can be tried at once."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.run_job import RunJob, run_job
from service.domain.errors import NotFound
from service.domain.permission import Facts
from service.domain.texts import say
from service.pages.door import Door
from service.pages.page import Done, Page
from service.pages.routes.incidents import places
from service.store import jobs

router = APIRouter()
Status = Literal["due", "failed", "done", "cancelled"]
After = Annotated[str, Query(max_length=600)]
ROWS = 20


@router.get("/jobs")
def list_jobs(door: Door, status: Status = "due", after: After = "") -> Response:
    """Newest first."""

    def look(frame: Frame) -> Page:
        allow(frame, "operation.read", Facts())
        page = jobs.list_jobs(frame.tx, status=status, after=after or None, limit=ROWS)
        where = places(frame, [(j.id, j.case_id, j.element_id) for j in page.items])
        return Page(
            "jobs/list.html", view=status, rows=page.items, next=page.next, first=not after, where=where,
            now=frame.now, said=_said,
        )  # fmt: skip

    return door.show(look)


@router.get("/jobs/{job_id}")
def show_job(door: Door, job_id: str) -> Response:
    return door.show(lambda frame: _page(frame, job_id))


@router.post("/jobs/{job_id}/run")
def run(door: Door, job_id: str) -> Response:
    """立即执行: instead of after its back-off. A timer of the diagram never fires early."""

    def act(frame: Frame) -> Done:
        given = door.given
        reason = given.text("reason", required=True)
        given.check()
        run_job(frame, RunJob(job_id, reason))
        return Done("/jobs", say("notice.job_hurried"))

    return door.do(act, again=lambda frame: _page(frame, job_id), thing=job_id)


def _said(about: Literal["kind", "status"], value: str) -> str:
    """Kind or status in words."""
    return say(f"job.kind.{value}") if about == "kind" else say(f"job.status.{value}")


def _page(frame: Frame, job_id: str) -> Page:
    allow(frame, "operation.read", Facts())
    found = jobs.get_job(frame.tx, job_id)
    if found is None:
        raise NotFound("job.unknown", id=job_id)
    where = places(frame, [(found.id, found.case_id, found.element_id)])
    return Page("jobs/show.html", found=found, where=where, now=frame.now, said=_said)
