"""One task: what is asked and of whom, its form, its opinion and files; giving it back, sending the case back.

Completing and keeping a draft go from the form in the browser to the API: a fault then stands beside its field and nothing is lost.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Response

from service.actions.frame import Frame
from service.actions.look_at_task import TaskView, look_at_task
from service.actions.return_task import ReturnTask, return_task
from service.actions.unclaim_task import UnclaimTask, unclaim_task
from service.api.shapes.base import json_value
from service.api.uploads import KINDS, MIB
from service.domain.cases import Act, TaskStatus
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import tasks

router = APIRouter()


@router.get("/tasks/{task_id}")
def show(door: Door, task_id: str) -> Response:
    """The form is filled in here by whoever claimed the task; everybody else who may see the case reads it."""
    return door.show(lambda frame: _page(door, frame, task_id))


@router.post("/tasks/{task_id}/unclaim")
def unclaim(door: Door, task_id: str) -> Response:
    """取消认领: give it back to the post."""

    def act(frame: Frame) -> Done:
        found = unclaim_task(frame, UnclaimTask(task_id))
        return Done("/tasks?view=claimable", say("notice.unclaimed", task=found.name))

    return door.do(act, again=lambda frame: _page(door, frame, task_id), thing=task_id)


@router.post("/tasks/{task_id}/return")
def send_back(door: Door, task_id: str) -> Response:
    """退回, without scripts; with them the form in the browser asks the API, so that what was filled in stays on refusal."""
    given = door.given

    def act(frame: Frame) -> Done:
        target, reason = given.text("target", most=200, required=True), given.text("reason", required=True)
        given.check()
        moved = return_task(frame, ReturnTask(task_id, target, Act(opinion=reason)))
        return Done(f"/cases/{moved.case.id}", say("notice.returned", case=moved.case.business_key))

    return door.do(act, again=lambda frame: _page(door, frame, task_id), thing=task_id)


def _page(door: PageDoor, frame: Frame, task_id: str) -> Page:
    view = look_at_task(frame, task_id, in_words=True)
    assert view.told
    fills = view.may["complete"].allowed
    acts = (view.told.act, *view.told.recent)
    people = {view.task.assignee_id, view.task.ended_by, view.case.initiator_id, *(a.actor for a in acts if a)}
    waits = tasks.tasks_of_case(frame.tx, view.case.id, open_only=True) if not _open(view) else []
    return Page(
        "tasks/show.html", islands=fills, view=view, task=view.task, case=view.case, told=view.told, fills=fills,
        asks_opinion=_opinions(view.form) != 1, island=_island(door, frame, view) if fills else None,
        names=Names(frame.tx, people), now=frame.now, waits=waits, kinds=_kinds(door), open=_open(view),
        mine=view.task.assignee_id == frame.actor.person_id, why_not=_why_not(view),
    )  # fmt: skip


def _open(view: TaskView) -> bool:
    return view.task.status is TaskStatus.OPEN


def _why_not(view: TaskView) -> str:
    """Why this person cannot do it now; that it is not claimed yet is told by the button."""
    verdict = view.may["complete"] if view.may["claim"] else view.may["claim"]
    return "" if verdict.code in ("", "not-claimed", "task-closed") else verdict.reason


def _island(door: PageDoor, frame: Frame, view: TaskView) -> dict[str, Any]:
    """What the form in the browser begins with."""
    assert view.told
    return {
        "id": view.task.id,
        "version": view.task.version,
        "person": frame.actor.person_id,
        "schema": dict(view.form),
        "input": json_value(dict(view.input)),
        "draft": None if view.draft is None else json_value(dict(view.draft)),
        "files": {file.id: {"name": file.file_name, "size": file.size} for file in view.told.files},
        "kinds": {suffix: limit * MIB for suffix, limit in _kinds(door).items()},
    }


def _kinds(door: PageDoor) -> dict[str, int]:
    """Suffix -> MiB."""
    most = door.house.settings.upload_mib
    return {suffix: min(kind.limit // MIB, most) for suffix, kind in KINDS.items()}


def _opinions(form: Mapping[str, Any]) -> int:
    """How many fields of the form hold an opinion; with exactly one the act has its words from there (``complete_task``)."""
    return sum(1 for name in _names(form) if name == "opinion" or name.endswith("_opinion"))


def _names(part: Mapping[str, Any]) -> Iterator[str]:
    """The names of the form's own level; groups without a name only arrange."""
    for inner in part.get("components") or ():
        if inner.get("key"):
            yield str(inner["key"])
        elif inner.get("type") == "group" and not inner.get("path"):
            yield from _names(inner)
