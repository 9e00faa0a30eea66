"""Tasks, subprocesses and call activities: round corners, a sign for who works, marks at the foot for repeating and for what lies inside."""

from service.engine.svg import labels
from service.engine.svg.icons import icon
from service.engine.svg.labels import INK
from service.engine.svg.measure import wrap
from service.engine.svg.model import Box, Shape
from service.engine.svg.tags import Pen, path, tag

THICK = {"callActivity": 4.0}
DOTS = "1 4"
ICON = 16.0
ICON_ROOM, FOOT = 24.0, 18.0  # what the sign takes at the top, and marks at the foot
WIDE = 14.0  # of a mark at the foot, with its distance to the next one


def draw_activity(shape: Shape, fill: str) -> str:
    x, y, width, height = shape.box
    ink = shape.stroke or INK
    frame = tag(
        "rect", x=x, y=y, width=width, height=height, rx=10, fill=fill, stroke=ink, stroke_width=THICK.get(shape.kind, 2),
        stroke_dasharray=DOTS if shape.by_event else None, stroke_linecap="round" if shape.by_event else None,
    )  # fmt: skip
    sign = icon(shape.kind, x + 16, y + 15, size=ICON, ink=ink)
    if shape.expanded:
        name = labels.at_top(shape.name, shape.box)
    else:
        name = labels.inside(shape.name, _room_for_name(shape, bool(sign)))
    return frame + sign + name + _foot(shape, ink)


def _room_for_name(shape: Shape, has_sign: bool) -> Box:
    """In the middle of the whole shape as long as it is short, else between the sign and the marks."""
    x, y, width, height = shape.box
    room = (x + 5, y + 4, width - 10, height - 8)
    lines = len(wrap(shape.name, room[2] + labels.SLACK, size=labels.SIZE, most=99))
    if lines * labels.SIZE * labels.LINE <= height - 2 * ICON_ROOM:
        return room
    top, low = ICON_ROOM if has_sign else 4.0, FOOT if _marks_of(shape) else 4.0
    return x + 5, y + top, width - 10, max(height - top - low, labels.SIZE)


def _marks_of(shape: Shape) -> list[str]:
    closed = shape.kind in ("subProcess", "callActivity") and not shape.expanded
    return [*([shape.repeats] if shape.repeats else []), *(["inside"] if closed else [])]


def _foot(shape: Shape, ink: str) -> str:
    x, y, width, height = shape.box
    marks = _marks_of(shape)
    left = x + width / 2 - (len(marks) - 1) * WIDE / 2
    return "".join(_mark(mark, left + n * WIDE, y + height - 11, ink) for n, mark in enumerate(marks))


def _mark(mark: str, cx: float, cy: float, ink: str) -> str:
    pen: Pen = {"fill": "none", "stroke": ink, "stroke_width": 1.8}
    if mark == "parallel":
        return tag(
            "path", d=path(*(n for dx in (-4.0, 0.0, 4.0) for n in ("M", cx + dx, cy - 5, "L", cx + dx, cy + 5))), **pen
        )
    if mark == "sequential":
        return tag(
            "path", d=path(*(n for dy in (-4.0, 0.0, 4.0) for n in ("M", cx - 5, cy + dy, "L", cx + 5, cy + dy))), **pen
        )
    if mark == "loop":
        ring = path("M", cx - 1.5, cy + 4.8, "A", 5.0, 5.0, "0 1 1", cx + 2.5, cy + 4.3)
        return tag("path", d=ring, **pen) + tag(
            "path", d=path("M", cx - 5, cy + 1.6, "L", cx - 1.5, cy + 4.8, cx - 5.5, cy + 6), **pen
        )
    box = tag("rect", x=cx - 6, y=cy - 6, width=12, height=12, fill="none", stroke=ink, stroke_width=1.4)
    return box + tag("path", d=path("M", cx - 4, cy, "L", cx + 4, cy, "M", cx, cy - 4, "L", cx, cy + 4), **pen)
