"""What is to be drawn, as plain values in the diagram's own measure (1 = one pixel at full size)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.engine.model import Problem

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height


class NotDrawn(Exception):
    """There is no picture; ``problem`` says why and names the element."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@dataclass(frozen=True, slots=True)
class Shape:
    """Anything with a box. ``kind``: local tag name. ``level``: how many lanes or subprocesses stand around it."""

    id: str
    kind: str
    name: str
    box: Box
    label: Box | None = None  # where the name stands, if not inside
    level: int = 0
    expanded: bool = False
    horizontal: bool = True
    marker: bool = False  # an exclusive gateway shows its X
    event: str = ""  # kind of event definition: message, timer, ...
    interrupting: bool = True
    repeats: str = ""  # parallel, sequential or loop
    by_event: bool = False  # an event subprocess
    called: str = ""  # the process a call activity calls
    fill: str = ""
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Anything with waypoints, at least two. ``towards``: ends of an association that carry an arrow: none, one, both."""

    id: str
    kind: str
    name: str
    points: tuple[Point, ...]
    label: Box | None = None
    default: bool = False
    conditional: bool = False
    towards: str = "none"
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn process with what stands round it. ``hidden``: node inside a collapsed subprocess -> the shape it lies in."""

    process: str
    name: str
    shapes: Mapping[str, Shape]
    edges: Mapping[str, Edge]
    hidden: Mapping[str, str] = field(default_factory=dict)
