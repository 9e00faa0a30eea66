"""A person looks at a case: what it waits for, and the variables each waiting place sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.parts.openings import Opened, opened_job, opened_task
from service.domain.cases import Case, CaseStatus, JobKind
from service.domain.errors import NotFound
from service.engine import run
from service.store import cases, jobs, messages, tasks

MACHINE = {JobKind.HANDLER: "job", JobKind.TIMER: "timer"}


@dataclass(frozen=True, slots=True)
class CaseView:
    """``waits``: everything the case waits for now, in the order it began to wait."""

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
    people_do = [opened_task(t) for t in tasks.tasks_of_case(frame.tx, case_id, open_only=True)]
    machine_does = [
        opened_job(j, MACHINE[j.kind], elements[j.element_id].name)
        for j in jobs.open_jobs(frame.tx, case_id)
        if j.kind in MACHINE
    ]
    comes_in = [
        Opened(w.kind, w.number, w.element_id, elements[w.element_id].name)
        for w in messages.waits_of_case(frame.tx, case_id)
    ]
    found = [*people_do, *machine_does, *comes_in]
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
