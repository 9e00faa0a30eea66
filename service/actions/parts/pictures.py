"""A diagram somebody may look at, before it is drawn: drawing takes tens of milliseconds and needs no transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.domain.errors import NotFound
from service.domain.texts import say
from service.engine.model import Bundle
from service.engine.svg.bundle import Paper, draw_bundle, paper_of, seen_on
from service.engine.svg.model import NotDrawn


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step of a case as it stands. ``state``: done, active or incident; ``times``: how often it was done, ``last``: when."""

    element: str
    kind: str
    name: str
    lane: str
    process: str
    state: str
    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """One process of a deployment. ``steps``: how far a case is, none for a definition; ``title`` says of what it is a picture."""

    bundle: Bundle = field(repr=False)
    paper: Paper = field(repr=False)
    title: str
    steps: tuple[StepSeen, ...] = ()

    @property
    def marks(self) -> dict[str, str]:
        return {step.element: step.state for step in self.steps}


def find_diagram(bundle: Bundle, process: str, *, title: str, steps: tuple[StepSeen, ...] = ()) -> Diagram:
    """The diagram of ``process``, of the main one when it is empty; NotFound when the deployment does not have it."""
    try:
        return Diagram(bundle, paper_of(bundle, process), title, steps)
    except NotDrawn as error:
        raise _no_picture(error) from error


def draw(diagram: Diagram) -> str:
    """SVG text; NotFound saying why when there is nothing that could be drawn."""
    try:
        return draw_bundle(
            diagram.bundle, diagram.paper.process, marks=diagram.marks, description=_told(diagram.title, diagram.steps)
        )
    except NotDrawn as error:
        raise _no_picture(error) from error


def marks_seen(diagram: Diagram) -> Mapping[str, str]:
    """Element of this picture -> state, for whoever draws it elsewhere; NotFound like ``draw``."""
    try:
        return seen_on(diagram.bundle, diagram.paper.process, diagram.marks)
    except NotDrawn as error:
        raise _no_picture(error) from error


def _told(title: str, steps: tuple[StepSeen, ...]) -> str:
    """The picture in words, for who cannot see it."""
    found = [title]
    for state in ("done", "active", "incident"):
        names = dict.fromkeys(step.name for step in steps if step.state == state)
        if names:
            found.append(say("picture.told", state=say(f"picture.{state}"), names=say("list.comma").join(names)))
    return "".join(found)


def _no_picture(error: NotDrawn) -> NotFound:
    return NotFound("picture.none", why=error.problem.message, element=error.problem.element)
