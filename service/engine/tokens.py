"""Tokens: SpiffWorkflow tasks that are really there, each with a small number, its own data and a few notes.

A finished token leaves the tree at once; what it did is in the history. So a case costs what it holds now, however long it has run.

Notes (``internal_data``): ``fork`` the fork it came from; ``via`` the flow it came in by (joins); ``host`` number of the activity a
boundary event sits on; ``of``/``index`` the multi-instance host and the place in it; ``multi`` the host's own book-keeping;
``key``, ``timer``, ``assignee`` what a wait has worked out when it opened.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.engine.drawing import Node
from service.engine.merge import merge
from service.engine.specs import Graph

ROOT = -1
LIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING


@dataclass(slots=True)
class Room:
    """One running (sub)process: a SpiffWorkflow workflow with the book-keeping we need beside it.

    ``base``: the variables it began with; ``result``: those of the tokens that ended, merged; ``forks``: id -> (base, id above).
    """

    number: int  # of the activity that opened it, 0 for the whole case
    flow: BpmnBaseWorkflow
    graph: Graph
    base: dict[str, Any]
    result: dict[str, Any]
    forks: dict[int, tuple[dict[str, Any], int]]
    host: Task | None

    def tokens(self) -> list[Task]:
        """Live tokens, oldest first."""
        found = (t for id, t in self.flow.tasks.items() if id != ROOT and t.has_state(LIVE))
        return sorted(found, key=lambda t: t.id)

    def add(self, number: int, node: str, *, data: dict[str, Any], notes: dict[str, Any]) -> Task:
        """A new token at ``node``, ready to be run."""
        spec = self.graph.spec.task_specs[node]
        task = Task(self.flow, spec, self.flow.tasks[ROOT], state=TaskState.FUTURE, id=number)
        task.data, task.internal_data = data, notes
        task._set_state(TaskState.READY)
        return task

    def remove(self, task: Task) -> None:
        self.flow._remove_task(task.id)

    def contribute(self, data: dict[str, Any], fork: int) -> None:
        """What a token changed since its fork belongs to the result: when it ends, and when it splits for good."""
        self.result = merge(self.base_of(fork), [self.result, data])

    def begin(self, data: dict[str, Any]) -> None:
        """The variables the room starts with."""
        self.base, self.result = data, own_copy(data)

    def chain(self, fork: int) -> list[int]:
        """The fork and all above it, innermost first; 0 is the room itself."""
        found = []
        while fork:
            found.append(fork)
            fork = self.forks[fork][1]
        return [*found, 0]

    def base_of(self, fork: int) -> dict[str, Any]:
        return self.forks[fork][0] if fork else self.base


def new_case(graph: Graph, specs: dict[str, Any], machine: Any) -> Room:
    """The room of a whole case, empty."""
    flow = BpmnWorkflow(graph.spec, subprocess_specs=specs, deserializing=True)
    flow.machine = machine
    return _room(flow, graph, number=0, host=None)


def new_room(top: BpmnWorkflow, graph: Graph, host: Task) -> Room:
    """The room of a subprocess or called process opened by ``host``."""
    flow = BpmnSubWorkflow(graph.spec, parent_task_id=host.id, top_workflow=_Shallow(top), deserializing=True)
    flow.top_workflow = top
    top.subprocesses[host.id] = flow
    return _room(flow, graph, number=host.id, host=host)


def node_of(task: Task) -> Node:
    """The drawn node a token stands at."""
    found: Node = task.task_spec.node
    return found


def own_copy(data: dict[str, Any]) -> dict[str, Any]:
    """Branches share nothing, so no branch can change what another one sees."""
    return deepcopy(data)


def notes_of(task: Task) -> dict[str, Any]:
    found: dict[str, Any] = task.internal_data
    return found


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


def _room(flow: BpmnBaseWorkflow, graph: Graph, *, number: int, host: Task | None) -> Room:
    root = Task(flow, graph.spec.start, None, state=TaskState.COMPLETED, id=ROOT)
    flow.task_tree = root
    return Room(number, flow, graph, base={}, result={}, forks={}, host=host)
