"""Text of a Word part as it is printed: inserted text counts, deleted and moved-away text does not, nothing is read twice."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handlers.forms.box import Place

Pair = tuple[Place, str]

# Elements are known by their local names: the strict form of the format has other namespaces.
_GONE = frozenset({"del", "moveFrom", "delText", "instrText", "rt"})
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def boxes_of(root: Element, head: Place = ()) -> Iterator[Pair]:
    """Paragraphs, table cells and text boxes of a part, each box once; ``head`` says in which margin the part stands."""
    counts: Counter[str] = Counter()
    for block in _within(root, "p", "tbl"):
        if _name(block) == "tbl":
            yield from _cells(block, _next(head, "table", counts))
        else:
            place = _next(head, "paragraph", counts)
            text = _text(block)
            if text.strip():
                yield place, text
            for frame in _within(block, "txbxContent"):
                yield from _whole(frame, _next(head, "text_box", counts))


def _cells(table: Element, place: Place) -> Iterator[Pair]:
    for r, row in enumerate(_within(table, "tr"), start=1):
        for c, cell in enumerate(_within(row, "tc"), start=1):
            if not _continues(cell):
                yield from _whole(cell, (*place, ("row", r), ("column", c)))


def _whole(container: Element, place: Place) -> Iterator[Pair]:
    """A cell or text box is one box; tables and text boxes inside it are boxes of their own."""
    counts: Counter[str] = Counter()
    lines, inner = [], []
    for block in _within(container, "p", "tbl"):
        if _name(block) == "tbl":
            inner.append(_cells(block, _next(place, "table", counts)))
        else:
            lines.append(_text(block))
            frames = _within(block, "txbxContent")
            inner += [_whole(frame, _next(place, "text_box", counts)) for frame in frames]
    text = "\n".join(lines)
    if text.strip():
        yield place, text
    for pairs in inner:
        yield from pairs


def _continues(cell: Element) -> bool:
    """A cell merged into the one above shows nothing of its own."""
    merges = [m for properties in cell if _name(properties) == "tcPr" for m in properties if _name(m) == "vMerge"]
    values = [value for merge in merges for key, value in merge.items() if key.rpartition("}")[2] == "val"]
    return bool(merges) and values != ["restart"]


def _text(element: Element) -> str:
    """The text of a paragraph without its text boxes."""
    pieces = []
    for child in _shown(element):
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BLANKS:
            pieces.append(_BLANKS[name])
        elif name not in ("txbxContent", "pPr"):
            pieces.append(_text(child))
    return "".join(pieces)


def _within(element: Element, *wanted: str) -> Iterator[Element]:
    """The nearest elements of these names, through whatever wraps them: content controls, insertions, drawings."""
    for child in _shown(element):
        if _name(child) in wanted:
            yield child
        else:
            yield from _within(child, *wanted)


def _shown(element: Element) -> Iterator[Element]:
    """Children that are printed; of two alternatives the first."""
    chosen = False
    for child in element:
        name = _name(child)
        if name in _GONE or (name == "Fallback" and chosen):
            continue
        chosen = chosen or name == "Choice"
        yield child


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _next(place: Place, kind: str, counts: Counter[str]) -> Place:
    counts[kind] += 1
    return (*place, (kind, counts[kind]))
