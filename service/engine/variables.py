"""Variables of tokens in memory and in the stored state: each value is stored once, and read only when somebody looks at it.

A case with thirty departments waiting at once carries the same variables thirty times; the state holds them once. A step that
touches one token neither reads nor writes those of the others. Values are never changed in place, so tokens may share them.
"""

from collections.abc import Mapping
from typing import Any

from service.engine import codec


class Source:
    """The values of a stored state, texts of the codec by place."""

    def __init__(self, texts: list[str] | None = None) -> None:
        self.texts = texts or []
        self._read: dict[int, Any] = {}

    def value(self, place: int) -> Any:
        if place not in self._read:
            self._read[place] = codec.loads(self.texts[place])
        return self._read[place]

    def texts_by_identity(self) -> dict[int, str]:
        """Values handed out, by ``id``: they have not changed, so their texts need not be made again."""
        return {id(value): self.texts[place] for place, value in self._read.items()}


class Variables:
    """Name -> value. What came from a stored state stays there until it is read."""

    __slots__ = ("_found", "_row", "_source")

    def __init__(self, found: dict[str, Any] | None = None) -> None:
        self._found: dict[str, Any] | None = {} if found is None else found
        self._row: Mapping[str, int] = {}
        self._source: Source | None = None

    @classmethod
    def stored(cls, row: Mapping[str, int], source: Source) -> "Variables":
        made = cls()
        made._found, made._row, made._source = None, row, source
        return made

    @property
    def now(self) -> dict[str, Any]:
        """The variables to read and to set; nothing inside a value may be changed."""
        if self._found is None:
            assert self._source
            self._found = {name: self._source.value(place) for name, place in self._row.items()}
        return self._found

    def untouched(self) -> tuple[Mapping[str, int], Source] | None:
        """The row as it was stored, when nobody has looked."""
        return (self._row, self._source) if self._found is None and self._source else None


class Sink:
    """Collects the values of a state to store; equal ones share one place."""

    def __init__(self, source: Source) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}
        self._known = source.texts_by_identity()
        self._by_id: dict[int, int] = {}

    def row(self, variables: Variables) -> dict[str, int]:
        """Name -> place, in order of names. ValueError for a value that cannot be kept."""
        stored = variables.untouched()
        if stored:
            row, source = stored
            return {name: self._place(source.texts[place]) for name, place in row.items()}
        return {codec.checked_key(name): self._of(value) for name, value in sorted(variables.now.items())}

    def _of(self, value: Any) -> int:
        # By identity first: the values of all tokens stay alive while the state is written.
        found = self._by_id.get(id(value))
        if found is None:
            found = self._place(self._known.get(id(value)) or codec.dumps(value))
            self._by_id[id(value)] = found
        return found

    def _place(self, text: str) -> int:
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place
