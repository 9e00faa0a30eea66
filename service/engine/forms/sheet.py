"""FEEL over a form that is being judged: the names are those of form-js, so that browser and server come to the same answer.

Everywhere: the case's variables under the form's own values, dates as ISO text. In a list's rows also ``this`` (the row),
``parent`` (what is around it) and ``i`` (its place, counted from 1), each also as ``_this_``, ``_parent_``, ``_i_``. An expression that has no answer is null; one that runs out of fuel
too. How many are computed is bounded: one that looks at no row is computed once for the whole form.
"""

from collections import ChainMap
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.engine.expressions import compiled, plain
from service.engine.feel import FeelError, FeelLimit, strip_equals

SPECIAL = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})
FUEL, ROW_FUEL = 20_000, 4_000
MOST_IN_ROWS = 2_000


class TooMuch(Exception):
    """The form's rows need more computing than one submission may ask for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: ``this`` is the row, or the whole form outside of lists."""

    this: dict[str, Any]
    parent: Any = None
    index: tuple[int, ...] = ()


@dataclass(slots=True)
class Sheet:
    """``data``: the variables and the form's values as the browser sees them. Settled once no value changes any more."""

    at: datetime
    data: dict[str, Any]
    settled: bool = False
    left: int = MOST_IN_ROWS
    _answers: dict[str, Any] = field(default_factory=dict)

    def evaluate(self, source: str, place: Place) -> Any:
        """The value of ``source`` at ``place``, whole numbers as int; null when there is none. TooMuch when that was one too many."""
        if source in self._answers:
            return self._answers[source]
        try:
            expression = compiled(strip_equals(source))
        except FeelError:
            return None
        shared = not expression.names & SPECIAL
        if not shared:
            self.left -= 1
            if self.left < 0:
                raise TooMuch
        special = {"this": place.this, "parent": place.parent, "i": list(place.index)}
        context = ChainMap({f"_{name}_": value for name, value in special.items()}, self.data, special)
        try:
            found = expression.evaluate(context, at=self.at, strict=False, fuel=FUEL if shared else ROW_FUEL)
        except (FeelError, FeelLimit):
            found = None
        if shared and self.settled:
            self._answers[source] = plain(found)
        return plain(found)

    def true(self, source: Any, place: Place) -> bool:
        """Whether a flag of the form is on: true itself, or an expression that says so."""
        if isinstance(source, str):
            return source.startswith("=") and self.evaluate(source, place) is True
        return source is True
