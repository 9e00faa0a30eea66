"""The small signs in events and tasks, our own drawing. Each fits a square of 1 by 1 round its middle and is scaled to its place."""

from collections.abc import Callable
from math import cos, pi, sin

from service.engine.svg.tags import Pen, path, tag

Points = list[tuple[float, float]]
Icon = Callable[[float, float, float, str, bool], str]  # middle, size, colour, filled -> markup
PAPER = "#ffffff"


def icon(name: str, cx: float, cy: float, *, size: float, ink: str, filled: bool = False) -> str:
    """Empty for a name that has no sign."""
    found = ICONS.get(name)
    return found(cx, cy, size, ink, filled) if found else ""


def _line(points: Points, cx: float, cy: float, size: float, *, closed: bool = True) -> str:
    placed = [n for x, y in points for n in (cx + x * size, cy + y * size)]
    return path("M", *placed[:2], "L", *placed[2:], *(["Z"] if closed else []))


def _pen(ink: str, fill: str = "none", wide: float = 1.4) -> Pen:
    return {"fill": fill, "stroke": ink, "stroke_width": wide, "stroke_linejoin": "round", "stroke_linecap": "round"}


def _envelope(cx: float, cy: float, size: float, ink: str, filled: bool) -> str:
    """Filled: thrown; its flap is then drawn in paper."""
    outer = _line([(-0.5, -0.34), (0.5, -0.34), (0.5, 0.34), (-0.5, 0.34)], cx, cy, size)
    flap = _line([(-0.5, -0.34), (0, 0.06), (0.5, -0.34)], cx, cy, size, closed=False)
    fill, crease = (ink, PAPER) if filled else (PAPER, ink)
    return tag("path", d=outer, **_pen(ink, fill)) + tag("path", d=flap, **_pen(crease))


