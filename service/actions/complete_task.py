"""A person does a task: the form is checked, the case moves, the act is sealed. The main road of the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import Desk, allow, checked_act, lock_desk, must_match, post_for, still_open
from service.actions.parts.offers import offered
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Act
from service.domain.errors import Invalid
from service.engine import codec, forms
from service.engine.model import Complete
from service.store import incidents, tasks


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """``data``: the form's values. ``act``: decision, opinion, paper behind it, dates, attachments."""

    task_id: str
    data: Mapping[str, Any]
    act: Act = field(default_factory=Act)
    if_match: int | None = None


def complete_task(frame: Frame, order: CompleteTask) -> Moved:
    """The case after the step and what it now waits for."""
    desk = lock_desk(frame, order.task_id)
    still_open(frame, desk)
    allow(frame, "task.complete", desk.facts)
    must_match(order.if_match, desk.task.version, what=desk.task.name)
    checked = checked_form(frame, desk, order.data)
    data = checked.data
    act = checked_act(frame, _told(order.act, checked, task=desk.task.name), case_id=desk.case.id, task_id=desk.task.id)
    post, organisation = post_for(frame.actor, desk.task)
    event = EventFacts(
        type="task.completed",
        act=act,
        element=desk.task.element_id,
        number=desk.task.number,
        post=post,
        organisation=organisation,
    )
    moved = take_step(frame, desk.case, Complete(desk.task.number, data), event=event)
    incidents.resolve_incidents(
        frame.tx, case_id=desk.case.id, job_id=None, task_id=desk.task.id, at=frame.now, by=frame.actor.person_id
    )
    return replace(moved, task=tasks.get_task(frame.tx, desk.task.id))


def checked_form(frame: Frame, desk: Desk, submitted: Mapping[str, Any]) -> forms.Checked:
    """The submitted values as the form allows them; Invalid lists every field that is wrong."""
    form = desk.bundle.forms.get(desk.task.form_key, {})
    current = {**codec.decode(dict(desk.task.input)), **offered(frame, form)}
    checked = forms.check(form, submitted, current=current, at=frame.now)
    if checked.faults:
        raise Invalid("form.refused", task=desk.task.name, count=len(checked.faults), faults=checked.faults)
    return checked


def _told(act: Act, checked: forms.Checked, *, task: str) -> Act:
    """Forms carry decision, opinion and files as fields; the history names them whichever way they came, and never two of a kind."""
    decision, opinion = _said(checked.data, "decision"), _said(checked.data, "opinion")
    for given, filled in ((act.decision, decision), (act.opinion, opinion)):
        if given and filled and given != filled:
            raise Invalid("act.contradicts_form", task=task, given=given[:60], filled=filled[:60])
    return replace(
        act,
        decision=act.decision or decision,
        opinion=act.opinion or opinion,
        attachments=tuple(dict.fromkeys((*act.attachments, *checked.files))),
    )


def _said(data: Mapping[str, Any], what: str) -> str:
    """The field ``decision``, or the form's one ``<step>_decision``; several would be no single answer."""
    found = [v for k, v in data.items() if (k == what or k.endswith(f"_{what}")) and isinstance(v, str)]
    return found[0] if len(found) == 1 else ""
