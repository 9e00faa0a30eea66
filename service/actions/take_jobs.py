"""A worker takes due jobs: transaction one of two. What a handler needs to know is gathered here, as values."""

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
    """``owner`` names the worker process; ``limit`` jobs at most."""

    owner: str
    limit: int = 1
    kinds: tuple[JobKind, ...] | None = None
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class TakenJob:
    """A leased job. ``input``: the variables the service task sees; ``facts``: what its handler declared it needs."""

    job: Job
    case: Case
    input: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""  # the handler's name when this process does not know it


def take_jobs(frame: Frame, order: TakeJobs) -> tuple[TakenJob, ...]:
    """Leased to ``owner`` until the lease ends; the fence of each job tells a late finisher from the rightful one."""
    taken = jobs.claim_jobs(
        frame.tx, owner=order.owner, now=frame.now, lease=order.lease, limit=order.limit, kinds=order.kinds
    )
    return tuple(_with_facts(frame, job) for job in taken)


def _with_facts(frame: Frame, job: Job) -> TakenJob:
    case = cases.get_case(frame.tx, job.case_id)
    assert case
    if job.kind is not JobKind.HANDLER:
        return TakenJob(job, case)
    handler = frame.handlers.get(job.handler)
    if handler is None:
        return TakenJob(job, case, missing=job.handler)
    given = codec.decode(dict(job.payload.get("input", {})))
    facts = {name: FACTS[name](frame, case, given) for name in handler.facts}
    return TakenJob(job, case, given, facts)
