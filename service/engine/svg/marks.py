"""How the states of a case look. Each has a colour, a line and a sign of its own, so that a black-and-white print tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.texts import say
from service.engine.svg.model import Shape
from service.engine.svg.tags import Pen, path, tag, words

DONE, ACTIVE, INCIDENT = "done", "active", "incident"
GAP = 5.0  # between a shape and the ring round it
RADIUS = 8.0
EACH = 125.0  # width of one entry of the legend


@dataclass(frozen=True, slots=True)
class Look:
    """``ring``: width of the line round the shape, 0 for none; ``dashes`` of it."""

    colour: str
    fill: str
    ring: float = 0
    dashes: str | None = None


LOOKS: Mapping[str, Look] = {
    DONE: Look("#1e7b34", "#e3f3e6"),
    ACTIVE: Look("#0b5394", "#d3e4f5", 3),
    INCIDENT: Look("#b42318", "#fbe3e0", 3, "7 4"),
}


def ring(shape: Shape, look: Look) -> str:
    """A line round the shape; its own line keeps what BPMN says by it."""
    if not look.ring:
        return ""
    x, y, width, height = shape.box
    line: Pen = {"fill": "none", "stroke": look.colour, "stroke_width": look.ring, "stroke_dasharray": look.dashes}
    if shape.kind.endswith("Event"):
        return tag("circle", cx=x + width / 2, cy=y + height / 2, r=width / 2 + GAP, **line)
    if shape.kind.endswith("Gateway"):
        cx, cy, dx, dy = x + width / 2, y + height / 2, width / 2 + GAP + 2, height / 2 + GAP + 2
        return tag("path", d=path("M", cx, cy - dy, "L", cx + dx, cy, cx, cy + dy, cx - dx, cy, "Z"), **line)
    return tag("rect", x=x - GAP, y=y - GAP, width=width + 2 * GAP, height=height + 2 * GAP, rx=13, **line)


def sign(state: str, shape: Shape) -> str:
    """A small disc at the upper right: a tick, a triangle, or an exclamation mark."""
    left, top, width, height = shape.box
    inwards = 0.2 if shape.kind.endswith("Gateway") else 0.0  # a diamond has no corner there
    x, y = left + width * (1 - inwards) - 3, top + height * inwards + 3
    disc = tag("circle", cx=x, cy=y, r=RADIUS, fill=LOOKS[state].colour, stroke="#ffffff", stroke_width=1.5)
    line: Pen = {"stroke": "#ffffff", "stroke_width": 2.0, "stroke_linecap": "round", "stroke_linejoin": "round"}
    if state == DONE:
        return disc + tag(
            "path", d=path("M", x - 3.6, y + 0.2, "L", x - 1, y + 2.9, x + 3.6, y - 2.6), fill="none", **line
        )
    if state == ACTIVE:
        return disc + tag("path", d=path("M", x - 2.4, y - 3.8, "L", x + 4, y, x - 2.4, y + 3.8, "Z"), fill="#ffffff")
    return disc + tag(
        "path", d=path("M", x, y - 4.2, "L", x, y + 0.8, "M", x, y + 4, "L", x, y + 4.1), fill="none", **line
    )


def legend(states: tuple[str, ...], left: float, top: float) -> str:
    """What the marks mean, in one row."""
    found = []
    for n, state in enumerate(states):
        x, look = left + n * EACH, LOOKS[state]
        sample = Shape("", "task", "", (x + 5, top + 5, 34.0, 22.0))
        box = tag(
            "rect", x=x + 5, y=top + 5, width=34, height=22, rx=6, fill=look.fill, stroke="#22242a", stroke_width=1.5
        )
        name = tag("text", words(say(f"picture.{state}")), x=x + 54, y=top + 21)
        found.append(box + ring(sample, look) + sign(state, sample) + name)
    return tag("g", *found)
