"""The assignee keeps what is filled in so far: 暂存. A draft is not an act, so it is not in the history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_desk, must_match, still_open
from service.domain.cases import Task
from service.domain.errors import Conflict, Invalid
from service.engine import codec
from service.store import tasks

DRAFT_LIMIT = 512 * 1024


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """``data`` may be incomplete; it is checked when the task is completed."""

    task_id: str
    data: Mapping[str, Any]
    if_match: int | None = None


def save_draft(frame: Frame, order: SaveDraft) -> Task:
    """The task with its draft."""
    desk = lock_desk(frame, order.task_id)
    still_open(frame, desk)
    allow(frame, "task.draft", desk.facts)
    must_match(order.if_match, desk.task.version, what=desk.task.name)
    content = _encoded(order.data)
    saved = replace(desk.task, draft=content, version=desk.task.version + 1)
    if not tasks.save_task(frame.tx, saved, expected_version=desk.task.version):
        raise Conflict("task.changed", task=desk.task.name)
    return saved


def _encoded(data: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        size = len(codec.dumps(dict(data)).encode())
    except ValueError as error:
        raise Invalid("draft.unreadable", why=str(error)) from error
    if size > DRAFT_LIMIT:
        raise Invalid("draft.too_large", size=size, limit=DRAFT_LIMIT)
    encoded: Mapping[str, Any] = codec.encode(dict(data))
    return encoded
