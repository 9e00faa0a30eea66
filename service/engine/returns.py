"""退回 and jumps: live tokens are cancelled and a new one starts at the target; what is done stays done.

Cancelled is what the new token will bring about again, and nothing else: the task the return comes from, everything that follows the
target in its own branch, and the branches of every block that is left. So a sibling branch goes on undisturbed when somebody
returns inside his own; returning to before the fork ends all its branches. Returning from a multi-instance activity ends all its
instances, whose own variables go with them; returning out of a subprocess or called process ends it.

Refused (``bad-target``): out of an event subprocess or straight into one, behind an event-based gateway, a join, a start or boundary event, a place inside a block or a sibling branch the return does not come
from: a join would wait for ever.
"""

from typing import Any

from service.domain.texts import say
from service.engine import codec
from service.engine.joins import gathered
from service.engine.machine import Machine
from service.engine.model import EngineError, Return
from service.engine.specs import Graph
from service.engine.tokens import Room, Token, fork_of, movers, node_of, notes_of
from service.engine.views import own_host, variables_at, variables_of

NO_TARGET = frozenset({"boundaryEvent", "startEvent"})


def return_to(machine: Machine, task: Token, command: Return) -> None:
    """``task`` is the waiting token the return comes from."""
    left = own_host(machine, task)
    room = machine.room_of(left)
    while command.target not in room.graph.scope.nodes:
        if room.host is None or node_of(room.host).by_event:
            raise _refused(command)
        left = own_host(machine, room.host)
        room = machine.room_of(left)
    if is_no_place(room.graph, command.target):
        raise _refused(command)
    if not room.graph.branches.may_go(node_of(left).id, command.target):
        raise _refused(command)
    move(machine, room, left, command.target, data=codec.settled(command.data))


def is_no_place(graph: Graph, target: str) -> bool:
    """What is not entered along a flow of its own: behind an event-based gateway an event would wait without the others."""
    node = graph.scope.nodes[target]
    chosen = any(graph.scope.nodes[flow.source].kind == "eventBasedGateway" for flow in graph.incoming[target])
    return node.kind in NO_TARGET or node.by_event or chosen


def move(machine: Machine, room: Room, left: Token, target: str, *, data: dict[str, Any]) -> None:
    """Take ``left`` to ``target`` with all that ends for it; ``data`` comes on top of the variables."""
    gone = given_up(room, left, target)
    fork = _fork_of_the_rest(room, left, gone)
    carried = _carried(machine, room, gone, fork=fork) | data
    for token in gone:
        machine.cancel(token)
    machine.enter(room, target, data=carried, **({"fork": fork} if fork else {}))


def given_up(room: Room, left: Token, target: str) -> list[Token]:
    """The tokens to cancel, the one that is left last, so that its word counts."""
    branches = room.graph.branches
    ahead = branches.ahead(target)
    blocks_left = set(branches.around(node_of(left).id)) - set(branches.around(target))
    gone = []
    for token in movers(room.tokens()):
        node = node_of(token).id
        arrived = room.graph.scope.flows.get(notes_of(token).get("via", ""))
        at_join = node in branches.joins and arrived is not None
        place = arrived.source if at_join and arrived else node
        if token is not left and (place in ahead or blocks_left & set(branches.around(place)) or node in blocks_left):
            gone.append(token)
    return [*gone, left]


def _fork_of_the_rest(room: Room, left: Token, gone: list[Token]) -> int:
    """The innermost fork of ``left`` that a token which stays comes from too."""
    staying = {f for t in movers(room.tokens()) if t not in gone for f in room.chain(fork_of(t))}
    return next((f for f in room.chain(fork_of(left)) if f in staying), 0)


def _carried(machine: Machine, room: Room, gone: list[Token], *, fork: int) -> dict[str, Any]:
    """What the new token begins with: what stands at the tokens that end, against the fork that goes on."""
    if not fork:
        return variables_of(machine, room, gone)
    inside = [t for t in gone if fork in room.chain(fork_of(t))]
    return gathered(room, [(fork_of(t), variables_at(machine, t)) for t in inside], fork)


def _refused(command: Return) -> EngineError:
    return EngineError("bad-target", say("engine.bad_target", target=command.target), element=command.target)
