"""Words: inside a shape, beside it, along a flow, or upright in the band of a lane."""

from service.engine.svg.measure import width_of, wrap
from service.engine.svg.model import Box, Edge, Point, Shape
from service.engine.svg.tags import number, tag, words

SIZE, SMALL = 12.0, 11.0
LINE = 1.2
INK = "#22242a"
ABOVE_BASE = 0.36  # of the size: from the middle of a line down to the feet of its letters
BESIDE, NARROWEST = 90.0, 44.0  # how wide a name beside its shape is where nothing is said, and at least
MOST_LINES = 6
SLACK = 1.0


def inside(text: str, box: Box, *, size: float = SIZE) -> str:
    """In the middle of the box, in as many lines as there is room for."""
    x, y, width, height = box
    lines = wrap(text, width + SLACK, size=size, most=max(1, int(height / (size * LINE))))
    return _lines(lines, x + width / 2, y + height / 2 - len(lines) * size * LINE / 2, size=size)


def at_top(text: str, box: Box) -> str:
    """At the upper border of a subprocess."""
    x, y, width, _ = box
    return _lines(wrap(text, width - 16, size=SIZE, most=1), x + width / 2, y + 7, size=SIZE)


def upright(text: str, box: Box, band: float) -> str:
    """On its side in the band at the left of a pool or a lane, read from below."""
    x, y, _, height = box
    lines = wrap(text, height - 8, size=SIZE, most=max(1, int((band - 4) / (SIZE * LINE))))
    cx, cy = x + band / 2, y + height / 2
    found = _lines(lines, cx, cy - len(lines) * SIZE * LINE / 2, size=SIZE)
    return tag("g", found, transform=f"rotate(-90 {number(cx)} {number(cy)})") if found else ""


def at_left(text: str, box: Box) -> str:
    """From the left, as notes are written."""
    x, y, width, height = box
    lines = wrap(text, width - 10, size=SIZE, most=max(1, int(height / (SIZE * LINE))))
    return _lines(lines, x + 6, y + 4, size=SIZE, anchor="start")


def beside(thing: Shape | Edge) -> str:
    """The name in its own place."""
    found = place_of(thing)
    return _lines(found[0], found[1][0] + found[1][2] / 2, found[1][1], size=SMALL) if found else ""


def place_of(thing: Shape | Edge) -> tuple[tuple[str, ...], Box] | None:
    """Lines and the box they take; None for a thing without a name."""
    if not thing.name:
        return None
    box = thing.label or _usual_place(thing)
    lines = wrap(thing.name, max(box[2], NARROWEST) + SLACK, size=SMALL, most=MOST_LINES)
    width = max((width_of(line, SMALL) for line in lines), default=0.0)
    return lines, (box[0] + box[2] / 2 - width / 2, box[1], width, len(lines) * SMALL * LINE)


def _usual_place(thing: Shape | Edge) -> Box:
    """Where nothing is said: under the shape, or over the middle of the flow."""
    if isinstance(thing, Shape):
        x, y, width, height = thing.box
        return x + (width - BESIDE) / 2, y + height + 6, BESIDE, 0
    x, y = _middle(thing.points)
    return x - BESIDE / 2, y - SMALL * LINE - 3, BESIDE, 0


def _middle(points: tuple[Point, ...]) -> Point:
    one, other = points[(len(points) - 1) // 2], points[len(points) // 2]
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _lines(lines: tuple[str, ...], x: float, top: float, *, size: float, anchor: str = "middle") -> str:
    if not lines:
        return ""
    step = size * LINE
    rows = [
        tag("tspan", words(line), x=x, y=top + step * (n + 0.5) + size * ABOVE_BASE) for n, line in enumerate(lines)
    ]
    return tag("text", *rows, font_size=size, text_anchor=anchor, fill=INK)
