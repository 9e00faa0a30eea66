"""A person looks at a task: the form, what is filled in, what may be done, and for every no the reason (为什么我不能办)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import Desk, see_desk
from service.domain.cases import Case, Task
from service.domain.permission import Verdict, can
from service.engine import codec

VERBS = ("claim", "unclaim", "draft", "complete", "return")


@dataclass(frozen=True, slots=True)
class TaskView:
    """``input`` and ``draft`` are values, decoded. ``return_to``: element id -> name, as the diagram offers."""

    task: Task
    case: Case
    form: Mapping[str, Any]
    input: Mapping[str, Any]
    draft: Mapping[str, Any] | None
    may: Mapping[str, Verdict] = field(default_factory=dict)
    return_to: Mapping[str, str] = field(default_factory=dict)
    documentation: str = ""


def look_at_task(frame: Frame, task_id: str) -> TaskView:
    """NotFound when it does not exist or this person may not know of it."""
    desk = see_desk(frame, task_id)
    draft = desk.task.draft
    return TaskView(
        task=desk.task,
        case=desk.case,
        form=desk.bundle.forms.get(desk.task.form_key, {}),
        input=codec.decode(dict(desk.task.input)),
        draft=codec.decode(dict(draft))
        if draft is not None and desk.task.assignee_id == frame.actor.person_id
        else None,
        may={verb: _verdict(frame, desk, verb) for verb in VERBS},
        return_to={id: desk.bundle.elements[id].name for id in desk.element.return_to},
        documentation=desk.element.documentation,
    )


def _verdict(frame: Frame, desk: Desk, verb: str) -> Verdict:
    facts = desk.facts
    if verb == "return":
        facts = replace(facts, target=next(iter(facts.return_to), ""))
    return can(frame.actor, f"task.{verb}", facts)
