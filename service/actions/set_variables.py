"""修改变量: the coordinating office puts a value right that no person's form gave. Old and new value are kept in the erasable payload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case
from service.actions.parts.literals import Change, changes_wanted
from service.actions.parts.record import Moved
from service.actions.parts.repairing import force, place_of
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Case, JobKind
from service.engine import codec, run
from service.engine.model import Bundle, Wait
from service.store import jobs, tasks


@dataclass(frozen=True, slots=True)
class SetVariables:
    """``given``: name -> literal; ``remove``: names. ``number``: the place that sees them, 0 for the whole case. ``if_match``: of the
    preview; must be given."""

    case_id: str
    given: Mapping[str, str]
    reason: str
    remove: Sequence[str] = field(default_factory=tuple)
    number: int = 0
    if_match: int | None = None


def set_variables(frame: Frame, order: SetVariables) -> Moved:
    """The case, where it was, with other variables; open tasks and jobs see them too."""
    case, facts = lock_visible_case(frame, order.case_id)
    allow(frame, "case.set_variables", facts)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    command, changes = changes_wanted(
        frame, case, bundle, number=order.number, given=order.given, remove=order.remove
    )  # fmt: skip
    event = EventFacts(
        type="case.variables_set", element=place_of(case, bundle, order.number).id if order.number else "",
        number=order.number, facts={"names": sorted({change.name for change in changes})},
        personal={"changes": [_told(change) for change in changes]},
    )  # fmt: skip
    moved = force(frame, case, command, event=event, reason=order.reason, if_match=order.if_match)
    _hand_on(frame, moved.case, bundle)
    return moved


def _told(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"name": change.name}
    if not change.added:
        told["old"] = codec.encode(change.was)
    if not change.removed:
        told["new"] = codec.encode(change.now)
    return told


def _hand_on(frame: Frame, case: Case, bundle: Bundle) -> None:
    """Tasks and jobs hold what their place saw when it opened."""
    seen = {wait.number: wait for wait in run.waits(bundle, case.state)}
    for task in tasks.tasks_of_case(frame.tx, case.id, open_only=True):
        data = _input(seen.get(task.number))
        if data is not None and data != task.input:
            tasks.set_input(frame.tx, task.id, data)
    for job in jobs.open_jobs(frame.tx, case.id):
        data = _input(seen.get(job.number)) if job.kind is JobKind.HANDLER else None
        if data is not None and data != job.payload.get("input"):
            jobs.set_payload(frame.tx, job.id, {**job.payload, "input": data})


def _input(wait: Wait | None) -> dict[str, Any] | None:
    return codec.encode(dict(wait.data)) if wait else None
