"""What a page needs to show a diagram: where picture and XML are fetched, what is marked, and the steps in words beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from service.actions.frame import Frame
from service.actions.look_at_diagram import look_at_diagram
from service.actions.parts.pictures import StepSeen, marks_seen
from service.domain.errors import NotFound
from service.pages.rendering import address

API = "/api/v1"
WORDLESS = ("Gateway", "subProcess")  # kinds that are no step to people


@dataclass(frozen=True, slots=True)
class Picture:
    """``svg`` and ``xml`` are addresses; ``marks``: element -> done, active or incident. ``undrawn``: why there is no picture."""

    svg: str = ""
    xml: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    undrawn: str = ""


@dataclass(frozen=True, slots=True)
class CaseDiagram:
    """For ``parts/case_diagram.html``. ``processes``: id -> name of all the deployment's, the main one first."""

    picture: Picture
    process: str
    processes: Mapping[str, str]
    steps: tuple[StepSeen, ...]


def case_diagram(frame: Frame, case_id: str, process: str = "") -> CaseDiagram:
    """NotFound when this person may not know of the case; ``process`` as ``look_at_diagram`` takes it."""
    found = look_at_diagram(frame, case_id, process)
    where = f"{API}/cases/{quote(case_id, safe='')}/diagram"
    try:
        picture = Picture(
            address(f"{where}.svg", process=process), address(f"{where}.xml", process=process), marks_seen(found)
        )
    except NotFound as error:
        picture = Picture(undrawn=str(error))
    steps = tuple(step for step in found.steps if not step.kind.endswith(WORDLESS))
    return CaseDiagram(picture, found.paper.process, found.paper.processes, steps)


def version_picture(process: str, version: int, *, shown: str, undrawn: str) -> Picture:
    """One of the processes of a deployed version."""
    if undrawn:
        return Picture(undrawn=undrawn)
    where = f"{API}/definitions/{quote(process, safe='')}/versions/{version}"
    return Picture(address(f"{where}/diagram.svg", process=shown), address(f"{where}/xml", process=shown))
