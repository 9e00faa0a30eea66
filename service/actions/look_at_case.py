"""A person looks at a case: what it waits for, what this person may do with it, and the variables each waiting place sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.parts.acts import ActSeen, course_of
from service.actions.parts.openings import Opened, opened_job, opened_task
from service.actions.parts.senders import may_send
from service.domain.cases import Case, CaseStatus, JobKind, MessageWait, Task
from service.domain.errors import NotFound
from service.domain.permission import Facts, Verdict, can
from service.engine import run
from service.engine.model import Bundle
from service.store import cases, jobs, messages, tasks

MACHINE = {JobKind.HANDLER: "job", JobKind.TIMER: "timer"}
VERBS = ("suspend", "resume", "cancel", "set_variables")


@dataclass(frozen=True, slots=True)
class Sendable:
    """A message this person may send to the case now. ``title``: what the diagram calls the place that waits for it."""

    name: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """``waits``: everything the case waits for now, in the order it began to wait. ``tasks``: those of them that people do.

    ``acts``: 办理经过, when it was asked for.
    """

    case: Case
    waits: tuple[Opened, ...]
    tasks: tuple[Task, ...] = ()
    may: Mapping[str, Verdict] = field(default_factory=dict)
    messages: tuple[Sendable, ...] = ()
    process_name: str = ""
    acts: tuple[ActSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A waiting place with the variables it sees."""

    number: int
    element_id: str
    name: str
    variables: Mapping[str, Any]


def look_at_case(frame: Frame, case_id: str, *, with_acts: bool = False) -> CaseView:
    """NotFound when it does not exist or this person may not know of it."""
    case, facts = see_case(frame, case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    elements = bundle.elements
    open_tasks = tasks.tasks_of_case(frame.tx, case_id, open_only=True)
    people_do = [opened_task(t) for t in open_tasks]
    machine_does = [
        opened_job(j, MACHINE[j.kind], elements[j.element_id].name)
        for j in jobs.open_jobs(frame.tx, case_id)
        if j.kind in MACHINE
    ]
    comes_in = messages.waits_of_case(frame.tx, case_id)
    found = [
        *people_do,
        *machine_does,
        *(Opened(w.kind, w.number, w.element_id, elements[w.element_id].name) for w in comes_in),
    ]
    return CaseView(
        case,
        tuple(sorted(found, key=lambda w: w.number)),
        tasks=tuple(open_tasks),
        may={verb: can(frame.actor, f"case.{verb}", facts) for verb in VERBS},
        messages=_sendable(frame, case, facts, bundle=bundle, waits=comes_in),
        process_name=bundle.name,
        acts=course_of(frame, case, bundle) if with_acts else (),
    )


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


def _sendable(
    frame: Frame, case: Case, facts: Facts, *, bundle: Bundle, waits: list[MessageWait]
) -> tuple[Sendable, ...]:
    """Each message of an active case once, when the person may send it to every place that waits for it."""
    places: dict[tuple[str, str], list[str]] = {}
    for wait in waits:
        if wait.kind == "message" and bundle.elements[wait.element_id].senders:
            places.setdefault((wait.name, wait.key), []).append(wait.element_id)
    if case.status is not CaseStatus.ACTIVE or not places:
        return ()
    return tuple(
        Sendable(name, key, bundle.elements[ids[0]].name)
        for (name, key), ids in places.items()
        if may_send(frame, case, facts, ids)
    )
