"""The machine: moves tokens until every one of them waits for the outside or is gone.

SpiffWorkflow keeps the tokens (Task, TaskState, run/complete/cancel); where a token goes next is decided here and in
``behaviours``. Everything is in order of numbers, so the same commands give the same bytes on every machine.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.domain.texts import say
from service.engine.drawing import Flow, Node
from service.engine.model import Closed, EngineError, Thrown, Trail
from service.engine.specs import Graph
from service.engine.tokens import Room, new_case, new_room, node_of, notes_of, own_copy

STEPS = 1_000
TOKENS = 5_000
DEEPEST = 16

Arrive = Callable[["Machine", Task], bool | None]


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
    behaviours: Mapping[str, Arrive]
    count: int = 0  # last number given
    status: str = "active"
    rooms: dict[int, Room] = field(default_factory=dict)
    trail: list[Trail] = field(default_factory=list)
    thrown: list[Thrown] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    _ready: deque[Task] = field(default_factory=deque)
    _steps: int = 0

    @property
    def top(self) -> Room:
        return self.rooms[0]

    def open_top(self) -> Room:
        """The empty room of the whole case."""
        specs = {id: graph.spec for id, graph in self.compiled.graphs.items()}
        self.rooms[0] = new_case(self.compiled.graphs[self.compiled.main], specs, self)
        return self.rooms[0]

    def open_room(self, host: Task, scope: str) -> Room:
        """The empty room of the subprocess or called process ``scope``, opened by ``host``."""
        if len(self.rooms) > TOKENS or self._depth(host) >= DEEPEST:
            raise EngineError("limit", say("engine.limit.depth", limit=DEEPEST), element=node_of(host).id)
        room = new_room(self.top.flow, self.compiled.graphs[scope], host)
        self.rooms[room.number] = room
        return room

    def enter(self, room: Room, node: str, *, data: dict[str, Any], **notes: Any) -> Task:
        """A token arrives at ``node``."""
        self.count += 1
        if sum(len(r.flow.tasks) for r in self.rooms.values()) > TOKENS:
            raise EngineError("limit", say("engine.limit.tokens", limit=TOKENS), element=node)
        task = room.add(self.count, node, data=data, notes=notes)
        self._ready.append(task)
        return task

    def run(self) -> None:
        """Until nothing is ready any more; EngineError when that takes too many steps."""
        while self._ready or self._settle():
            while self._ready:
                task = self._ready.popleft()
                if task.state != TaskState.READY or task.id not in task.workflow.tasks:
                    continue
                self._steps += 1
                if self._steps > STEPS:
                    raise EngineError("limit", say("engine.limit.steps", limit=STEPS), element=node_of(task).id)
                task.run()

    def arrive(self, task: Task) -> bool | None:
        """What SpiffWorkflow asks when a task runs: True is done, None waits."""
        node = node_of(task)
        kind = "multi" if node.multi and "of" not in notes_of(task) else node.kind
        return self.behaviours[kind](self, task)

    def leave(self, task: Task) -> None:
        """A token is done with its node: it goes on along the flows, or ends."""
        notes, node, room = notes_of(task), node_of(task), self.room_of(task)
        self.note(task, "completed")
        self.drop_boundaries(task)
        self.last = task.data
        room.remove(task)
        if "of" in notes:
            self.child_done(task)
            return
        self.go_on(room, node, data=task.data, notes=notes)

    def go_on(self, room: Room, node: Node, *, data: dict[str, Any], notes: dict[str, Any]) -> None:
        """Along the chosen flows, or all of them; several are a fork."""
        flows = [f for f in room.graph.outgoing[node.id] if f.id in notes.get("take", [f.id])]
        fork = notes.get("fork", 0)
        if len(flows) > 1:
            room.contribute(data, fork)
            fork = self.new_fork(room, data, above=fork)
        for flow in flows:
            self.follow(room, flow, data=own_copy(data) if len(flows) > 1 else data, fork=fork)
        if not flows:
            room.contribute(data, fork)

    def follow(self, room: Room, flow: Flow, *, data: dict[str, Any], fork: int) -> None:
        notes: dict[str, Any] = {"via": flow.id} | ({"fork": fork} if fork else {})
        self.enter(room, flow.target, data=data, **notes)

    def new_fork(self, room: Room, data: dict[str, Any], *, above: int) -> int:
        self.count += 1
        room.forks[self.count] = (own_copy(data), above)
        return self.count

    def child_done(self, child: Task) -> None:
        """An instance of a multi-instance activity has finished."""
        from service.engine.multi import instance_done

        instance_done(self, child)

    def cancel(self, task: Task) -> None:
        """Take a live token out, with everything that hangs on it."""
        self.note(task, "cancelled")
        self.drop_boundaries(task)
        inner = self.rooms.get(task.id)
        if inner:
            self.clear(inner)
            self.close_room(inner)
        room = self.room_of(task)
        for child in [t for t in room.tokens() if notes_of(t).get("of") == task.id]:
            self.cancel(child)
        if task.id in room.flow.tasks:
            task.cancel()
            room.remove(task)

    def clear(self, room: Room) -> None:
        """Cancel every token of a room."""
        for task in room.tokens():
            if task.id in room.flow.tasks and "host" not in notes_of(task) and "of" not in notes_of(task):
                self.cancel(task)
        for task in room.tokens():
            self.cancel(task)

    def close_room(self, room: Room) -> None:
        self.top.flow.subprocesses.pop(room.number, None)
        self.rooms.pop(room.number, None)

    def drop_boundaries(self, host: Task) -> None:
        room = self.room_of(host)
        for task in room.tokens():
            if notes_of(task).get("host") == host.id:
                task.cancel()
                room.remove(task)

    def token(self, number: int) -> Task:
        """The live token with this number, or EngineError."""
        for room in self.rooms.values():
            task = room.flow.tasks.get(number)
            if task is not None and number > 0:
                return task
        raise EngineError("not-waiting", say("engine.not_waiting", number=number))

    def room_of(self, task: Task) -> Room:
        parent = getattr(task.workflow, "parent_task_id", None)
        return self.rooms[parent or 0]

    def all_tokens(self) -> Iterator[Task]:
        for room in list(self.rooms.values()):
            yield from room.tokens()

    def note(self, task: Task, outcome: str) -> None:
        """For the history: what was passed and what was closed."""
        node = node_of(task)
        detail = notes_of(task).get("detail", {})
        self.trail.append(Trail(node.id, node.kind, node.name, outcome, detail))

    def _depth(self, task: Task) -> int:
        depth, room = 1, self.room_of(task)
        while room.host is not None:
            depth, room = depth + 1, self.room_of(room.host)
        return depth

    def _settle(self) -> bool:
        """Nothing is ready: fire inclusive joins that wait for nobody any more, close rooms that are empty."""
        from service.engine.joins import fire_inclusive

        for room in sorted(self.rooms.values(), key=lambda r: -r.number):
            if fire_inclusive(self, room):
                return True
            if not room.tokens() and self.status == "active":
                self._room_done(room)
                return True
        return False

    def _room_done(self, room: Room) -> None:
        self.last = room.result
        if room.host is None:
            self.status = "completed"
            return
        host = room.host
        self.close_room(room)
        host.data = room.result
        host.complete()
