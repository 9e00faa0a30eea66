"""Before anybody acts on a task or a case: lock it, look at it, ask whether this person may, and check the act itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from service.actions.frame import Frame
from service.domain.calendar import SHANGHAI, local_date
from service.domain.cases import Act, Case, CaseStatus, Task, TaskStatus
from service.domain.errors import Conflict, Fault, Invalid, NotAllowed, NotFound, Stale
from service.domain.people import Actor
from service.domain.permission import Facts, can, can_see
from service.domain.texts import say
from service.engine.model import Bundle, Element
from service.store import cases, files, organisations, people, tasks
from service.store.session import Transaction

OPINION_LIMIT = 4_000
NUMBER_LIMIT = 200
FIRST_DAY = date(1949, 10, 1)
CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")  # decisions are sealed for good, so no free text, no person


@dataclass(frozen=True, slots=True)
class Desk:
    """A task with all that is needed to judge and do it; the case is locked."""

    task: Task
    case: Case
    bundle: Bundle
    element: Element
    facts: Facts


def lock_desk(frame: Frame, task_id: str) -> Desk:
    """Lock the task's case, then read the task; NotFound when it does not exist or this person may not know of it."""
    return _desk(frame, task_id, cases.lock_case)


def see_desk(frame: Frame, task_id: str) -> Desk:
    """The same without the lock, for looking only."""
    return _desk(frame, task_id, cases.get_case)


def _desk(frame: Frame, task_id: str, find: Callable[[Transaction, str], Case | None]) -> Desk:
    case_id = task_id.rpartition(".")[0]
    case = find(frame.tx, case_id) if case_id else None
    task = tasks.get_task(frame.tx, task_id) if case else None
    if case is None or task is None:
        raise NotFound("task.unknown", id=task_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    element = bundle.elements[task.element_id]
    facts = task_facts(frame, case, task, bundle=bundle)
    must_see(frame, facts, NotFound("task.unknown", id=task_id, hidden=True))
    return Desk(task, case, bundle, element, facts)


def task_facts(frame: Frame, case: Case, task: Task, *, bundle: Bundle) -> Facts:
    """What ``can`` needs to judge an act on ``task``."""
    element = bundle.elements[task.element_id]
    names = {
        id: e.name or id for id, e in bundle.elements.items() if id in (*element.separate_from, *element.return_to)
    }
    if task.assignee_id:
        holder = people.get_person(frame.tx, task.assignee_id)
        names[task.assignee_id] = holder.name if holder else task.assignee_id
    return Facts(
        case=case,
        task=task,
        access=frozenset(organisation for organisation, _ in cases.access_of(frame.tx, case.id)),
        acts=tuple(tasks.completed_by(frame.tx, case.id)),
        separate_from=element.separate_from,
        return_to=element.return_to,
        names=names,
    )


def lock_visible_case(frame: Frame, case_id: str) -> tuple[Case, Facts]:
    """Lock a case this person may see; NotFound otherwise."""
    return _visible_case(frame, case_id, cases.lock_case)


def see_case(frame: Frame, case_id: str) -> tuple[Case, Facts]:
    """The same without the lock, for looking only."""
    return _visible_case(frame, case_id, cases.get_case)


def _visible_case(frame: Frame, case_id: str, find: Callable[[Transaction, str], Case | None]) -> tuple[Case, Facts]:
    case = find(frame.tx, case_id)
    if case is None:
        raise NotFound("case.unknown", id=case_id)
    office = organisations.organisation_by_office(frame.tx, "reform_office")
    facts = Facts(
        case=case,
        access=frozenset(organisation for organisation, _ in cases.access_of(frame.tx, case.id)),
        acts=tuple(tasks.completed_by(frame.tx, case.id)),
        reform_office_id=office.id if office else "",
    )
    must_see(frame, facts, NotFound("case.unknown", id=case_id, hidden=True))
    return case, facts


def must_see(frame: Frame, facts: Facts, unknown: NotFound) -> None:
    """Raise ``unknown`` when the actor may not know that the case exists; 审改办 coordinates, so it sees every case."""
    assert facts.case
    actor = frame.actor
    worked = any(person == actor.person_id for _, person in facts.acts)
    if not can_see(actor, facts.case, facts.access, worked_on=worked):
        raise unknown


def allow(frame: Frame, verb: str, facts: Facts) -> None:
    """NotAllowed with the reason, unless the actor may."""
    verdict = can(frame.actor, verb, facts)
    if not verdict:
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb=verb)


