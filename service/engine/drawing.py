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
        "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask",
        "subProcess", "callActivity",
    }
)  # fmt: skip
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
NODES = EVENTS | ACTIVITIES | GATEWAYS
DATA = frozenset({"dataObjectReference", "dataStoreReference"})


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
    """A sequence flow; ``condition`` is FEEL text or empty. ``link``: not drawn, but the way from a link event to its other half."""

    id: str
    source: str
    target: str
    condition: str
    scope: str
    place: Place
    link: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event definition. ``kind``: message, signal, timer, error, escalation, conditional, link, terminate, or another tag not supported.

    ``name``: of the message, signal or link, or the code of the error or escalation. ``timer``: (tag, text) of timeDuration / timeDate /
    timeCycle. ``condition``: FEEL text of a conditional event.
    """

    kind: str
    name: str = ""
    reference: str = ""
    timer: tuple[str, str] = ("", "")
    unit: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Multi:
    """Multi-instance: FEEL texts and names as drawn. ``cardinality``: how many, instead of a collection. ``completion``: ends it early."""

    sequential: bool
    collection: str
    variable: str
    output_collection: str
    output_element: str
    cardinality: str = ""
    completion: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """A standard loop: again while ``condition`` (FEEL) holds, at most ``maximum`` (a number as drawn, or empty) times."""

    before: bool
    condition: str
    maximum: str


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
    loop: Loop | None = None
    script: str = ""  # of a script task: its text

    def own(self, name: str) -> str:
        """A oneseal: attribute, empty when not given."""
        return self.attributes.get(f"oneseal:{name}", "")

    def camunda(self, name: str) -> str:
        return self.attributes.get(f"camunda:{name}", "")

    @property
    def event(self) -> Event | None:
        return self.events[0] if self.events else None

    @property
    def by_event(self) -> bool:
        """An event subprocess: entered over no flow, but when its start event happens."""
        return self.kind == "subProcess" and self.attributes.get("triggeredByEvent") == "true"

    @property
    def interrupts(self) -> bool:
        """Of a boundary event or the start of an event subprocess: whether what it sits on ends."""
        name = "cancelActivity" if self.kind == "boundaryEvent" else "isInterrupting"
        return self.attributes.get(name) != "false"

    @property
    def caught_link(self) -> str:
        """The name of the link whose catching half it is, or empty."""
        return (
            self.event.name
            if self.kind == "intermediateCatchEvent" and self.event and self.event.kind == "link"
            else ""
        )

    @property
    def thrown_link(self) -> str:
        return (
            self.event.name
            if self.kind == "intermediateThrowEvent" and self.event and self.event.kind == "link"
            else ""
        )

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
    _indexed: "_Index | None" = field(default=None, repr=False, compare=False)

    def outgoing(self, node: str) -> list[Flow]:
        return self._index().outgoing.get(node, [])

    def incoming(self, node: str) -> list[Flow]:
        return self._index().incoming.get(node, [])

    def attached(self, node: str) -> list[Node]:
        """Boundary events of a node, in the order they are drawn."""
        return self._index().attached.get(node, [])

    def following(self, node: str) -> list[str]:
        """Where a token at the node can come to next: along its flows and over its boundary events."""
        return [f.target for f in self.outgoing(node)] + [n.id for n in self.attached(node)]

    def event_subprocesses(self) -> list[Node]:
        return [n for n in self.nodes.values() if n.by_event]

    def preceding(self, node: str) -> list[str]:
        """From where a token can come to the node."""
        drawn = self.nodes.get(node)
        host = drawn.attributes.get("attachedToRef", "") if drawn else ""
        return [f.source for f in self.incoming(node)] + ([host] if host in self.nodes else [])

    def _index(self) -> "_Index":
        """Made anew when something was drawn since."""
        if self._indexed is None or self._indexed.size != (len(self.nodes), len(self.flows)):
            self._indexed = _Index(self)
        return self._indexed


class _Index:
    """Flows and boundary events by node: asking the whole scope each time would cost its square."""

    def __init__(self, scope: Scope) -> None:
        self.size = (len(scope.nodes), len(scope.flows))
        self.outgoing: dict[str, list[Flow]] = {}
        self.incoming: dict[str, list[Flow]] = {}
        self.attached: dict[str, list[Node]] = {}
        for flow in scope.flows.values():
            self.outgoing.setdefault(flow.source, []).append(flow)
            self.incoming.setdefault(flow.target, []).append(flow)
        for node in scope.nodes.values():
            if "attachedToRef" in node.attributes:
                self.attached.setdefault(node.attributes["attachedToRef"], []).append(node)


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
    """All diagrams of one deployment. ``documents``: the files they were read from, each a ``xml.Document``."""

    processes: dict[str, Process] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    ids: dict[tuple[str, str], list[Place]] = field(default_factory=dict)  # (id, file or "" for the whole deployment)
    main: str = ""
    documents: list[Any] = field(default_factory=list)
    decisions: Mapping[str, Any] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    handlers: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    _by_id: dict[str, Node] | None = field(default=None, repr=False, compare=False)

    def nodes(self) -> Iterator[Node]:
        for scope in self.scopes.values():
            yield from scope.nodes.values()

    def flows(self) -> Iterator[Flow]:
        for scope in self.scopes.values():
            yield from scope.flows.values()

    def begins_on_event(self, node: Node) -> bool:
        """Whether it is the start event of an event subprocess."""
        around = self.node(node.scope)
        return node.kind == "startEvent" and around is not None and around.by_event

    def node(self, id: str) -> Node | None:
        if self._by_id is None or len(self._by_id) != sum(len(scope.nodes) for scope in self.scopes.values()):
            self._by_id = {node.id: node for node in self.nodes()}
        return self._by_id.get(id)
