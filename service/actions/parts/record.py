"""One step of a case: the engine decides, this scene writes. Lock first, look second: the case comes in locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts import commands
from service.actions.parts.openings import Opened, write_openings
from service.actions.parts.sealing import EventFacts, seal_case_event
from service.domain.calendar import COUNTY
from service.domain.cases import Case, CaseStatus, Task
from service.domain.errors import Conflict, StepFailed
from service.engine import codec, run
from service.engine.model import STATE_VERSION, Bundle, Command, EngineError, Step
from service.store import cases, jobs
from service.store.failpoints import point


@dataclass(frozen=True, slots=True)
class Moved:
    """A case after a step: what it waits for now that it did not wait for before."""

    case: Case
    opened: tuple[Opened, ...]
    task: Task | None = None


def take_step(frame: Frame, case: Case, command: Command, *, event: EventFacts) -> Moved:
    """Run ``command`` on the locked ``case`` and write everything it changes, the event included."""
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    step = _apply(frame, case, command, bundle=bundle)
    point("step_run")
    opened = _open(frame, case, bundle, step=step)
    point("step_opened")
    _note_subjects(frame, case, command)
    after = _after(frame, case, bundle, step=step, opened=opened)
    sealed = seal_case_event(frame, case, _told(event, command, bundle, step=step, after=after, opened=opened))
    point("step_sealed")
    saved = replace(after, event_seq=sealed.seq, event_hash=sealed.hash)
    if not cases.save_step(frame.tx, saved, expected_version=case.version):
        raise Conflict("case.moved_on", case=case.business_key)
    point("step_saved")
    if saved.status in (CaseStatus.COMPLETED, CaseStatus.CANCELLED):
        jobs.cancel_jobs_of_case(frame.tx, case.id)
    return Moved(saved, opened)


def _apply(frame: Frame, case: Case, command: Command, *, bundle: Bundle) -> Step:
    try:
        return run.apply(bundle, case.state or None, command, at=frame.now)
    except EngineError as error:
        raise StepFailed(
            "step.failed", case=case.business_key, why=error.message, element=error.element, code=error.code,
            expression=error.expression, case_id=case.id,
        ) from error  # fmt: skip


def _open(frame: Frame, case: Case, bundle: Bundle, *, step: Step) -> tuple[Opened, ...]:
    try:
        return write_openings(frame, case, bundle, step=step, by=frame.actor.person_id)
    except StepFailed as error:
        error.values.setdefault("case_id", case.id)  # whoever writes the incident must know the case
        raise


def _after(frame: Frame, case: Case, bundle: Bundle, *, step: Step, opened: tuple[Opened, ...]) -> Case:
    status = CaseStatus(step.status)
    stages = [bundle.elements[o.element_id].case_status for o in opened]
    return replace(
        case,
        status=status,
        stage=next((s for s in reversed(stages) if s), case.stage),
        ended_at=frame.now if status is not CaseStatus.ACTIVE else None,
        version=case.version + 1,
        state=step.state,
        state_digest=step.digest,
    )


def _told(
    event: EventFacts, command: Command, bundle: Bundle, *, step: Step, after: Case, opened: Sequence[Opened]
) -> EventFacts:
    facts: dict[str, Any] = {
        "command": type(command).__name__,
        "bundle": bundle.digest,
        "state_version": STATE_VERSION,
        "state": step.digest,
        "status": step.status,
        "version": after.version,
        "steps": [
            {"element": t.element, "kind": t.kind, "name": t.name, "outcome": t.outcome}
            | ({"detail": codec.encode(dict(t.detail))} if t.detail else {})
            for t in step.trail
        ],
    }
    deadlines = [_deadline(o) for o in opened if o.due_at and o.workdays is not None]
    facts |= {"deadlines": deadlines} if deadlines else {}
    personal = {"command": commands.to_json(command)}
    return replace(event, facts=facts | dict(event.facts), personal=personal | dict(event.personal))


def _deadline(opened: Opened) -> dict[str, Any]:
    """How a date was computed, for whoever asks later: the calendar of that moment may have been a guess."""
    assert opened.due_at
    return {
        "element": opened.element_id, "number": opened.number, "workdays": opened.workdays,
        "due": opened.due_at.isoformat(), "calendar": opened.calendar or COUNTY, "provisional": opened.provisional,
    }  # fmt: skip


def _note_subjects(frame: Frame, case: Case, command: Command) -> None:
    """The variable ``items`` names the items a case is about: the filter by item and signals go by it."""
    data: Mapping[str, Any] = getattr(command, "data", {})
    items = data.get("items")
    if isinstance(items, list):
        found = {str(i["item_id"]) for i in items if isinstance(i, Mapping) and i.get("item_id")}
        cases.set_subjects(frame.tx, case.id, "item", found)
