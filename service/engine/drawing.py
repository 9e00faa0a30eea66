"""What is drawn: the diagram as plain values, each with its place in the file. Read before anything is compiled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ONESEAL = "urn:oneseal:bpmn:1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
ACTIVITIES = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "subProcess",
        "callActivity",
    }
)  # fmt: skip
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway"})
NODES = EVENTS | ACTIVITIES | GATEWAYS


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is drawn. ``line`` and ``column`` count from 1."""

    file: str
    element: str = ""
    name: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; ``condition`` is FEEL text or empty."""

    id: str
    source: str
    target: str
    condition: str
    scope: str
    place: Place


@dataclass(frozen=True, slots=True)
class Event:
    """An event definition. ``kind``: message, signal, timer, error, terminate, or another tag not supported.

    ``name``: of the message or signal, or the error code. ``timer``: (tag, text) of timeDuration / timeDate / timeCycle.
    """

    kind: str
    name: str = ""
    reference: str = ""
    timer: tuple[str, str] = ("", "")
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Multi:
    """Multi-instance: FEEL texts and names as drawn."""

    sequential: bool
    collection: str
    variable: str
    output_collection: str
    output_element: str


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. ``attributes``: ``camunda:x`` / ``oneseal:x`` / plain names -> text. ``scope``: id of its process or subprocess."""

    id: str
    kind: str
    name: str
    scope: str
    process: str
    place: Place
    lane: str = ""
    documentation: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    multi: Multi | None = None
    message: str = ""  # of a receive task: the message's name

    def own(self, name: str) -> str:
        """A oneseal: attribute, empty when not given."""
        return self.attributes.get(f"oneseal:{name}", "")

    def camunda(self, name: str) -> str:
        return self.attributes.get(f"camunda:{name}", "")

    @property
    def event(self) -> Event | None:
        return self.events[0] if self.events else None

    @property
    def waits_for_message(self) -> str:
        """The name of the message it waits for, or empty."""
        if self.kind == "receiveTask":
            return self.message
        catching = self.kind in ("intermediateCatchEvent", "boundaryEvent")
        return self.event.name if catching and self.event and self.event.kind == "message" else ""


@dataclass(slots=True)
class Scope:
    """A process or an embedded subprocess with what stands directly in it."""

    id: str
    process: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)

    def outgoing(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows.values() if flow.source == node]

    def incoming(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows.values() if flow.target == node]

    def attached(self, node: str) -> list[Node]:
        """Boundary events of a node, in the order they are drawn."""
        return [n for n in self.nodes.values() if n.attributes.get("attachedToRef") == node]


@dataclass(frozen=True, slots=True)
class Process:
    """A drawn process. ``attributes`` as of Node."""

    id: str
    name: str
    executable: bool
    place: Place
    attributes: Mapping[str, str]
    documentation: str = ""


@dataclass(slots=True)
class Drawing:
    """All diagrams of one deployment."""

    processes: dict[str, Process] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    ids: dict[str, list[Place]] = field(default_factory=dict)
    main: str = ""
    decisions: Mapping[str, Any] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    handlers: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()

    def nodes(self) -> Iterator[Node]:
        for scope in self.scopes.values():
            yield from scope.nodes.values()

    def flows(self) -> Iterator[Flow]:
        for scope in self.scopes.values():
            yield from scope.flows.values()

    def node(self, id: str) -> Node | None:
        return next((scope.nodes[id] for scope in self.scopes.values() if id in scope.nodes), None)
