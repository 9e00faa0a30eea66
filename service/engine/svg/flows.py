"""Flows: round corners, arrow heads, a stroke across the default flow, a diamond at the foot of a conditional one."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from service.engine.svg.labels import INK
from service.engine.svg.model import Edge, Point
from service.engine.svg.tags import path, tag

CORNER = 6.0
HEAD, HALF = 10.0, 4.0  # length and half the width of an arrow head
DIAMOND = 14.0
PAPER = "#ffffff"


def draw_edge(edge: Edge) -> str:
    """Two waypoints on one place are one; a flow of a single place is not seen."""
    points = _distinct(edge.points)
    if len(points) < 2:
        return ""
    return {"sequenceFlow": _sequence, "messageFlow": _message}.get(edge.kind, _association)(edge, points)


def rounded(points: Sequence[Point]) -> str:
    """The ``d`` of a line whose corners are cut by a curve, at most half a piece long."""
    steps: list[str | float] = ["M", *points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        steps += ["L", *_towards(corner, before, reach), "Q", *corner, *_towards(corner, after, reach)]
    return path(*steps, "L", *points[-1])


def _sequence(edge: Edge, points: list[Point]) -> str:
    ink = edge.stroke or INK
    head = _head(points[-2], points[-1], fill=ink, ink=ink)
    start = _foot(edge, points, ink)
    line = [*points[:-1], _towards(points[-1], points[-2], min(HEAD - 1, _length(points[-1], points[-2])))]
    return (
        tag("path", d=rounded(line), fill="none", stroke=ink, stroke_width=1.5, stroke_linejoin="round") + start + head
    )


def _foot(edge: Edge, points: list[Point], ink: str) -> str:
    first, second = points[0], points[1]
    if edge.default:
        x, y = _towards(first, second, 10)
        dx, dy = _towards((0, 0), (second[0] - first[0], second[1] - first[1]), 1)
        one, other = (
            (x + 5 * (dy - dx * 0.5), y - 5 * (dx + dy * 0.5)),
            (x - 5 * (dy - dx * 0.5), y + 5 * (dx + dy * 0.5)),
        )
        return tag("path", d=path("M", *one, "L", *other), fill="none", stroke=ink, stroke_width=1.5)
    if edge.conditional:
        middle, far = _towards(first, second, DIAMOND / 2), _towards(first, second, DIAMOND)
        left, right = _sideways(first, middle, HALF)
        shape = path("M", *first, "L", *left, *far, *right, "Z")
        return tag("path", d=shape, fill=PAPER, stroke=ink, stroke_width=1.5, stroke_linejoin="round")
    return ""


def _message(edge: Edge, points: list[Point]) -> str:
    ink = edge.stroke or INK
    line = tag("path", d=rounded(points), fill="none", stroke=ink, stroke_width=1.5, stroke_dasharray="8 5")
    foot = tag("circle", cx=points[0][0], cy=points[0][1], r=3.5, fill=PAPER, stroke=ink, stroke_width=1.5)
    return line + foot + _head(points[-2], points[-1], fill=PAPER, ink=ink)


def _association(edge: Edge, points: list[Point]) -> str:
    ink = edge.stroke or INK
    line = tag(
        "path",
        d=rounded(points),
        fill="none",
        stroke=ink,
        stroke_width=1.5,
        stroke_dasharray="1 4",
        stroke_linecap="round",
    )
    ends = [(points[-2], points[-1])] if edge.towards in ("one", "both") else []
    ends += [(points[1], points[0])] if edge.towards == "both" else []
    return line + "".join(_open_head(a, b, ink) for a, b in ends)


def _head(before: Point, tip: Point, *, fill: str, ink: str) -> str:
    left, right = _sideways(before, tip, HALF, back=HEAD)
    return tag(
        "path",
        d=path("M", *left, "L", *tip, *right, "Z"),
        fill=fill,
        stroke=ink,
        stroke_width=1,
        stroke_linejoin="round",
    )


def _open_head(before: Point, tip: Point, ink: str) -> str:
    left, right = _sideways(before, tip, HALF, back=HEAD)
    return tag("path", d=path("M", *left, "L", *tip, *right), fill="none", stroke=ink, stroke_width=1.5)


def _sideways(before: Point, at: Point, half: float, *, back: float = 0) -> tuple[Point, Point]:
    """Two points left and right of the line that comes from ``before``, ``back`` before its end."""
    length = _length(before, at)
    dx, dy = (at[0] - before[0]) / length, (at[1] - before[1]) / length
    x, y = at[0] - dx * back, at[1] - dy * back
    return (x + dy * half, y - dx * half), (x - dy * half, y + dx * half)


def _towards(start: Point, goal: Point, reach: float) -> Point:
    length = _length(start, goal)
    return start[0] + (goal[0] - start[0]) / length * reach, start[1] + (goal[1] - start[1]) / length * reach


def _length(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _distinct(points: Sequence[Point]) -> list[Point]:
    return [points[0], *(b for a, b in pairwise(points) if _length(a, b) > 0.01)]
