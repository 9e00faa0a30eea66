"""What stands round or beside the nodes: pools and lanes with their names on the side, groups, notes, data."""

from service.engine.svg import labels
from service.engine.svg.labels import INK
from service.engine.svg.model import Shape
from service.engine.svg.tags import path, tag

BAND = 30.0  # for the name of a pool or lane
PAPER = "#ffffff"


def draw_pool(shape: Shape, fill: str) -> str:
    """A participant without a process behind it (``expanded`` false) is one closed box."""
    x, y, width, height = shape.box
    ink = shape.stroke or INK
    frame = tag("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=ink, stroke_width=1.5)
    if not shape.expanded:
        return frame + labels.inside(shape.name, shape.box)
    cut = (
        path("M", x + BAND, y, "L", x + BAND, y + height)
        if shape.horizontal
        else path("M", x, y + BAND, "L", x + width, y + BAND)
    )
    return frame + tag("path", d=cut, fill="none", stroke=ink, stroke_width=1.5) + _name(shape)


def draw_lane(shape: Shape, fill: str) -> str:
    x, y, width, height = shape.box
    own = fill if fill != PAPER else "none"  # the pool's paper shows through
    frame = tag("rect", x=x, y=y, width=width, height=height, fill=own, stroke=shape.stroke or INK, stroke_width=1.5)
    return frame + _name(shape)


def draw_group(shape: Shape, _fill: str) -> str:
    x, y, width, height = shape.box
    frame = tag(
        "rect", x=x, y=y, width=width, height=height, rx=10, fill="none", stroke=shape.stroke or INK, stroke_width=1.5,
        stroke_dasharray="10 6 1 6", stroke_linecap="round",
    )  # fmt: skip
    return frame + labels.at_top(shape.name, shape.box)


def draw_note(shape: Shape, _fill: str) -> str:
    x, y, _, height = shape.box
    bracket = path("M", x + 10, y, "L", x, y, x, y + height, x + 10, y + height)
    return tag("path", d=bracket, fill="none", stroke=shape.stroke or INK, stroke_width=1.5) + labels.at_left(
        shape.name, shape.box
    )


def draw_data(shape: Shape, fill: str) -> str:
    """A page with a folded corner."""
    x, y, width, height = shape.box
    fold = min(width, height) * 0.3
    page = path("M", x, y, "L", x + width - fold, y, x + width, y + fold, x + width, y + height, x, y + height, "Z")
    corner = path("M", x + width - fold, y, "L", x + width - fold, y + fold, x + width, y + fold)
    ink = shape.stroke or INK
    return tag("path", d=page, fill=fill, stroke=ink, stroke_width=1.5) + tag(
        "path", d=corner, fill="none", stroke=ink, stroke_width=1.5
    )


def draw_store(shape: Shape, fill: str) -> str:
    """A drum."""
    x, y, width, height = shape.box
    ink, lid = shape.stroke or INK, height * 0.14
    sides = path(
        "M",
        x,
        y + lid,
        "L",
        x,
        y + height - lid,
        "A",
        width / 2,
        lid,
        "0 0 0",
        x + width,
        y + height - lid,
        "L",
        x + width,
        y + lid,
    )
    drum = tag("path", d=sides, fill=fill, stroke=ink, stroke_width=1.5)
    return drum + tag(
        "ellipse", cx=x + width / 2, cy=y + lid, rx=width / 2, ry=lid, fill=fill, stroke=ink, stroke_width=1.5
    )


def _name(shape: Shape) -> str:
    if shape.horizontal:
        return labels.upright(shape.name, shape.box, BAND)
    x, y, width, _ = shape.box
    return labels.inside(shape.name, (x + 4, y, width - 8, BAND))
