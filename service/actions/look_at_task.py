"""A person looks at a task: the form, what is filled in, what may be done, and for every no the reason (为什么我不能办)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts import commands
from service.actions.parts.acting import Desk, holder_of, see_desk
from service.actions.parts.acts import HUMAN, ActSeen, acts_of, personal_of
from service.actions.parts.offers import offered
from service.domain.cases import Attachment, Case, Task, TaskStatus
from service.domain.permission import Verdict, can
from service.engine import codec, forms
from service.engine.model import Complete
from service.store import events, files

VERBS = ("claim", "unclaim", "draft", "complete", "return")
RECENT = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A task in words. ``lines``: its form with the draft over the input, or, when it is done, with what was submitted.

    ``act``: how it ended, when a person ended it. ``recent``: the last acts of the case before now. ``files``: those the form names.
    """

    lines: tuple[forms.Line, ...]
    act: ActSeen | None
    recent: tuple[ActSeen, ...]
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """``input`` and ``draft`` are values, decoded; ``input`` holds what the form offers from registers too. ``return_to``:
    element id -> name, as the diagram offers.
    """

    task: Task
    case: Case
    form: Mapping[str, Any]
    input: Mapping[str, Any]
    draft: Mapping[str, Any] | None
    may: Mapping[str, Verdict] = field(default_factory=dict)
    return_to: Mapping[str, str] = field(default_factory=dict)
    documentation: str = ""
    told: Told | None = None


def look_at_task(frame: Frame, task_id: str, *, in_words: bool = False) -> TaskView:
    """NotFound when it does not exist or this person may not know of it. ``in_words``: with ``told``."""
    desk = see_desk(frame, task_id)
    draft = desk.task.draft
    form = desk.bundle.forms.get(desk.task.form_key, {})
    view = TaskView(
        task=desk.task,
        case=desk.case,
        form=form,
        input={**codec.decode(dict(desk.task.input)), **offered(frame, form)},
        draft=codec.decode(dict(draft))
        if draft is not None and desk.task.assignee_id == frame.actor.person_id
        else None,
        may={verb: _verdict(frame, desk, verb) for verb in VERBS},
        return_to={id: desk.bundle.elements[id].name for id in desk.element.return_to},
        documentation=desk.element.documentation,
    )
    return replace(view, told=_told(frame, desk, view)) if in_words else view


def _verdict(frame: Frame, desk: Desk, verb: str) -> Verdict:
    facts = desk.facts
    if verb == "return":
        facts = replace(facts, target=next(iter(facts.return_to), ""))
    if verb == "claim" and desk.task.assignee_id != frame.actor.person_id and holder_of(frame, desk.task):
        verb = "complete"  # says by whom it is taken
    return can(frame.actor, f"task.{verb}", facts)


def _told(frame: Frame, desk: Desk, view: TaskView) -> Told:
    act, submitted = _ending(frame, desk)
    values = {**view.input, **(view.draft or {}), **submitted}
    recent = acts_of(events.newest_of_case(frame.tx, desk.case.id, HUMAN, limit=RECENT), desk.bundle)
    found = _files(frame, desk, values, view.form)
    names = {file.id: file.file_name for file in found}
    lines = forms.read_out(view.form, values, at=frame.now, file_names=names)
    return Told(lines, act, tuple(recent), found)


def _ending(frame: Frame, desk: Desk) -> tuple[ActSeen | None, Mapping[str, Any]]:
    """The act that ended the task and what was submitted with it."""
    task = desk.task
    if task.status is TaskStatus.OPEN or task.ended_at is None:
        return None, {}
    types = ("task.completed", "task.returned")
    found = [e for type in types for e in events.events_at(frame.tx, task.case_id, type, task.ended_at)]
    for event in found:
        kept = personal_of(event).get("command")
        command = commands.from_json(kept) if kept else None
        if command is None or getattr(command, "number", 0) == task.number:
            act = next(acts_of([event], desk.bundle), None)
            return act, command.data if isinstance(command, Complete) else {}
    return None, {}


def _files(frame: Frame, desk: Desk, values: Mapping[str, Any], form: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Files the form's values name, as far as they are the case's or this person's own."""
    ids = set(_named(values, frozenset(_pickers(form))))
    found = files.attachments_by_ids(frame.tx, ids)
    return tuple(f for f in found if f.case_id == desk.case.id or f.added_by == frame.actor.person_id)


def _pickers(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") == "filepicker":
        yield str(part.get("key"))
    for inner in part.get("components") or ():
        yield from _pickers(inner)


def _named(value: Any, pickers: frozenset[str], *, picked: bool = False) -> Iterator[str]:
    """Every text under the name of a file field, at any depth."""
    if isinstance(value, str) and picked:
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _named(inner, pickers, picked=name in pickers)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, pickers, picked=picked)
