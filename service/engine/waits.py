"""Tokens that wait for the outside: people, jobs, timers, messages, signals. Each ends only by a command that names its number."""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.domain.texts import say
from service.engine.drawing import Node
from service.engine.expressions import text_of, value_of
from service.engine.machine import Machine
from service.engine.model import EngineError, TimerDue, Wait
from service.engine.tokens import node_of, notes_of

_KINDS = {"userTask": "user", "manualTask": "user", "serviceTask": "job", "sendTask": "job", "receiveTask": "message"}


def wait_kind(node: Node) -> str:
    """user, job, message, timer, signal; empty for nodes that wait for nothing outside."""
    if node.kind in _KINDS:
        return _KINDS[node.kind]
    event = node.event
    if (
        node.kind in ("intermediateCatchEvent", "boundaryEvent")
        and event
        and event.kind in ("timer", "message", "signal")
    ):
        return event.kind
    return ""


def arrive_waiting(machine: Machine, task: Task) -> bool | None:
    """Work out what it waits for, open its boundary events, and wait."""
    _work_out(machine, task, task.data)
    open_boundaries(machine, task)
    return None


def open_boundaries(machine: Machine, host: Task) -> None:
    """A waiting token for each boundary event that the outside can trigger; errors are looked up when they happen."""
    room = machine.room_of(host)
    if "of" in notes_of(host):
        return
    for node in room.graph.attached[node_of(host).id]:
        if wait_kind(node):
            machine.count += 1
            notes: dict[str, Any] = {"host": host.id}
            if "fork" in notes_of(host):
                notes["fork"] = notes_of(host)["fork"]
            task = room.add(machine.count, node.id, data={}, notes=notes)
            task._set_state(TaskState.STARTED)
            _work_out(machine, task, host.data)


def wait_of(machine: Machine, task: Task) -> Wait | None:
    """The token as the outside sees it, or None when it does not wait for the outside."""
    node, notes = node_of(task), notes_of(task)
    kind = wait_kind(node)
    if not kind or task.state != TaskState.STARTED or "multi" in notes:
        return None
    timer = TimerDue(*notes["timer"]) if "timer" in notes else None
    message = node.message if node.kind == "receiveTask" else (node.event.name if node.event else "")
    return Wait(
        number=task.id,
        element=node.id,
        kind=kind,
        data=task.data,
        timer=timer,
        message=message if kind in ("message", "signal") else "",
        key=notes.get("key", ""),
        host=notes.get("host", 0),
        assignee=notes.get("assignee", ""),
    )


def _work_out(machine: Machine, task: Task, data: dict[str, Any]) -> None:
    node, notes = node_of(task), notes_of(task)
    kind = wait_kind(node)
    if kind == "message":
        notes["key"] = text_of(node.own("correlationKey"), data, at=machine.at, element=node.id)
    elif kind == "timer":
        notes["timer"] = _timer(machine, node, data)
    elif kind == "user" and node.camunda("assignee"):
        notes["assignee"] = text_of(node.camunda("assignee"), data, at=machine.at, element=node.id)


def _timer(machine: Machine, node: Node, data: dict[str, Any]) -> list[str]:
    assert node.event
    tag, text = node.event.timer
    if text.startswith("="):
        found = value_of(text, data, at=machine.at, element=node.id)
        text = found if isinstance(found, str) else _iso(found)
        if not text:
            raise EngineError(
                "expression", say("engine.timer.no_value"), element=node.id, expression=node.event.timer[1]
            )
    return ["date" if tag == "timeDate" else "duration", text, node.event.unit or "calendar"]


def _iso(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if hasattr(value, "days"):
        return f"P{value.days}DT{value.seconds}S"
    return str(value) if value is not None else ""
