"""Standard loops: one activity again and again while its condition holds. What a round changes, the next one finds.

``loopCounter`` counts rounds from 1. ``testBefore`` asks before the first round, else it is asked after each. Boundary events sit on
the activity as a whole, not on a round of it.
"""

from service.domain.texts import say
from service.engine.drawing import Loop
from service.engine.expressions import truth_of
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.multi import MOST
from service.engine.tokens import Token, node_of, notes_of
from service.engine.waits import open_boundaries


def arrive_loop(machine: Machine, task: Token) -> bool | None:
    """The first round, unless it is asked before and the answer is no."""
    loop = _loop(task)
    task.data["loopCounter"] = 0
    if loop.before and not _again(machine, task):
        return True
    notes_of(task)["multi"] = {"rounds": 0}
    open_boundaries(machine, task)
    _begin(machine, task)
    return None


def round_done(machine: Machine, child: Token, host: Token) -> None:
    """The next round, or the activity is done."""
    host.data = dict(child.data)
    host.data["loopCounter"] = rounds = notes_of(host)["multi"]["rounds"]
    if (_loop(host).maximum and rounds >= int(_loop(host).maximum)) or not _again(machine, host):
        machine.finish(host)
    elif rounds >= MOST:
        raise EngineError("limit", say("engine.limit.rounds", limit=MOST), element=node_of(host).id)
    else:
        _begin(machine, host)


def _begin(machine: Machine, host: Token) -> None:
    state = notes_of(host)["multi"]
    state["rounds"] += 1
    data = dict(host.data) | {"loopCounter": state["rounds"]}
    machine.enter(machine.room_of(host), node_of(host).id, data=data, of=host.id, index=state["rounds"])


def _again(machine: Machine, host: Token) -> bool:
    condition = _loop(host).condition
    return not condition or truth_of(condition, host.data, means=machine.means, element=node_of(host).id)


def _loop(task: Token) -> Loop:
    found = node_of(task).loop
    assert found
    return found