def _clock(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    face = tag("circle", cx=cx, cy=cy, r=size / 2, **_pen(ink, PAPER))
    hands = _line([(0.06, -0.36), (0, 0), (0.24, 0.06)], cx, cy, size, closed=False)
    ticks: list[str | float] = []
    for hour in range(12):
        x, y = sin(hour * pi / 6) * size, cos(hour * pi / 6) * size
        ticks += ["M", cx + x * 0.42, cy + y * 0.42, "L", cx + x * 0.5, cy + y * 0.5]
    return face + tag("path", d=path(*ticks), **_pen(ink, wide=1)) + tag("path", d=hands, **_pen(ink))


def _triangle(cx: float, cy: float, size: float, ink: str, filled: bool) -> str:
    return tag(
        "path", d=_line([(0, -0.5), (0.5, 0.36), (-0.5, 0.36)], cx, cy, size), **_pen(ink, ink if filled else "none")
    )


def _lightning(cx: float, cy: float, size: float, ink: str, filled: bool) -> str:
    points = [(-0.5, 0.46), (-0.22, -0.38), (0.16, 0.08), (0.5, -0.46), (0.24, 0.42), (-0.14, -0.04)]
    return tag("path", d=_line(points, cx, cy, size), **_pen(ink, ink if filled else "none"))


def _disc(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    return tag("circle", cx=cx, cy=cy, r=size * 0.56, fill=ink)


def _person(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    head = tag("circle", cx=cx, cy=cy - size * 0.24, r=size * 0.22, **_pen(ink, PAPER))
    left, right, low = cx - size * 0.44, cx + size * 0.44, cy + size * 0.48
    body = path("M", left, low, "C", left, cy + size * 0.06, cx - size * 0.2, cy + size * 0.04, cx, cy + size * 0.04,
                "C", cx + size * 0.2, cy + size * 0.04, right, cy + size * 0.06, right, low, "Z")  # fmt: skip
    return tag("path", d=body, **_pen(ink, PAPER)) + head


def _wheel(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    """Eight teeth: four corners each, two outside and two inside."""
    points: Points = []
    for tooth in range(8):
        for turn, radius in ((-0.26, 0.38), (-0.15, 0.5), (0.15, 0.5), (0.26, 0.38)):
            angle = tooth * pi / 4 + turn
            points.append((sin(angle) * radius, cos(angle) * radius))
    hub = tag("circle", cx=cx, cy=cy, r=size * 0.17, **_pen(ink, PAPER))
    return tag("path", d=_line(points, cx, cy, size), **_pen(ink, PAPER)) + hub


def _table(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    x, y, wide, high = cx - size / 2, cy - size * 0.4, size, size * 0.8
    head = tag("rect", x=x, y=y, width=wide, height=high * 0.28, fill="#b8bcc6")
    rows: list[str | float] = []
    for part in (0.28, 0.64):
        rows += ["M", x, y + high * part, "L", x + wide, y + high * part]
    rows += ["M", x + wide * 0.3, y + high * 0.28, "L", x + wide * 0.3, y + high]
    frame = tag("rect", x=x, y=y, width=wide, height=high, **_pen(ink))
    return head + frame + tag("path", d=path(*rows), **_pen(ink))


def _arrow_up(cx: float, cy: float, size: float, ink: str, filled: bool) -> str:
    points = [(0.0, -0.5), (0.4, 0.46), (0.0, 0.08), (-0.4, 0.46)]
    return tag("path", d=_line(points, cx, cy, size), **_pen(ink, ink if filled else "none"))


def _arrow_on(cx: float, cy: float, size: float, ink: str, filled: bool) -> str:
    points = [(-0.5, -0.2), (0.1, -0.2), (0.1, -0.44), (0.52, 0.0), (0.1, 0.44), (0.1, 0.2), (-0.5, 0.2)]
    return tag("path", d=_line(points, cx, cy, size), **_pen(ink, ink if filled else "none"))


def _written(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    """A page with lines: a condition, or a script."""
    page = _line([(-0.38, -0.46), (0.38, -0.46), (0.38, 0.46), (-0.38, 0.46)], cx, cy, size)
    lines: list[str | float] = []
    for y in (-0.24, 0.0, 0.24):
        lines += ["M", cx - 0.24 * size, cy + y * size, "L", cx + 0.24 * size, cy + y * size]
    return tag("path", d=page, **_pen(ink, PAPER)) + tag("path", d=path(*lines), **_pen(ink))


def _scroll(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    page = _line([(-0.2, -0.46), (0.5, -0.46), (0.2, 0.46), (-0.5, 0.46)], cx, cy, size)
    lines: list[str | float] = []
    for y, left in ((-0.22, -0.14), (0.0, -0.22), (0.22, -0.3)):
        lines += ["M", cx + left * size, cy + y * size, "L", cx + (left + 0.42) * size, cy + y * size]
    return tag("path", d=page, **_pen(ink, PAPER)) + tag("path", d=path(*lines), **_pen(ink))


def _hand(cx: float, cy: float, size: float, ink: str, _filled: bool) -> str:
    points = [
        (-0.5, -0.1),
        (-0.1, -0.42),
        (0.02, -0.3),
        (-0.16, -0.12),
        (0.5, -0.12),
        (0.5, 0.06),
        (0.4, 0.42),
        (-0.3, 0.42),
        (-0.5, 0.26),
    ]
    fingers: list[str | float] = []
    for y in (0.06, 0.24):
        fingers += ["M", cx + 0.06 * size, cy + y * size, "L", cx + 0.46 * size, cy + y * size]
    return tag("path", d=_line(points, cx, cy, size), **_pen(ink, PAPER)) + tag(
        "path", d=path(*fingers), **_pen(ink, wide=1)
    )


ICONS: dict[str, Icon] = {
    "message": _envelope, "timer": _clock, "signal": _triangle, "error": _lightning, "terminate": _disc,
    "escalation": _arrow_up, "link": _arrow_on, "conditional": _written, "scriptTask": _scroll, "manualTask": _hand,
    "userTask": _person, "serviceTask": _wheel, "businessRuleTask": _table,
    "sendTask": lambda cx, cy, size, ink, _filled: _envelope(cx, cy, size, ink, True),
    "receiveTask": lambda cx, cy, size, ink, _filled: _envelope(cx, cy, size, ink, False),
}  # fmt: skip