def still_open(frame: Frame, desk: Desk) -> None:
    """Another was first: say who and when, and stop."""
    if desk.task.status is not TaskStatus.OPEN:
        who = people.get_person(frame.tx, desk.task.ended_by) if desk.task.ended_by else None
        when = local_time(desk.task)
        raise Conflict(
            "task.already_done", task=desk.task.name, name=who.name if who else say("actor.system"), when=when
        )


def holder_of(frame: Frame, task: Task) -> Actor | None:
    """Who took the task and still holds one of its posts."""
    found = people.actor(frame.tx, task.assignee_id) if task.assignee_id else None
    return found if found and any(found.holds(c.post, c.organisation_id) for c in task.candidates) else None


def local_time(task: Task) -> str:
    """When a task ended, as people read it, or an empty text."""
    return task.ended_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if task.ended_at else ""


def must_match(wanted: int | None, current: int, *, what: str) -> None:
    """If-Match: the version the caller last saw must be today's."""
    if wanted is not None and wanted != current:
        raise Stale("version.stale", what=what, wanted=wanted, current=current)


def must_be_active(case: Case) -> None:
    if case.status is not CaseStatus.ACTIVE:
        raise Conflict("case.not_active", case=case.business_key, status=say(f"case.status.{case.status.value}"))


def checked_act(frame: Frame, act: Act, *, case_id: str, task_id: str | None = None) -> Act:
    """The act with its date filled in; an act of an earlier day is a 补录 and needs its reason. Binds the attachments."""
    today = local_date(frame.now)
    day = act.act_date or today
    if day < FIRST_DAY:
        raise _beside("act_date", Invalid("act.too_early", act_date=day.isoformat(), first=FIRST_DAY.isoformat()))
    if day > today:
        raise _beside("act_date", Invalid("act.in_future", act_date=day.isoformat(), today=today.isoformat()))
    if day < today and not act.late_reason.strip():
        refused = Invalid("act.late_without_reason", act_date=day.isoformat(), today=today.isoformat())
        raise _beside("late_reason", refused)
    if act.decision and not CODE.fullmatch(act.decision):
        raise Invalid("act.decision_code", found=act.decision[:60])
    if len(act.opinion) > OPINION_LIMIT or len(act.late_reason) > OPINION_LIMIT or len(act.paper_number) > NUMBER_LIMIT:
        raise Invalid("act.too_long", limit=OPINION_LIMIT)
    _bind(frame, act, case_id=case_id, task_id=task_id)
    return replace(act, act_date=day)


def _beside(field: str, refused: Invalid) -> Invalid:
    """The refusal with its place, so that a page shows it there."""
    refused.faults = (Fault(refused.text.replace(".", "-").replace("_", "-"), str(refused), {"field": f"act.{field}"}),)
    return refused


def post_for(actor: Actor, task: Task) -> tuple[str, str]:
    """The post (and its organisation) under which this person acts on this task."""
    for candidate in task.candidates:
        if actor.holds(candidate.post, candidate.organisation_id):
            return candidate.post, candidate.organisation_id
    return "", actor.organisation_id


def _bind(frame: Frame, act: Act, *, case_id: str, task_id: str | None) -> None:
    for id in act.attachments:
        found = files.get_attachment(frame.tx, id)
        if found is None or found.added_by != frame.actor.person_id or found.case_id not in (None, case_id):
            raise Invalid("attachment.unknown", id=id)
    if act.attachments:
        files.bind_attachments(frame.tx, act.attachments, case_id=case_id, task_id=task_id)


def reason_given(reason: str) -> str:
    """An intervention needs a reason that others can read later."""
    text = reason.strip()
    if not text or len(text) > OPINION_LIMIT:
        raise Invalid("reason.missing", limit=OPINION_LIMIT)
    return text
