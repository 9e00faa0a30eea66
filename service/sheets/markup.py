"""XML of a part, walked once without a tree: no document types, no endless nesting, no endless elements."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.parsers import expat

from handlers.sandbox import Unreadable

MOST_ELEMENTS = 3_000_000
MOST_DEPTH = 100
Attributes = Mapping[str, str]
Begin = Callable[[str, Attributes], None]
End = Callable[[str, str], None]


def walk(pieces: Iterable[bytes]) -> Iterator[tuple[str, Attributes]]:
    """(name, attributes) of every element of a small part, in order."""
    found: list[tuple[str, Attributes]] = []
    go_through(pieces, lambda tag, attributes: found.append((tag, attributes)), lambda _tag, _text: None)
    return iter(found)


def go_through(pieces: Iterable[bytes], begin: Begin, end: End) -> None:
    """Names come without prefix and namespace: strict and transitional files differ only there.

    ``end`` gets the element's own text, which stands before its first child; all that we read is of that kind.
    """
    walker = _Walker(begin, end)
    try:
        for piece in pieces:
            walker.parser.Parse(piece, False)
        walker.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("sheet.broken") from error


class _Walker:
    """One pass. Text is gathered only since the last tag."""

    def __init__(self, begin: Begin, end: End) -> None:
        self.begin, self.end = begin, end
        self.depth = self.count = 0
        self.text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > MOST_DEPTH or self.count > MOST_ELEMENTS:
            raise Unreadable("sheet.too_large")
        self.text.clear()
        self.begin(name.rpartition(" ")[2], {_local(key): value for key, value in attributes.items()})

    def _close(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(" ")[2], "".join(self.text))
        self.text.clear()

    def _refuse(self, *_: Any) -> None:
        raise Unreadable("sheet.entities")


def _local(key: str) -> str:
    """``r:id`` keeps its prefix, for ``id`` is another attribute of the same element."""
    space, _, name = key.rpartition(" ")
    return f"r:{name}" if space.endswith("/relationships") else name
