"""Tokens that wait for the outside: people, jobs, timers, messages, signals. Each ends only by a command that names its number."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from service.domain.texts import say
from service.engine.drawing import Node
from service.engine.expressions import key_of, text_of, value_of
from service.engine.machine import Machine
from service.engine.model import EngineError, TimerDue, Wait
from service.engine.timing import as_timer_text, cycle_of, is_duration, is_moment
from service.engine.tokens import Room, Token, fork_of, node_of, notes_of
from service.engine.variables import Variables

_CATCHING = frozenset({"intermediateCatchEvent", "boundaryEvent", "startEvent"})
_OUTSIDE = frozenset({"timer", "message", "signal"})
_KINDS = {"userTask": "user", "serviceTask": "job", "sendTask": "job", "receiveTask": "message"}


def wait_kind(node: Node) -> str:
    """user, job, message, timer, signal; empty for nodes that wait for nothing outside."""
    if node.kind in _KINDS:
        return _KINDS[node.kind]
    event = node.event
    return event.kind if node.kind in _CATCHING and event and event.kind in _OUTSIDE else ""


def arrive_waiting(machine: Machine, task: Token) -> bool | None:
    """Work out what it waits for, open its boundary events, and wait. The catching half of a link waits for nothing."""
    event = node_of(task).event
    if event and event.kind == "link":
        return True
    work_out(machine, task, task.data)
    open_boundaries(machine, task)
    return None


def arrive_alternatives(machine: Machine, task: Token) -> bool | None:
    """An event-based gateway: whatever waits behind it waits now, hung on the gateway, until the first of them happens."""
    room = machine.room_of(task)
    for flow in room.graph.outgoing[node_of(task).id]:
        hang(machine, room, flow.target, data=task.data, **hung_on(task))
    return None


def open_boundaries(machine: Machine, host: Token) -> None:
    """A waiting token for each boundary event that the outside or a condition can trigger; errors and escalations are looked up when they happen."""
    if "of" in notes_of(host):
        return
    room = machine.room_of(host)
    for node in room.graph.attached[node_of(host).id]:
        if wait_kind(node) or node.id in room.graph.conditional:
            hang(machine, room, node.id, data=host.data, **hung_on(host))


def hang(machine: Machine, room: Room, node: str, *, data: dict[str, Any], **notes: Any) -> Token:
    """A waiting token without variables of its own: it hangs on an activity, a gateway or the room."""
    task = machine.place(room, node, kept=Variables(), notes=notes)
    task._set_state(TaskState.STARTED)
    work_out(machine, task, data)
    return task


def hang_again(machine: Machine, event: Token, data: dict[str, Any]) -> None:
    """A cycle that has come goes on as a new wait while rounds are left; the next one is counted from now, so none come in a burst."""
    notes, room = notes_of(event), machine.room_of(event)
    room.remove(event)
    left = int(notes.get("rounds", 1)) - 1
    if left > 0:
        again = {key: value for key, value in notes.items() if key not in ("timer", "rounds")}
        notes_of(hang(machine, room, node_of(event).id, data=data, **again))["rounds"] = left


def hung_on(host: Token) -> dict[str, Any]:
    return {"host": host.id} | ({"fork": fork_of(host)} if fork_of(host) else {})


def is_alternative(task: Token) -> bool:
    """Whether the token waits behind an event-based gateway."""
    host = task.workflow.tasks.get(notes_of(task).get("host"))
    return host is not None and node_of(host).kind == "eventBasedGateway"


def is_condition(task: Token) -> bool:
    """Whether the token waits for a condition to hold."""
    event = node_of(task).event
    return event is not None and event.kind == "conditional" and task.state == TaskState.STARTED


def hangs(task: Token) -> bool:
    """Whether it only sits beside the way: a boundary event, or the armed start of an event subprocess."""
    notes = notes_of(task)
    return "armed" in notes or ("host" in notes and not is_alternative(task))


def waits_outside(task: Token) -> bool:
    """Whether only a command can move the token on."""
    return task.state == TaskState.STARTED and bool(wait_kind(node_of(task))) and "multi" not in notes_of(task)


def wait_of(task: Token) -> Wait:
    """A token that ``waits_outside`` as the outside sees it."""
    node, notes = node_of(task), notes_of(task)
    kind = wait_kind(node)
    timer = TimerDue(*notes["timer"]) if "timer" in notes else None
    chooser = task.workflow.tasks[notes["host"]] if is_alternative(task) else None
    message = node.message if node.kind == "receiveTask" else (node.event.name if node.event else "")
    return Wait(
        number=task.id,
        element=node.id,
        kind=kind,
        data=chooser.data if chooser else task.data,
        timer=timer,
        message=message if kind in ("message", "signal") else "",
        key=notes.get("key", ""),
        host=_host(task),
        assignee=notes.get("assignee", ""),
    )


def _host(task: Token) -> int:
    """What it only sits on; of the start of an event subprocess the activity of its scope, or -1 directly in the process."""
    if "armed" in notes_of(task):
        return int(getattr(task.workflow, "parent_task_id", None) or -1)
    return 0 if is_alternative(task) else int(notes_of(task).get("host", 0))


def work_out(machine: Machine, task: Token, data: dict[str, Any]) -> None:
    node, notes = node_of(task), notes_of(task)
    kind = wait_kind(node)
    if kind == "message":
        notes["key"] = key_of(node.own("correlationKey"), data, means=machine.means, element=node.id)
    elif kind == "timer":
        notes["timer"] = _timer(machine, node, data)
        if node.event and node.event.timer[0] == "timeCycle":
            notes.setdefault("rounds", cycle_of(node.event.timer[1])[0])
    elif kind == "user" and node.camunda("assignee"):
        notes["assignee"] = text_of(node.camunda("assignee"), data, means=machine.means, element=node.id)


def _timer(machine: Machine, node: Node, data: dict[str, Any]) -> list[str]:
    """Kind, value and unit. What an expression gives must be as good as what the rules let stand in a diagram."""
    assert node.event
    if node.event.timer[0] == "timeCycle":
        return ["duration", cycle_of(node.event.timer[1])[1], "calendar"]
    tag, text = node.event.timer
    unit = node.event.unit or "calendar"
    if text.startswith("="):
        text = as_timer_text(value_of(text, data, means=machine.means, element=node.id))
        if not (is_moment(text) if tag == "timeDate" else is_duration(text, unit)):
            raise EngineError("expression", say("engine.timer.no_value", value=text[:60]), element=node.id,
                              expression=node.event.timer[1])  # fmt: skip
    return ["date" if tag == "timeDate" else "duration", text, unit]
