"""Gateways: a diamond; X for one way, + for all ways, a ring for some, a pentagon in rings for the first event."""

from math import cos, pi, sin

from service.engine.svg.labels import INK
from service.engine.svg.model import Shape
from service.engine.svg.tags import path, tag


def draw_gateway(shape: Shape, fill: str) -> str:
    x, y, width, height = shape.box
    cx, cy, ink = x + width / 2, y + height / 2, shape.stroke or INK
    around = path("M", cx, y, "L", x + width, cy, cx, y + height, x, cy, "Z")
    diamond = tag("path", d=around, fill=fill, stroke=ink, stroke_width=2, stroke_linejoin="round")
    return diamond + _sign(shape, cx, cy, ink)


def _sign(shape: Shape, cx: float, cy: float, ink: str) -> str:
    reach = min(shape.box[2], shape.box[3]) / 2
    if shape.kind == "parallelGateway":
        arm = reach * 0.5
        cross = path("M", cx - arm, cy, "L", cx + arm, cy, "M", cx, cy - arm, "L", cx, cy + arm)
        return tag("path", d=cross, fill="none", stroke=ink, stroke_width=4)
    if shape.kind == "inclusiveGateway":
        return tag("circle", cx=cx, cy=cy, r=reach * 0.46, fill="none", stroke=ink, stroke_width=3)
    if shape.kind == "eventBasedGateway":
        return _first_event(cx, cy, reach, ink)
    if not shape.marker:
        return ""
    dx, dy = reach * 0.3, reach * 0.4
    cross = path("M", cx - dx, cy - dy, "L", cx + dx, cy + dy, "M", cx + dx, cy - dy, "L", cx - dx, cy + dy)
    return tag("path", d=cross, fill="none", stroke=ink, stroke_width=4)


def _first_event(cx: float, cy: float, reach: float, ink: str) -> str:
    rings = "".join(
        tag("circle", cx=cx, cy=cy, r=reach * part, fill="none", stroke=ink, stroke_width=1.2) for part in (0.56, 0.46)
    )
    corners = [
        n for k in range(5) for n in (cx + sin(k * 2 * pi / 5) * reach * 0.32, cy - cos(k * 2 * pi / 5) * reach * 0.32)
    ]
    pentagon = path("M", *corners[:2], "L", *corners[2:], "Z")
    return rings + tag("path", d=pentagon, fill="none", stroke=ink, stroke_width=1.4, stroke_linejoin="round")
