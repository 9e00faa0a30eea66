"""The machine: moves tokens until every one of them waits for the outside or is gone.

SpiffWorkflow keeps the tokens (Task, TaskState, run/complete/cancel); where a token goes next is decided here and in
``behaviours``. Everything is in order of numbers, so the same commands give the same bytes on every machine.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from service.domain.texts import say
from service.engine.drawing import Flow, Node
from service.engine.expressions import Means
from service.engine.model import EngineError, Thrown, Trail
from service.engine.specs import Graph
from service.engine.tokens import Room, Token, movers, new_case, new_room, node_of, notes_of
from service.engine.variables import Source, Variables

STEPS = 1_000  # nodes passed in one (sub)process; an endless loop without a wait stops here
TOKENS = 5_000  # tokens alive, and tokens made in one step
DEEPEST = 16

Arrive = Callable[["Machine", Token], bool | None]


@dataclass(frozen=True, slots=True)
class Ways:
    """What the machine asks others for: what a kind of node does on arrival, whether an inclusive join of a room may go on, what
    follows when an instance or a round of an activity is done, which flows a token takes out of an activity, and whether a condition
    that is waited for holds now. ``behaviours.WAYS`` is the one there is."""

    arrive: Mapping[str, Arrive]
    fire_inclusive: Callable[["Machine", Room], bool]
    instance_done: Callable[["Machine", Token], None]
    choose_ways: Callable[["Machine", Token], None]
    fire_conditions: Callable[["Machine", Room], bool]


@dataclass(slots=True)
class Compiled:
    """What ``read`` compiles: graphs by scope, decisions by id, the main process."""

    graphs: dict[str, Graph]
    decisions: Mapping[str, Any]
    main: str


@dataclass
class Machine:
    """One step's run over one case."""

    compiled: Compiled
    at: datetime
    ways: Ways
    count: int = 0  # last number given
    status: str = "active"
    rooms: dict[int, Room] = field(default_factory=dict)
    trail: list[Trail] = field(default_factory=list)
    thrown: list[Thrown] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    at_node: str = ""  # where it is, for the message when something goes wrong
    means: Means = field(init=False)
    _ready: deque[Token] = field(default_factory=deque)
    _passed: Counter[int] = field(default_factory=Counter)
    _made: int = 0

    def __post_init__(self) -> None:
        self.means = Means(self.at)

    @property
    def top(self) -> Room:
        return self.rooms[0]

    def open_top(self) -> Room:
        """The empty room of the whole case."""
        specs = {id: graph.spec for id, graph in self.compiled.graphs.items()}
        self.rooms[0] = new_case(self.compiled.graphs[self.compiled.main], specs, self)
        return self.rooms[0]

    def open_room(self, host: Token, scope: str) -> Room:
        """The empty room of the subprocess or called process ``scope``, opened by ``host``."""
        if self._depth(host) >= DEEPEST:
            raise EngineError("limit", say("engine.limit.depth", limit=DEEPEST), element=node_of(host).id)
        room = new_room(self.top.flow, self.compiled.graphs[scope], host)
        self.rooms[room.number] = room
        return room

    def enter(self, room: Room, node: str, *, data: dict[str, Any], **notes: Any) -> Token:
        """A token arrives at ``node``."""
        task = self.place(room, node, kept=Variables(data), notes=notes)
        self._ready.append(task)
        return task

    def place(self, room: Room, node: str, *, kept: Variables, notes: dict[str, Any]) -> Token:
        """A new token, counted."""
        self.count += 1
        self._made += 1
        if self._made > TOKENS:
            raise EngineError("limit", say("engine.limit.tokens", limit=TOKENS), element=node)
        return room.add(self.count, node, kept=kept, notes=notes)

    def run(self) -> None:
        """Until nothing is ready any more; EngineError when that takes too many steps or leaves too many tokens."""
        while self._ready or self._settle():
            while self._ready:
                task = self._ready.popleft()
                if task.state == TaskState.READY and task.id in task.workflow.tasks:
                    self.count_step(task)
                    task.run()
                    self._look_at_conditions()
        if sum(len(room.flow.tasks) for room in self.rooms.values()) > TOKENS:
            raise EngineError("limit", say("engine.limit.tokens", limit=TOKENS), element=self.at_node)

    def finish(self, task: Token) -> None:
        """A waiting token is done."""
        self.at_node = node_of(task).id
        task.complete()

    def arrive(self, task: Token) -> bool | None:
        """What SpiffWorkflow asks when a task runs: True is done, None waits."""
        node = node_of(task)
        repeated = "multi" if node.multi else "loop" if node.loop else ""
        kind = repeated if repeated and "of" not in notes_of(task) else node.kind
        return self.ways.arrive[kind](self, task)

    def leave(self, task: Token) -> None:
        """A token is done with its node: it goes on along the flows, or ends."""
        notes, node, room = notes_of(task), node_of(task), self.room_of(task)
        self.note(task, "completed")
        self.drop_boundaries(task)
        self.last = task.data
        room.remove(task)
        if "of" in notes:
            self.child_done(task)
            return
        self.ways.choose_ways(self, task)
        self.go_on(room, node, data=task.data, notes=notes)

    def go_on(self, room: Room, node: Node, *, data: dict[str, Any], notes: dict[str, Any]) -> None:
        """Along the chosen flows, or all of them; several are a fork."""
        flows = [f for f in room.graph.outgoing[node.id] if f.id in notes.get("take", [f.id])]
        fork = notes.get("fork", 0)
        if len(flows) > 1:
            fork = self.new_fork(room, data, above=fork)
        for flow in flows:
            self.follow(room, flow, data=dict(data), fork=fork)
        if not flows:
            room.contribute(data, fork)

    def follow(self, room: Room, flow: Flow, *, data: dict[str, Any], fork: int) -> None:
        self.enter(room, flow.target, data=data, via=flow.id, **_fork_note(fork))

    def new_fork(self, room: Room, data: dict[str, Any], *, above: int) -> int:
        """From here on several tokens carry ``data``; what each changes later is told against it."""
        room.contribute(data, above)
        return self.new_branch(room, data, above=above)

    def new_branch(self, room: Room, data: dict[str, Any], *, above: int = 0) -> int:
        """What a token changes is told against ``data`` from here on, and nothing counts before it has ended."""
        self.count += 1
        room.forks[self.count] = (Variables(dict(data)), above)
        return self.count

    def rejoin(self, task: Token, fork: int) -> None:
        """A token and its boundary events belong to ``fork`` now."""
        hanging = [t for t in self.room_of(task).tokens() if notes_of(t).get("host") == task.id]
        for one in (task, *hanging):
            notes_of(one).pop("fork", None)
            notes_of(one).update(_fork_note(fork))

    def child_done(self, child: Token) -> None:
        """An instance of a multi-instance activity has finished."""
        self.ways.instance_done(self, child)

    def cancel(self, task: Token, outcome: str = "cancelled") -> None:
        """Take a live token out, with everything that hangs on it."""
        self.note(task, outcome)
        self.drop_boundaries(task)
        inner = self.rooms.get(task.id)
        if inner:
            self.clear(inner)
            self.close_room(inner)
        room = self.room_of(task)
        if "multi" in notes_of(task):
            for child in [t for t in room.tokens() if notes_of(t).get("of") == task.id]:
                self.cancel(child)
        if task.id in room.flow.tasks:
            task.cancel()
            room.remove(task)

    def clear(self, room: Room) -> None:
        """Cancel every token of a room; those that hang on another go with it."""
        for task in movers(room.tokens()):
            self.cancel(task)
        self.disarm(room)

    def disarm(self, room: Room) -> None:
        """No event subprocess of the room can begin any more."""
        for task in room.tokens():
            if "armed" in notes_of(task):
                task.cancel()
                room.remove(task)

    def close_room(self, room: Room) -> None:
        self.top.flow.subprocesses.pop(room.number, None)
        self.rooms.pop(room.number, None)

    def drop_boundaries(self, host: Token) -> None:
        room = self.room_of(host)
        node = node_of(host)
        if not room.graph.attached[node.id] and node.kind != "eventBasedGateway":
            return
        for task in room.tokens():
            if notes_of(task).get("host") == host.id:
                task.cancel()
                room.remove(task)

    def token(self, number: int) -> Token:
        """The live token with this number, or EngineError."""
        for room in self.rooms.values():
            task: Token | None = room.flow.tasks.get(number)
            if task is not None and number > 0:
                return task
        raise EngineError("not-waiting", say("engine.not_waiting", number=number))

    def room_of(self, task: Token) -> Room:
        parent = getattr(task.workflow, "parent_task_id", None)
        return self.rooms[parent or 0]

    def all_tokens(self) -> Iterator[Token]:
        for room in list(self.rooms.values()):
            yield from room.tokens()

    def note(self, task: Token, outcome: str) -> None:
        """For the history: what was passed and what was closed."""
        node = node_of(task)
        detail = notes_of(task).get("detail", {})
        self.trail.append(Trail(node.id, node.kind, node.name, outcome, detail))

    def count_step(self, task: Token) -> None:
        """Instances are bounded by their list and the tokens made; every other node counts in its room."""
        self.at_node = node_of(task).id
        if "of" not in notes_of(task):
            number = self.room_of(task).number
            self._passed[number] += 1
            if self._passed[number] > STEPS:
                raise EngineError("limit", say("engine.limit.steps", limit=STEPS), element=self.at_node)

    def _depth(self, task: Token) -> int:
        depth, room = 1, self.room_of(task)
        while room.host is not None:
            depth, room = depth + 1, self.room_of(room.host)
        return depth

    def _settle(self) -> bool:
        """Nothing is ready: fire inclusive joins that wait for nobody any more, close rooms that are empty, innermost first."""
        for room in sorted(self.rooms.values(), key=lambda r: -r.number):
            if self.ways.fire_inclusive(self, room) or self.ways.fire_conditions(self, room):
                return True
            if room.empty and self.status == "active":
                self._room_done(room)
                return True
        return False

    def _look_at_conditions(self) -> None:
        """As soon as a token has passed a node, before anybody else moves."""
        for room in list(self.rooms.values()):
            if room.graph.conditional:
                self.ways.fire_conditions(self, room)

    def _room_done(self, room: Room) -> None:
        self.disarm(room)
        self.last = room.result.now
        if room.host is None:
            self.status = "completed"
            return
        self.close_room(room)
        room.host.kept = room.result
        self.finish(room.host)


def _fork_note(fork: int) -> dict[str, int]:
    return {"fork": fork} if fork else {}
