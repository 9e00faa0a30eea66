"""Multi-instance: one activity for every entry of a list, at once or one after the other; the results come back in order.

An instance begins with the variables of the activity, its entry and ``loopCounter`` (from 1); what it changes stays its own, only
``oneseal:outputElement`` comes back. ``book`` holds entries not yet begun and results, so that they are stored once.
"""

from typing import Any

from service.domain.texts import say
from service.engine.drawing import Multi
from service.engine.expressions import value_of
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Token, node_of, notes_of
from service.engine.waits import open_boundaries

MOST = 1_000


def arrive_multi(machine: Machine, task: Token) -> bool | None:
    """Open an instance for each entry; an empty list is passed at once with an empty result."""
    node = node_of(task)
    entries = value_of(_multi(task).collection, task.data, means=machine.means, element=node.id)
    if not isinstance(entries, list):
        raise EngineError(
            "expression", say("engine.multi.not_a_list"), element=node.id, expression=_multi(task).collection
        )
    if len(entries) > MOST:
        raise EngineError("limit", say("engine.limit.instances", limit=MOST), element=node.id)
    if not entries:
        _give(task, [])
        return True
    notes_of(task)["multi"] = {"size": len(entries), "open": 0, "next": 0}
    task.book.now.update({f"entry {index}": entry for index, entry in enumerate(entries)})
    open_boundaries(machine, task)
    first = 1 if _multi(task).sequential else len(entries)
    for _ in range(first):
        _open_next(machine, task)
    return None


def instance_done(machine: Machine, child: Token) -> None:
    """Keep the instance's result; open the next one, or finish the whole activity."""
    host: Token = machine.room_of(child).flow.tasks[notes_of(child)["of"]]
    state, index = notes_of(host)["multi"], notes_of(child)["index"]
    output = _multi(host).output_element
    if output:
        found = value_of(output, child.data, means=machine.means, element=node_of(host).id)
        host.book.now[f"result {index}"] = found
    state["open"] -= 1
    if state["next"] < state["size"]:
        _open_next(machine, host)
    elif not state["open"]:
        _give(host, [host.book.now.get(f"result {i}") for i in range(state["size"])])
        machine.finish(host)


def _open_next(machine: Machine, host: Token) -> None:
    state = notes_of(host)["multi"]
    index = state["next"]
    state["next"], state["open"] = index + 1, state["open"] + 1
    entry = host.book.now.pop(f"entry {index}")
    data = dict(host.data)
    if _multi(host).variable:
        data[_multi(host).variable] = entry
    data["loopCounter"] = index + 1
    machine.enter(machine.room_of(host), node_of(host).id, data=data, of=host.id, index=index)


def _give(host: Token, results: list[Any]) -> None:
    if _multi(host).output_collection:
        host.data[_multi(host).output_collection] = results


def _multi(task: Token) -> Multi:
    found = node_of(task).multi
    assert found
    return found
