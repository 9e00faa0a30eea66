"""The drawing as SpiffWorkflow specifications, one task spec for every drawn node, connected as the flows are drawn.

We build the graph ourselves instead of asking SpiffWorkflow's parser, which drops unreachable nodes, loses lanes, replaces nodes
with reserved ids and recurses along chains. Prediction is off: it grows exponentially over parallel blocks and we need none of it.
"""

from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.task import Task

from service.engine.branches import Branches
from service.engine.drawing import Drawing, Flow, Node, Scope


class DrawnSpec(BpmnSpecMixin):  # type: ignore[misc]
    """A drawn node. What it does is decided by ``behaviours`` by kind; this class only keeps SpiffWorkflow's own ideas away."""

    def __init__(self, process: BpmnProcessSpec, node: Node, graph: "Graph") -> None:
        super().__init__(process, node.id, lane=node.lane or None, bpmn_name=node.name, manual=node.kind == "userTask")
        self.node, self.graph = node, graph

    def test(self) -> None:
        """The rules have checked the drawing; SpiffWorkflow's own check wants inputs for start events."""

    def _predict(self, my_task: Task, *_args: Any, **_named: Any) -> None:
        """No predicted tasks: every task in the tree is a token that is really there."""

    def _run_hook(self, my_task: Task) -> bool | None:
        done: bool | None = my_task.workflow.top_workflow.machine.arrive(my_task)
        return done

    def _on_complete(self, my_task: Task) -> None:
        my_task.workflow.top_workflow.machine.leave(my_task)

    def _on_cancel(self, my_task: Task) -> None:
        """The machine takes cancelled tokens out of the tree."""


@dataclass(slots=True)
class Graph:
    """A scope compiled: its spec and, ready at hand, the flows in and out of each node."""

    scope: Scope
    spec: BpmnProcessSpec
    branches: Branches
    outgoing: dict[str, list[Flow]] = field(default_factory=dict)
    incoming: dict[str, list[Flow]] = field(default_factory=dict)
    attached: dict[str, list[Node]] = field(default_factory=dict)
    inclusive_joins: frozenset[str] = frozenset()
    triggers: dict[str, Node] = field(
        default_factory=dict
    )  # start of an event subprocess in this scope -> that subprocess
    conditional: frozenset[str] = frozenset()  # nodes of conditional events at which a token of this scope may stand

    def starts(self) -> list[Node]:
        return [n for n in self.scope.nodes.values() if n.kind == "startEvent"]


def build(drawing: Drawing) -> dict[str, Graph]:
    """Scope id -> graph."""
    return {id: _graph(drawing, scope) for id, scope in drawing.scopes.items()}


def _graph(drawing: Drawing, scope: Scope) -> Graph:
    """A token that waits to begin an event subprocess stands at its start event, and yet in the scope around it."""
    spec = BpmnProcessSpec(name=scope.id)
    graph = Graph(scope, spec, Branches(scope))
    for sub in scope.event_subprocesses():
        graph.triggers |= {n.id: sub for n in drawing.scopes[sub.id].nodes.values() if n.kind == "startEvent"}
    places = [*scope.nodes.values(), *filter(None, map(drawing.node, graph.triggers))]
    graph.conditional = frozenset(n.id for n in places if n.event and n.event.kind == "conditional")
    for node in places:
        DrawnSpec(spec, node, graph)
        graph.outgoing[node.id] = scope.outgoing(node.id)
        graph.incoming[node.id] = scope.incoming(node.id)
        graph.attached[node.id] = scope.attached(node.id)
    for flow in scope.flows.values():
        spec.task_specs[flow.source].connect(spec.task_specs[flow.target])
    inclusive = (n.id for n in scope.nodes.values() if n.kind == "inclusiveGateway")
    graph.inclusive_joins = frozenset(id for id in inclusive if len(graph.incoming[id]) > 1)
    return graph
