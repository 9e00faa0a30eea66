"""Events: the ring says where it stands, dashes that it interrupts nothing, the sign in it what it waits for or throws."""

from service.engine.svg.icons import icon
from service.engine.svg.labels import INK
from service.engine.svg.model import Shape
from service.engine.svg.tags import tag

THROWING = ("endEvent", "intermediateThrowEvent")
DASHES = "4 3"


def draw_event(shape: Shape, fill: str) -> str:
    """One thin ring for a start, two for what lies between, one thick for an end."""
    x, y, width, height = shape.box
    cx, cy, radius, ink = x + width / 2, y + height / 2, min(width, height) / 2, shape.stroke or INK
    dashes = None if shape.interrupting else DASHES
    thick = {"startEvent": 2.0, "endEvent": 4.0}.get(shape.kind, 1.5)
    rings = [tag("circle", cx=cx, cy=cy, r=radius, fill=fill, stroke=ink, stroke_width=thick, stroke_dasharray=dashes)]
    if shape.kind not in ("startEvent", "endEvent"):
        rings.append(
            tag(
                "circle", cx=cx, cy=cy, r=radius - 3, fill="none", stroke=ink, stroke_width=1.5, stroke_dasharray=dashes
            )
        )
    sign = icon(shape.event, cx, cy, size=radius, ink=ink, filled=shape.kind in THROWING)
    return "".join(rings) + sign
