"""Multi-instance: one activity for every entry of a list, at once or one after the other; the results come back in order."""

from typing import Any

from SpiffWorkflow.task import Task

from service.domain.texts import say
from service.engine.drawing import Multi
from service.engine.expressions import value_of
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import node_of, notes_of, own_copy

MOST = 1_000


def arrive_multi(machine: Machine, task: Task) -> bool | None:
    """Open an instance for each entry; an empty list is passed at once with an empty result."""
    from service.engine.waits import open_boundaries

    node = node_of(task)
    entries = value_of(_multi(task).collection, task.data, at=machine.at, element=node.id)
    if entries is None or not isinstance(entries, list):
        raise EngineError(
            "expression", say("engine.multi.not_a_list"), element=node.id, expression=_multi(task).collection
        )
    if len(entries) > MOST:
        raise EngineError("limit", say("engine.limit.instances", limit=MOST), element=node.id)
    if not entries:
        _give(task, [])
        return True
    notes_of(task)["multi"] = {"entries": entries, "results": [None] * len(entries), "open": 0, "next": 0}
    open_boundaries(machine, task)
    first = 1 if _multi(task).sequential else len(entries)
    for _ in range(first):
        _open_next(machine, task)
    return None


def instance_done(machine: Machine, child: Task) -> None:
    """Keep the instance's result; open the next one, or finish the whole activity."""
    room = machine.room_of(child)
    host = room.flow.tasks[notes_of(child)["of"]]
    book = notes_of(host)["multi"]
    output = _multi(host).output_element
    if output:
        data = child.data
        book["results"][notes_of(child)["index"]] = value_of(output, data, at=machine.at, element=node_of(host).id)
    book["open"] -= 1
    if book["next"] < len(book["entries"]):
        _open_next(machine, host)
    elif not book["open"]:
        _give(host, book["results"])
        host.complete()


def _open_next(machine: Machine, host: Task) -> None:
    book = notes_of(host)["multi"]
    index = book["next"]
    book["next"], book["open"] = index + 1, book["open"] + 1
    data = own_copy(host.data)
    if _multi(host).variable:
        data[_multi(host).variable] = book["entries"][index]
    data["loopCounter"] = index + 1
    machine.enter(machine.room_of(host), node_of(host).id, data=data, of=host.id, index=index)


def _give(host: Task, results: list[Any]) -> None:
    if _multi(host).output_collection:
        host.data[_multi(host).output_collection] = results


def _multi(task: Task) -> Multi:
    found = node_of(task).multi
    assert found
    return found
