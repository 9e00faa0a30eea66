"""A long picture in parts that can be read on paper, left to right, each with the names of the lanes at its left."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from service.engine.svg.containers import BAND
from service.engine.svg.labels import place_of
from service.engine.svg.model import Box, Edge, Picture, Shape
from service.engine.svg.tags import number, tag
from service.engine.svg.write import MARGIN, draw_layers, frame_of, sheet

LONGEST = 2_400.0  # wider pictures have parts
PART = 1_420.0
AIR = 12.0  # between a cut and what stands beside it
CONTAINERS = ("participant", "lane")
FRAMES = (*CONTAINERS, "subProcess", "group")


def parts_of(picture: Picture) -> tuple[tuple[float, float], ...]:
    """(left, right) of each part; none for a picture that is short enough. No part begins in a node or in words."""
    x, _, width, _ = frame_of(picture)
    begin = x + MARGIN + _names(picture)
    if width <= LONGEST:
        return ()
    count = round((x + width - begin) / PART)
    taken = [(box[0] - AIR, box[0] + box[2] + AIR) for box in _solid(picture)]
    wanted = [begin + n * (x + width - begin) / count for n in range(1, count)]
    cuts = [begin, *(_free_near(cut, taken) for cut in wanted), x + width]
    return tuple(pairwise(cuts))


def write_part(picture: Picture, left: float, right: float) -> str:
    """What lies between ``left`` and ``right``; lanes and pools are drawn as if they were no longer than that."""
    _, y, _, height = frame_of(picture)
    names = _names(picture)
    start = min((s.box[0] for s in picture.shapes.values() if s.kind in CONTAINERS), default=left)
    clipped = {
        s.id: _clipped(s, left - names + s.box[0] - start, right)
        for s in picture.shapes.values()
        if s.kind in CONTAINERS
    }
    inside = {s.id: s for s in picture.shapes.values() if s.kind not in CONTAINERS and _meets(s.box, left, right)}
    edges = {e.id: e for e in picture.edges.values() if _meets(_around(e), left, right)}
    lanes = draw_layers(replace(picture, shapes=clipped, edges={}), {})
    content = draw_layers(replace(picture, shapes=inside, edges=edges), {})
    view = " ".join(map(number, (left, y, right - left, height)))
    window = tag("svg", *content, x=left, y=y, width=right - left, height=height, viewBox=view)
    box = (left - names - MARGIN, y, right - left + names + MARGIN, height)
    return sheet(picture.name, box, [*lanes, window])


def _names(picture: Picture) -> float:
    """How wide the names of pools and lanes stand at the left."""
    found = [s.box[0] for s in picture.shapes.values() if s.kind in CONTAINERS]
    return max(found) - min(found) + BAND if found else 0.0


def _solid(picture: Picture) -> Iterator[Box]:
    """Where nobody may cut: nodes, and words beside them."""
    for shape in picture.shapes.values():
        if shape.kind not in FRAMES:
            yield shape.box
    things: tuple[Shape | Edge, ...] = (*picture.shapes.values(), *picture.edges.values())
    for thing in things:
        found = place_of(thing) if isinstance(thing, Edge) or thing.kind not in (*FRAMES, "textAnnotation") else None
        if found:
            yield found[1]


def _free_near(wanted: float, taken: list[tuple[float, float]]) -> float:
    """The nearest place to cut; the wanted one where there is none."""
    places = sorted((wanted + step for step in range(-300, 300, 5)), key=lambda at: abs(at - wanted))
    return next((at for at in places if not any(left < at < right for left, right in taken)), wanted)


def _clipped(shape: Shape, left: float, right: float) -> Shape:
    _, y, _, height = shape.box
    return replace(shape, box=(left, y, right - left, height))


def _around(edge: Edge) -> Box:
    xs, ys = [x for x, _ in edge.points], [y for _, y in edge.points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _meets(box: Box, left: float, right: float) -> bool:
    return box[0] <= right and left <= box[0] + box[2]
