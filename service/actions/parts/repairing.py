"""Repairing a case: what an order of 强制 would do, seen beforehand, and done only to the very state that was seen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_be_active, must_match, reason_given
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Case, JobStatus, TaskStatus
from service.domain.errors import Conflict, Invalid
from service.engine import run
from service.engine.model import Bundle, Command, Element, EngineError, Step
from service.store import incidents, jobs, tasks
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class Passed:
    """A place of the drawing in what would happen. ``how``: opened, completed, cancelled, skipped, error."""

    element: str
    name: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a repair would do to the case as it is at ``version``. Names of places only, never what the case holds.

    ``after``: the status of the case.
    """

    version: int
    passed: tuple[Passed, ...]
    closed: tuple[Passed, ...]
    opened: tuple[Passed, ...]
    after: str


def foresee(frame: Frame, case: Case, command: Command) -> Step:
    """The step on a copy; Conflict when what it names waits no more, Invalid saying why when it may not be."""
    must_be_active(case)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    try:
        return run.apply(bundle, case.state, command, at=frame.now)
    except EngineError as error:
        if error.code == "not-waiting":
            raise Conflict("repair.not_waiting", case=case.business_key, why=error.message) from error
        name = bundle.elements[error.element].name if error.element in bundle.elements else error.element
        raise Invalid("repair.refused", case=case.business_key, element=name, why=error.message) from error


def foreseen(frame: Frame, case: Case, command: Command) -> Foreseen:
    """``foresee`` told to people."""
    step = foresee(frame, case, command)
    elements = frame.bundles.get(frame.tx, case.bundle_digest).elements
    return Foreseen(
        version=case.version,
        passed=_named(elements.values(), ((t.element, t.outcome) for t in step.trail)),
        closed=_named(elements.values(), ((c.element, c.how) for c in step.closed)),
        opened=_named(elements.values(), ((w.element, "opened") for w in step.opened)),
        after=step.status,
    )


def force(frame: Frame, case: Case, command: Command, *, event: EventFacts, reason: str, if_match: int | None) -> Moved:
    """Do it to the locked ``case``, and close the incidents of what waits no more."""
    if if_match is None:
        raise Invalid("repair.no_version", case=case.business_key)
    must_match(if_match, case.version, what=case.business_key)
    why = reason_given(reason)
    foresee(frame, case, command)
    told = replace(event, facts={"forced": True, **event.facts}, personal={"reason": why, **event.personal})
    moved = take_step(frame, case, command, event=told)
    _settle_incidents(frame, case.id)
    notify_work(frame.tx)
    return moved


def place_of(case: Case, bundle: Bundle, number: int) -> Element:
    """The element that waits under ``number``; Conflict when nothing does."""
    for wait in run.waits(bundle, case.state) if case.state else ():
        if wait.number == number:
            return bundle.elements[wait.element]
    raise Conflict("repair.nothing_waits", case=case.business_key, number=number)


def _named(elements: Iterable[Element], told: Iterable[tuple[str, str]]) -> tuple[Passed, ...]:
    known = {element.id: element for element in elements}
    return tuple(
        Passed(id, known[id].name if id in known else id, known[id].kind if id in known else "", how)
        for id, how in told
    )


def _settle_incidents(frame: Frame, case_id: str) -> None:
    for incident in incidents.open_incidents(frame.tx, case_id):
        job = jobs.get_job(frame.tx, incident.job_id) if incident.job_id else None
        task = tasks.get_task(frame.tx, incident.task_id) if incident.task_id else None
        over = (job and job.status in (JobStatus.DONE, JobStatus.CANCELLED)) or (
            task and task.status is not TaskStatus.OPEN
        )
        if over:
            incidents.resolve_incidents(
                frame.tx, case_id=case_id, job_id=incident.job_id, task_id=incident.task_id, at=frame.now,
                by=frame.actor.person_id,
            )  # fmt: skip
