"""A person looks at a case: what it waits for, and the variables each waiting place sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.parts.openings import Opened
from service.domain.cases import Case, CaseStatus, JobKind
from service.domain.errors import NotFound
from service.engine import run
from service.store import cases, jobs, messages, tasks


@dataclass(frozen=True, slots=True)
class CaseView:
    """``waits``: everything the case waits for now, in the order it began to wait. ``steps``: names of all elements."""

    case: Case
    waits: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A waiting place with the variables it sees."""

    number: int
    element_id: str
    name: str
    variables: Mapping[str, Any]


def look_at_case(frame: Frame, case_id: str) -> CaseView:
    """NotFound when it does not exist or this person may not know of it."""
    case, _ = see_case(frame, case_id)
    elements = frame.bundles.get(frame.tx, case.bundle_digest).elements
    name = lambda id: elements[id].name  # noqa: E731
    found = [
        Opened("user", t.number, t.element_id, t.name, task_id=t.id, candidates=t.candidates, due_at=t.due_at)
        for t in tasks.tasks_of_case(frame.tx, case_id, open_only=True)
    ]
    for job in jobs.open_jobs(frame.tx, case_id):
        if job.kind in (JobKind.HANDLER, JobKind.TIMER):
            kind = "timer" if job.kind is JobKind.TIMER else "job"
            found.append(Opened(kind, job.number, job.element_id, name(job.element_id), due_at=job.due_at))
    for wait in messages.waits_of_case(frame.tx, case_id):
        found.append(Opened(wait.kind, wait.number, wait.element_id, name(wait.element_id)))
    return CaseView(case, tuple(sorted(found, key=lambda w: w.number)))


def look_at_variables(frame: Frame, case_id: str) -> tuple[Place, ...]:
    """The variables where the case stands; none when it has ended."""
    see_case(frame, case_id)
    case = cases.case_with_state(frame.tx, case_id)
    if case is None:
        raise NotFound("case.unknown", id=case_id)
    if case.status not in (CaseStatus.ACTIVE, CaseStatus.SUSPENDED):
        return ()
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    return tuple(
        Place(w.number, w.element, bundle.elements[w.element].name, w.data)
        for w in run.waits(bundle, case.state)
        if not w.host
    )
