"""Multi-instance: one activity for every entry of a list, at once or one after the other; the results come back in order.

An instance begins with the variables of the activity, its entry and ``loopCounter`` (from 1); what it changes stays its own, only
``oneseal:outputElement`` comes back. ``book`` holds entries not yet begun and results, so that they are stored once.

A ``loopCardinality`` is a list of the numbers from 1. A ``completionCondition`` is asked when an instance is done, over that instance's
variables, all results so far under the name of the output list, and BPMN's counters (``nrOfInstances`` and the like). Once it holds, the
instances still open end; in the output list they are null.
"""

from typing import Any

from service.domain.texts import say
from service.engine.drawing import Multi
from service.engine.expressions import truth_of, value_of
from service.engine.machine import Machine
from service.engine.model import EngineError
from service.engine.tokens import Token, node_of, notes_of
from service.engine.waits import open_boundaries

MOST = 1_000


def arrive_multi(machine: Machine, task: Token) -> bool | None:
    """Open an instance for each entry; an empty list is passed at once with an empty result."""
    entries = _entries(machine, task)
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


def instance_done(machine: Machine, child: Token, host: Token) -> None:
    """Keep the instance's result; open the next one, or finish the whole activity."""
    state, index = notes_of(host)["multi"], notes_of(child)["index"]
    output = _multi(host).output_element
    if output:
        found = value_of(output, child.data, means=machine.means, element=node_of(host).id)
        host.book.now[f"result {index}"] = found
    state["open"] -= 1
    if _complete(machine, host, child):
        for other in [t for t in machine.room_of(host).tokens() if notes_of(t).get("of") == host.id]:
            machine.cancel(other)
    elif state["next"] < state["size"]:
        _open_next(machine, host)
        return
    elif state["open"]:
        return
    _give(host, _results(host))
    machine.finish(host)


def _entries(machine: Machine, task: Token) -> list[Any]:
    node, multi = node_of(task), _multi(task)
    source = multi.cardinality or multi.collection
    found = value_of(source, task.data, means=machine.means, element=node.id)
    if multi.cardinality:
        if type(found) is not int or found < 0:
            raise EngineError(
                "expression",
                say("engine.multi.not_a_number", found=str(found)[:40]),
                element=node.id,
                expression=source,
            )
        found = range(1, found + 1)
    elif not isinstance(found, list):
        raise EngineError("expression", say("engine.multi.not_a_list"), element=node.id, expression=source)
    if len(found) > MOST:
        raise EngineError("limit", say("engine.limit.instances", limit=MOST), element=node.id)
    return list(found)


def _complete(machine: Machine, host: Token, child: Token) -> bool:
    multi, state = _multi(host), notes_of(host)["multi"]
    if not multi.completion:
        return False
    state["done"] = state.get("done", 0) + 1
    counters = {
        "nrOfInstances": state["size"], "nrOfActiveInstances": state["open"], "nrOfCompletedInstances": state["done"],
        "nrOfTerminatedInstances": 0,
    }  # fmt: skip
    results = {multi.output_collection: _results(host)} if multi.output_collection else {}
    data = child.data | counters | results
    return truth_of(multi.completion, data, means=machine.means, element=node_of(host).id)


def _results(host: Token) -> list[Any]:
    return [host.book.now.get(f"result {i}") for i in range(notes_of(host)["multi"]["size"])]


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
