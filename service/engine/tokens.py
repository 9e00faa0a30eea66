"""Tokens: SpiffWorkflow tasks that are really there, each with a small number, its own variables and a few notes.

A finished token leaves the tree at once; what it did is in the history. So a case costs what it holds now, however long it has run.

Notes (``internal_data``): ``fork`` the fork it came from; ``via`` the flow it came in by (joins); ``host`` number of the activity a
boundary event sits on, or of the event-based gateway it waits for; ``armed`` waits to begin an event subprocess, ``interrupting`` is one
that ended all else in its room; ``held`` a condition that held when last looked at; ``rounds`` how often a cycle comes yet; ``of``/``index`` the multi-instance host and the place in it; ``multi`` the host's own book-keeping;
``key``, ``timer``, ``assignee`` what a wait has worked out when it opened; ``take``, ``detail`` only while the node runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.engine.drawing import Node
from service.engine.expressions import NO_SCRIPTS
from service.engine.merge import merge
from service.engine.specs import Graph
from service.engine.variables import Variables

ROOT = -1
HANGING = frozenset({"host", "of", "armed"})
LIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING


class Token(Task):  # type: ignore[misc]
    """A task whose variables stay in the stored state until somebody looks. ``book``: a multi-instance host's entries and results."""

    kept: Variables
    book: Variables

    @property
    def data(self) -> dict[str, Any]:
        return self.kept.now

    @data.setter
    def data(self, data: dict[str, Any]) -> None:
        self.kept = Variables(data)

    def _set_state(self, value: int) -> None:
        """SpiffWorkflow logs every change of state, a third of a step's time; our history tells more."""
        self._state = value


@dataclass(slots=True)
class Room:
    """One running (sub)process: a SpiffWorkflow workflow with the book-keeping we need beside it.

    ``base``: the variables it began with; ``result``: those of the tokens that ended or split, merged; ``forks``: id -> (base, id above).
    ``settled``: forks of one token, made when something began beside it: what it had changed before counts already.
    """

    number: int  # of the activity that opened it, 0 for the whole case
    flow: BpmnBaseWorkflow
    graph: Graph
    host: Token | None
    base: Variables = field(default_factory=Variables)
    result: Variables = field(default_factory=Variables)
    forks: dict[int, tuple[Variables, int]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)

    def tokens(self) -> list[Token]:
        """Live tokens, oldest first: numbers only grow."""
        return [t for id, t in self.flow.tasks.items() if id != ROOT and t.has_state(LIVE)]

    @property
    def empty(self) -> bool:
        return all(id == ROOT or "armed" in notes_of(t) for id, t in self.flow.tasks.items())

    def add(self, number: int, node: str, *, kept: Variables, notes: dict[str, Any]) -> Token:
        """A new token at ``node``, ready to be run."""
        spec = self.graph.spec.task_specs[node]
        task = Token(self.flow, spec, self.flow.tasks[ROOT], state=TaskState.FUTURE, id=number)
        task.kept, task.book, task.internal_data = kept, Variables(), notes
        task._set_state(TaskState.READY)
        return task

    def remove(self, task: Token) -> None:
        self.flow._remove_task(task.id)

    def contribute(self, data: dict[str, Any], fork: int) -> None:
        """What a token changed since its fork belongs to the result: when it ends, and when it splits."""
        self.result = Variables(merge(self.base_of(fork), [self.result.now, data]))

    def begin(self, data: dict[str, Any]) -> None:
        """The variables the room starts with."""
        self.base, self.result = Variables(dict(data)), Variables(dict(data))

    def chain(self, fork: int) -> list[int]:
        """The fork and all above it, innermost first; 0 is the room itself."""
        found = []
        while fork:
            found.append(fork)
            fork = self.forks[fork][1]
        return [*found, 0]

    def base_of(self, fork: int) -> dict[str, Any]:
        return self.forks[fork][0].now if fork else self.base.now


def new_case(graph: Graph, specs: dict[str, Any], machine: Any) -> Room:
    """The room of a whole case, empty."""
    flow = BpmnWorkflow(graph.spec, subprocess_specs=specs, script_engine=NO_SCRIPTS, deserializing=True)
    flow.machine = machine
    return _room(flow, graph, number=0, host=None)


def new_room(top: BpmnWorkflow, graph: Graph, host: Token) -> Room:
    """The room of a subprocess or called process opened by ``host``."""
    flow = BpmnSubWorkflow(graph.spec, parent_task_id=host.id, top_workflow=_Shallow(top), deserializing=True)
    flow.top_workflow = top
    top.subprocesses[host.id] = flow
    return _room(flow, graph, number=host.id, host=host)


def node_of(task: Token) -> Node:
    """The drawn node a token stands at."""
    found: Node = task.task_spec.node
    return found


def notes_of(task: Token) -> dict[str, Any]:
    found: dict[str, Any] = task.internal_data
    return found


def fork_of(task: Token) -> int:
    """The fork a token came from, 0 when from none."""
    return int(notes_of(task).get("fork", 0))


def movers(tokens: Iterable[Token]) -> list[Token]:
    """Those that move on their own: not what hangs on a host or waits to begin an event subprocess, nor instances, which belong to theirs."""
    return [t for t in tokens if not HANGING & notes_of(t).keys()]


class _Shallow:
    """Depth is counted by us; SpiffWorkflow would walk up task by task when a sub-workflow is made."""

    def __init__(self, top: BpmnWorkflow) -> None:
        self._top = top
        self.parent_workflow = None

    def get_task_from_id(self, _id: Any) -> "_Shallow":
        return self

    @property
    def workflow(self) -> None:
        return None


def _room(flow: BpmnBaseWorkflow, graph: Graph, *, number: int, host: Token | None) -> Room:
    root = Token(flow, graph.spec.start, None, state=TaskState.COMPLETED, id=ROOT)
    flow.task_tree = root
    return Room(number, flow, graph, host=host)
