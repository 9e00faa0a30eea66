"""强制: what repairing a case may do to a token beside the drawing. What people decide is never among it.

**Skip**: a job, a timer, a signal, or a message somebody named may send, is passed without being done. Not a person's task, not a
message of another case (it is the conclusion of those who decide there), not a boundary event (it would end somebody's work early).

**Jump**: as 退回, under the rules of ``returns``, but also forwards, and only within the scope and not out of an instance. Back to a place
that all ways to the token lead over; or straight on from work of the machine, up to and with the first decision or the first place
where ways part: which one is taken follows from what people decided. Every person's work that ends for it must come again: the target
lies before it on all ways.

Refused with ``forced`` when a decision would be passed over, with ``bad-target`` when the drawing forbids it.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine import codec
from service.engine.boundaries import choose
from service.engine.branches import Branches
from service.engine.drawing import Node
from service.engine.machine import Machine
from service.engine.model import EngineError, SetVariables, Trail
from service.engine.returns import given_up, is_no_place, move
from service.engine.specs import Graph
from service.engine.tokens import HANGING, Room, Token, node_of, notes_of
from service.engine.variables import Variables
from service.engine.waits import hangs, is_alternative


def skip(machine: Machine, task: Token) -> None:
    """``task`` waits; it goes on as if it were done."""
    node = node_of(task)
    if hangs(task):
        raise EngineError("forced", say("engine.forced.boundary"), element=node.id)
    if _decides(machine.compiled.graphs, node):
        raise EngineError("forced", say("engine.forced.decision", name=node.name), element=node.id)
    told = len(machine.trail)
    if is_alternative(task):
        told += 1  # behind the gateway, which is done
        choose(machine, task, {})
    else:
        machine.finish(task)
    machine.trail[told] = Trail(node.id, node.kind, node.name, "skipped", {})


def jump_to(machine: Machine, task: Token, target: str) -> None:
    """``task`` waits; it ends and a new token starts at ``target``."""
    room = machine.room_of(task)
    refused = _why_not(machine, room, task, target)
    if refused:
        raise refused
    move(machine, room, task, target, data={})


def targets_of(machine: Machine, task: Token) -> tuple[str, ...]:
    """Every place ``task`` may jump to, in the order they are drawn."""
    room = machine.room_of(task)
    own = node_of(task).id
    return tuple(id for id in room.graph.scope.nodes if id != own and _why_not(machine, room, task, id) is None)


def set_variables(machine: Machine, task: Token | None, command: SetVariables) -> None:
    """At ``task`` alone, or everywhere in the case; None stands for everywhere."""
    data = codec.settled(command.data)
    if task is not None:
        if HANGING & notes_of(task).keys() - {"of"}:
            raise EngineError("forced", say("engine.forced.boundary"), element=node_of(task).id)
        task.data = _changed(task.kept, data, command.remove)
        machine.last = task.data
        return
    for room in machine.rooms.values():
        room.base = Variables(_changed(room.base, data, command.remove))
        room.result = Variables(_changed(room.result, data, command.remove))
        room.forks = {
            id: (Variables(_changed(base, data, command.remove)), above) for id, (base, above) in room.forks.items()
        }
        for token in (t for t in room.tokens() if not HANGING & notes_of(t).keys() - {"of"}):
            token.data = _changed(token.kept, data, command.remove)
    machine.last = machine.top.result.now


def _changed(kept: Variables, data: dict[str, object], remove: Iterable[str]) -> dict[str, object]:
    """A new mapping: values in memory may be shared."""
    gone = set(remove)
    return {name: value for name, value in kept.now.items() if name not in gone} | data


def _why_not(machine: Machine, room: Room, task: Token, target: str) -> EngineError | None:
    notes, origin, graph = notes_of(task), node_of(task), room.graph
    node = graph.scope.nodes.get(target)
    if node is None or is_no_place(graph, target) or not graph.branches.may_go(origin.id, target):
        return EngineError("bad-target", say("engine.bad_target", target=target), element=target)
    if HANGING & notes.keys():
        return EngineError("bad-target", say("engine.forced.instance"), element=origin.id)
    deciding = {id for id, drawn in graph.scope.nodes.items() if _decides(machine.compiled.graphs, drawn)}
    if not _could_stand(graph.branches, origin.id, target, deciding):
        return EngineError("forced", say("engine.forced.passes", target=node.name or target), element=target)
    for token in given_up(room, task, target):
        ended = node_of(token).id
        if ended in deciding and target not in graph.branches.passed_before(ended):
            return EngineError("forced", say("engine.forced.ends", name=node_of(token).name), element=ended)
    return None


def _could_stand(branches: Branches, origin: str, target: str, deciding: set[str]) -> bool:
    """Back to where every token at ``origin`` has been, or straight on from it, up to the first decision or parting of ways."""
    if target in branches.passed_before(origin):
        return True
    if origin in deciding:
        return False
    for following in branches.straight_on(origin):
        if following == target:
            return True
        if following in deciding:
            return False
    return False


def _decides(graphs: dict[str, Graph], node: Node) -> bool:
    """Whether somebody's word is given here, or in what stands inside."""
    if node.kind == "userTask" or (node.waits_for_message and not node.own("senders")):
        return True
    inside = graphs.get(node.attributes.get("calledElement", "") if node.kind == "callActivity" else node.id)
    return inside is not None and any(_decides(graphs, inner) for inner in inside.scope.nodes.values())
