"""A worker takes due jobs: transaction one of two. What a handler needs to know is gathered after it, as values.

Gathering has a reading of its own: it may fail on what people wrote, and a job that cannot even be taken would stop the queue.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.facts import FACTS
from service.domain.cases import Case, Job, JobKind
from service.engine import codec
from service.store import cases, jobs

LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class TakeJobs:
    """``owner`` names the worker process; ``limit`` jobs at most. ``lease``: of jobs whose handler does not say otherwise."""

    owner: str
    limit: int = 1
    kinds: tuple[JobKind, ...] | None = None
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class TakenJob:
    """A leased job. ``input``: the variables the service task sees."""

    job: Job
    case: Case
    input: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""  # the handler's name when this process does not know it


def take_jobs(frame: Frame, order: TakeJobs) -> tuple[TakenJob, ...]:
    """Leased to ``owner`` until the lease ends; the fence of each job tells a late finisher from the rightful one."""
    lease_of = {name: timedelta(seconds=handler.lease_seconds) for name, handler in frame.handlers.items()}
    taken = jobs.claim_jobs(
        frame.tx, owner=order.owner, now=frame.now, lease=order.lease, limit=order.limit, kinds=order.kinds,
        lease_of=lease_of,
    )  # fmt: skip
    return tuple(_with_input(frame, job) for job in taken)


def gather_facts(frame: Frame, taken: TakenJob) -> dict[str, Any]:
    """Name -> value of everything the job's handler declared it needs."""
    handler = frame.handlers[taken.job.handler]
    return {name: FACTS[name](frame, taken.case, taken.input) for name in handler.facts}


def step_name(frame: Frame, taken: TakenJob) -> str:
    """What the diagram calls the step of the job."""
    return frame.bundles.get(frame.tx, taken.case.bundle_digest).elements[taken.job.element_id].name


def _with_input(frame: Frame, job: Job) -> TakenJob:
    case = cases.get_case(frame.tx, job.case_id)
    assert case
    if job.kind is not JobKind.HANDLER:
        return TakenJob(job, case)
    if job.handler not in frame.handlers:
        return TakenJob(job, case, missing=job.handler)
    return TakenJob(job, case, codec.decode(dict(job.payload.get("input", {}))))
