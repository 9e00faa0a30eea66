"""The engine as a function: ``apply(bundle, state, command, at=...) -> Step``. No database, network or clock inside.

On any exception everything is thrown away: the caller still has the state of before.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from service.domain.texts import say
from service.engine import codec, model, patches
from service.engine.arming import arm, spring
from service.engine.boundaries import choose, happen
from service.engine.errors import raise_error
from service.engine.forcing import jump_to, set_variables, skip, targets_of
from service.engine.machine import Machine
from service.engine.model import Bundle, Closed, Command, EngineError, Step, Wait
from service.engine.returns import return_to
from service.engine.state import digest, dump, empty_machine, load
from service.engine.tokens import Token, node_of, notes_of
from service.engine.waits import hangs, is_alternative, is_condition, wait_kind, wait_of, waits_outside

ANY_WAIT = ("user", "job", "timer", "message", "signal")
UNDONE = (model.Return, model.Skip, model.Jump, model.SetVariables)  # commands whose ``number`` is not done by them

patches.check_version()


def apply(bundle: Bundle, state: bytes | None, command: Command, *, at: datetime) -> Step:
    """One step. ``state`` is None exactly for Start. EngineError when it cannot be done, and nothing has changed."""
    machine = empty_machine(bundle.compiled, at)
    try:
        return _step(machine, state, command)
    except EngineError:
        raise
    except RecursionError as error:
        raise EngineError("limit", say("engine.limit.recursion"), element=machine.at_node) from error
    except ValueError as error:
        raise EngineError("data", say("engine.data", why=str(error)), element=machine.at_node) from error
    except Exception as error:
        text = say("engine.internal", why=f"{type(error).__name__}: {error}"[:200])
        raise EngineError("internal", text, element=machine.at_node) from error


def waits(bundle: Bundle, state: bytes) -> tuple[Wait, ...]:
    """Everything the case waits for, in order of numbers."""
    machine = empty_machine(bundle.compiled, datetime.min.replace(tzinfo=UTC))
    try:
        _load(machine, state)
        return tuple(wait_of(token) for _, token in sorted(_waiting_tokens(machine).items()))
    except ValueError as error:
        raise EngineError("state", say("engine.state.unreadable")) from error


def targets(bundle: Bundle, state: bytes, number: int) -> tuple[str, ...]:
    """Elements the waiting token ``number`` may be made to jump to; none when it does not wait."""
    machine = empty_machine(bundle.compiled, datetime.min.replace(tzinfo=UTC))
    _load(machine, state)
    token = _waiting_tokens(machine).get(number)
    return targets_of(machine, token) if token else ()


def _step(machine: Machine, state: bytes | None, command: Command) -> Step:
    before: dict[int, Token] = {}
    if isinstance(command, model.Start):
        if state is not None:
            raise EngineError("not-waiting", say("engine.started_already"))
    else:
        _load(machine, state or b"{}")
        before = _waiting_tokens(machine)
    VERBS[type(command)](machine, command)
    machine.run()
    after = {} if machine.status != "active" else _waiting_tokens(machine)
    _refuse_standstill(machine, after)
    return _told(machine, command, before=before, after=after)


def _start(machine: Machine, command: model.Start) -> None:
    room = machine.open_top()
    room.begin(codec.settled(command.data))
    arm(machine, room)
    for node in room.graph.starts():
        if (node.event.name if node.event else "") == command.message:
            machine.enter(room, node.id, data=dict(room.base.now))
            return
    raise EngineError("bad-target", say("engine.no_such_start", message=command.message))


def _complete(machine: Machine, command: model.Complete) -> None:
    _finish(machine, _waiting(machine, command.number, "user"), command.data)


def _finish_job(machine: Machine, command: model.FinishJob) -> None:
    _finish(machine, _waiting(machine, command.number, "job"), command.data)


def _raise_error(machine: Machine, command: model.RaiseError) -> None:
    task = _waiting(machine, command.number, "job", "user")
    task.data.update(codec.settled(command.data))
    raise_error(machine, task, command.code, inside=False)


def _wake(machine: Machine, command: model.WakeTimer) -> None:
    _trigger(machine, _waiting(machine, command.number, "timer"), {})


def _deliver(machine: Machine, command: model.Deliver) -> None:
    _trigger(machine, _waiting(machine, command.number, "message", "signal"), command.data)


def _return(machine: Machine, command: model.Return) -> None:
    return_to(machine, _waiting(machine, command.number, "user"), command)


def _skip(machine: Machine, command: model.Skip) -> None:
    skip(machine, _waiting(machine, command.number, *ANY_WAIT))


def _jump(machine: Machine, command: model.Jump) -> None:
    jump_to(machine, _waiting(machine, command.number, *ANY_WAIT), command.target)


def _set_variables(machine: Machine, command: model.SetVariables) -> None:
    set_variables(machine, _waiting(machine, command.number, *ANY_WAIT) if command.number else None, command)


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
    model.Skip: _skip,
    model.Jump: _jump,
    model.SetVariables: _set_variables,
}


def _waiting(machine: Machine, number: int, *kinds: str) -> Token:
    """The token ``number``, which must wait for one of ``kinds``: SpiffWorkflow itself would run anything in any state."""
    task = machine.token(number)
    if not waits_outside(task) or wait_kind(node_of(task)) not in kinds:
        raise EngineError("not-waiting", say("engine.not_waiting", number=number), element=node_of(task).id)
    machine.at_node = node_of(task).id
    return task


def _finish(machine: Machine, task: Token, data: Mapping[str, Any]) -> None:
    task.data.update(codec.settled(data))
    machine.finish(task)


def _trigger(machine: Machine, task: Token, data: Mapping[str, Any]) -> None:
    room, node, notes = machine.room_of(task), node_of(task), notes_of(task)
    if "armed" in notes:
        spring(machine, room, node, codec.settled(data), armed=task)
    elif is_alternative(task):
        choose(machine, task, codec.settled(data))
    elif "host" in notes:
        happen(machine, room, node, host=room.flow.tasks[notes["host"]], payload=codec.settled(data), event=task)
    else:
        _finish(machine, task, data)


def _load(machine: Machine, state: bytes) -> None:
    try:
        load(machine, state)
    except (LookupError, TypeError, ValueError) as error:
        raise EngineError("state", say("engine.state.unreadable")) from error


def _waiting_tokens(machine: Machine) -> dict[int, Token]:
    return {token.id: token for token in machine.all_tokens() if waits_outside(token)}


def _refuse_standstill(machine: Machine, after: Mapping[int, Token]) -> None:
    """Tokens are left but nothing outside can move them: the case would stay open for ever without a word."""
    if machine.status != "active" or not all(hangs(token) for token in after.values()):
        return
    hoping = [t for t in machine.all_tokens() if is_condition(t) and not hangs(t)]
    if not (after and hoping):  # what guards them may still take them out of waiting for a condition
        gateways = (node_of(t).id for t in machine.all_tokens() if node_of(t).kind.endswith("Gateway"))
        stuck = next(gateways, "")
        if stuck or not hoping:
            raise EngineError("stuck", say("engine.stuck"), element=stuck)
        node = node_of(hoping[0])
        raise EngineError("stuck", say("engine.stuck.condition", name=node.name or node.id), element=node.id)


def _told(machine: Machine, command: Command, *, before: Mapping[int, Token], after: Mapping[int, Token]) -> Step:
    done = 0 if isinstance(command, UNDONE) else getattr(command, "number", 0)
    closed = (
        _closed(token, "completed" if n == done else "cancelled") for n, token in before.items() if n not in after
    )
    state = dump(machine)
    return Step(
        state=state,
        digest=digest(state),
        status=machine.status,
        opened=tuple(wait_of(token) for n, token in sorted(after.items()) if n not in before),
        closed=tuple(sorted(closed, key=lambda c: c.number)),
        trail=tuple(machine.trail),
        thrown=tuple(machine.thrown),
        variables=machine.last,
    )


def _closed(token: Token, how: str) -> Closed:
    node = node_of(token)
    return Closed(token.id, node.id, wait_kind(node), how)
