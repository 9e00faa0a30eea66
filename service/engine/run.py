"""The engine as a function: ``apply(bundle, state, command, at=...) -> Step``. No database, network or clock inside.

On any exception everything is thrown away: the caller still has the state of before.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.domain.texts import say
from service.engine import model, patches
from service.engine.errors import raise_error
from service.engine.machine import Compiled, Machine
from service.engine.merge import merge
from service.engine.model import Bundle, Closed, Command, EngineError, Step, Trail, Wait
from service.engine.state import digest, dump, empty_machine, load
from service.engine.tokens import Room, node_of, notes_of, own_copy
from service.engine.waits import wait_kind, wait_of

patches.check_version()


def apply(bundle: Bundle, state: bytes | None, command: Command, *, at: datetime) -> Step:
    """One step. ``state`` is None exactly for Start. EngineError when it cannot be done, and nothing has changed."""
    compiled: Compiled = bundle.compiled
    machine = empty_machine(compiled, at)
    before: dict[int, Wait] = {}
    if isinstance(command, model.Start):
        if state is not None:
            raise EngineError("not-waiting", say("engine.started_already"))
        machine.open_top()
    else:
        load(machine, state or b"{}")
        before = _waits(machine)
    try:
        VERBS[type(command)](machine, command)
        machine.run()
    except RecursionError as error:
        raise EngineError("limit", say("engine.limit.recursion")) from error
    return _step(machine, before, _completed(command))


def waits(bundle: Bundle, state: bytes) -> tuple[Wait, ...]:
    """Everything the case waits for, in order of numbers."""
    machine = empty_machine(bundle.compiled, datetime.min)
    load(machine, state)
    return tuple(wait for _, wait in sorted(_waits(machine).items()))


def _start(machine: Machine, command: model.Start) -> None:
    room = machine.open_top()
    room.begin(own_copy(dict(command.data)))
    for node in room.graph.starts():
        wanted = node.event.name if node.event else ""
        if wanted == command.message:
            machine.enter(room, node.id, data=own_copy(room.base))
            return
    raise EngineError("bad-target", say("engine.no_such_start", message=command.message))


def _complete(machine: Machine, command: model.Complete) -> None:
    _finish(machine, _waiting(machine, command.number, "user"), dict(command.data))


def _finish_job(machine: Machine, command: model.FinishJob) -> None:
    _finish(machine, _waiting(machine, command.number, "job"), dict(command.data))


def _raise_error(machine: Machine, command: model.RaiseError) -> None:
    task = _waiting(machine, command.number, "job", "user")
    task.data.update(own_copy(dict(command.data)))
    raise_error(machine, task, command.code, inside=False)


def _wake(machine: Machine, command: model.WakeTimer) -> None:
    _trigger(machine, _waiting(machine, command.number, "timer"), {})


def _deliver(machine: Machine, command: model.Deliver) -> None:
    _trigger(machine, _waiting(machine, command.number, "message", "signal"), dict(command.data))


def _return(machine: Machine, command: model.Return) -> None:
    """Clear the scope the target lives in and begin again there; what is done stays done."""
    task = _waiting(machine, command.number, "user")
    room = machine.room_of(task)
    while command.target not in room.graph.scope.nodes:
        if room.host is None:
            raise EngineError("bad-target", say("engine.bad_target", target=command.target), element=command.target)
        room = machine.room_of(room.host)
    node = room.graph.scope.nodes[command.target]
    if node.kind == "boundaryEvent" or node.kind == "startEvent":
        raise EngineError("bad-target", say("engine.bad_target", target=command.target), element=command.target)
    data = _visible(machine, room)
    data = merge(room.base, [data, task.data]) | own_copy(dict(command.data))
    machine.clear(room)
    room.forks = {}
    machine.enter(room, command.target, data=data)


def _cancel(machine: Machine, _command: model.Cancel) -> None:
    if machine.status != "active":
        raise EngineError("not-waiting", say("engine.ended"))
    machine.clear(machine.top)
    machine.status = "cancelled"


VERBS: dict[type, Callable[[Machine, Any], None]] = {
    model.Start: _start,
    model.Complete: _complete,
    model.FinishJob: _finish_job,
    model.RaiseError: _raise_error,
    model.WakeTimer: _wake,
    model.Deliver: _deliver,
    model.Return: _return,
    model.Cancel: _cancel,
}


def _waiting(machine: Machine, number: int, *kinds: str) -> Task:
    """The token ``number``, which must wait for one of ``kinds``: SpiffWorkflow itself would run anything in any state."""
    task = machine.token(number)
    if task.state != TaskState.STARTED or wait_kind(node_of(task)) not in kinds or "multi" in notes_of(task):
        raise EngineError("not-waiting", say("engine.not_waiting", number=number), element=node_of(task).id)
    return task


def _finish(machine: Machine, task: Task, data: dict[str, Any]) -> None:
    task.data.update(own_copy(data))
    task.complete()


def _trigger(machine: Machine, task: Task, data: dict[str, Any]) -> None:
    if "host" in notes_of(task):
        _trigger_boundary(machine, task, data)
    else:
        _finish(machine, task, data)


def _trigger_boundary(machine: Machine, event: Task, payload: dict[str, Any]) -> None:
    node, room = node_of(event), machine.room_of(event)
    host = room.flow.tasks[notes_of(event)["host"]]
    inner = machine.rooms.get(host.id)
    data = (_visible(machine, inner) if inner else own_copy(host.data)) | own_copy(payload)
    fork = notes_of(host).get("fork", 0)
    machine.trail.append(Trail(node.id, node.kind, node.name, "completed", {}))
    if node.attributes.get("cancelActivity") != "false":
        machine.cancel(host)
    else:
        fork = machine.new_fork(room, data, above=fork)
        if node.event and node.event.kind == "timer":
            room.remove(event)
    machine.go_on(room, node, data=data, notes={"fork": fork})


def _visible(machine: Machine, room: Room) -> dict[str, Any]:
    """The variables of a room as they stand: every token's changes, newest last, those of rooms inside it included."""
    branches = [room.result]
    for task in room.tokens():
        inner = machine.rooms.get(task.id)
        if "host" not in notes_of(task) and "of" not in notes_of(task):
            branches.append(_visible(machine, inner) if inner else task.data)
    return merge(room.base, branches)


def _waits(machine: Machine) -> dict[int, Wait]:
    found = (wait_of(machine, task) for task in machine.all_tokens())
    return {wait.number: wait for wait in found if wait}


def _completed(command: Command) -> int:
    return 0 if isinstance(command, model.Return) else getattr(command, "number", 0)


def _step(machine: Machine, before: dict[int, Wait], completed: int) -> Step:
    after = {} if machine.status != "active" else _waits(machine)
    closed = tuple(
        Closed(n, w.element, w.kind, "completed" if n == completed else "cancelled")
        for n, w in sorted(before.items())
        if n not in after
    )
    state = dump(machine)
    return Step(
        state=state,
        digest=digest(state),
        status=machine.status,
        opened=tuple(w for n, w in sorted(after.items()) if n not in before),
        closed=closed,
        trail=tuple(machine.trail),
        thrown=tuple(machine.thrown),
        variables=machine.last,
    )
