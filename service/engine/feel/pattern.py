"""Regular expressions in linear time: all ways through the pattern are walked side by side, one character after the other.

No way is ever tried twice at one place, so no pattern can run wild; every step costs fuel. The first way in the order of the
pattern wins (leftmost, greedy), as people know it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from service.engine.feel.errors import OverLimit
from service.engine.feel.limits import Meter
from service.engine.feel.pattern_reader import Choice, Edge, Group, One, Piece, Repeat, Row, read

LARGEST = 3000  # steps of a program
# Steps of the machine for one unit of fuel: each is shorter than a node of an expression.
STEPS = 4

Spans = tuple[int, ...]  # start and end of the whole, then of each group; -1: did not take part


@dataclass(frozen=True, slots=True)
class Step:
    """``take`` a character, ``edge`` of the text, ``save`` the place, ``split`` into two ways, ``done``."""

    kind: str
    test: Callable[[str], bool] | None = None
    edge: Edge | None = None
    first: int = 0
    second: int = 0
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern with ``groups`` groups."""

    steps: tuple[Step, ...]
    groups: int

    def search(self, meter: Meter, text: str, start: int = 0) -> Spans | None:
        """The first match at or after ``start``."""
        return _Walk(self, meter, text).run(start)


def compile_pattern(meter: Meter, pattern: str, flags: str = "") -> Pattern:
    """Raises Failed when the pattern is wrong, OverLimit when it is too large."""
    piece, groups = read(pattern, flags)
    if _size(piece) > LARGEST:
        raise OverLimit("feel.limit.pattern")
    program = _Program()
    program.steps.append(Step("save", first=0))
    program.add(piece)
    program.steps += [Step("save", first=1), Step("done")]
    meter.charge(1 + len(program.steps) // STEPS)
    return Pattern(tuple(program.steps), groups)


def _size(piece: Piece) -> int:
    """Steps that the piece will take, counted before any is made."""
    if isinstance(piece, Row | Choice):
        return sum(_size(part) + 2 for part in piece.parts)
    if isinstance(piece, Group):
        return _size(piece.part) + 2
    if isinstance(piece, Repeat):
        return (_size(piece.part) + 2) * max(piece.low, piece.high or 0, 1) + 2
    return 1


class _Program:
    def __init__(self) -> None:
        self.steps: list[Step] = []

    def add(self, piece: Piece) -> None:
        if isinstance(piece, One):
            self.steps.append(Step("take", test=piece.test, cost=piece.cost))
        elif isinstance(piece, Edge):
            self.steps.append(Step("edge", edge=piece))
        elif isinstance(piece, Row):
            for part in piece.parts:
                self.add(part)
        elif isinstance(piece, Choice):
            self._choice(piece)
        elif isinstance(piece, Group):
            self.steps.append(Step("save", first=piece.number * 2))
            self.add(piece.part)
            self.steps.append(Step("save", first=piece.number * 2 + 1))
        else:
            self._repeat(piece)

    def _choice(self, piece: Choice) -> None:
        ends: list[int] = []
        for part in piece.parts[:-1]:
            fork = self._hole()
            self.add(part)
            ends.append(self._hole())
            self.steps[fork] = Step("split", first=fork + 1, second=len(self.steps))
        self.add(piece.parts[-1])
        for end in ends:
            self.steps[end] = Step("split", first=len(self.steps), second=len(self.steps))

    def _repeat(self, piece: Repeat) -> None:
        for _ in range(piece.low):
            self.add(piece.part)
        if piece.high is None:
            fork = self._hole()
            self.add(piece.part)
            self.steps.append(Step("split", first=fork, second=fork))
            self._fork(fork, len(self.steps), piece.greedy)
            return
        forks = []
        for _ in range(piece.high - piece.low):
            forks.append(self._hole())
            self.add(piece.part)
        for fork in forks:
            self._fork(fork, len(self.steps), piece.greedy)

    def _fork(self, at: int, after: int, greedy: bool) -> None:
        first, second = (at + 1, after) if greedy else (after, at + 1)
        self.steps[at] = Step("split", first=first, second=second)

    def _hole(self) -> int:
        self.steps.append(Step("split"))
        return len(self.steps) - 1


class _Walk:
    """One search over one text."""

    def __init__(self, pattern: Pattern, meter: Meter, text: str) -> None:
        self.pattern, self.meter, self.text = pattern, meter, text
        self.nothing: Spans = (-1,) * (2 * pattern.groups + 2)
        self.spent = 0

    def run(self, start: int) -> Spans | None:
        ways: list[tuple[int, Spans]] = []
        found: Spans | None = None
        for at in range(start, len(self.text) + 1):
            seen: set[int] = set()
            current: list[tuple[int, Spans]] = []
            for step, spans in ways:
                self._follow(step, spans, at=at, seen=seen, ways=current)
            if found is None:
                self._follow(0, self.nothing, at=at, seen=seen, ways=current)
            ways, matched = self._take(current, self.text[at : at + 1])
            found = matched or found
            if not ways and found is not None:
                break
        return found

    def _follow(self, step: int, spans: Spans, *, at: int, seen: set[int], ways: list[tuple[int, Spans]]) -> None:
        """Go on from ``step`` as far as no character is needed; the steps that need one go to ``ways`` in order."""
        stack = [(step, spans)]
        while stack:
            step, spans = stack.pop()
            if step in seen:
                continue
            seen.add(step)
            self._pay()
            found = self.pattern.steps[step]
            if found.kind == "split":
                stack += [(found.second, spans), (found.first, spans)]
            elif found.kind == "save":
                stack.append((step + 1, (*spans[: found.first], at, *spans[found.first + 1 :])))
            elif found.kind == "edge":
                if self._at_edge(found.edge, at):
                    stack.append((step + 1, spans))
            else:
                ways.append((step, spans))

    def _take(self, ways: list[tuple[int, Spans]], char: str) -> tuple[list[tuple[int, Spans]], Spans | None]:
        """The ways that are left after ``char``; a way that is done ends all that come after it."""
        left: list[tuple[int, Spans]] = []
        for step, spans in ways:
            found = self.pattern.steps[step]
            self._pay(found.cost)
            if found.kind == "done":
                return left, spans
            if char and found.test and found.test(char):
                left.append((step + 1, spans))
        return left, None

    def _at_edge(self, edge: Any, at: int) -> bool:
        if edge.sign == "^":
            return at == 0 or (edge.lines and self.text[at - 1] == "\n")
        return at == len(self.text) or (edge.lines and self.text[at] == "\n")

    def _pay(self, steps: int = 1) -> None:
        self.spent += steps
        if self.spent >= STEPS:
            self.meter.charge(self.spent // STEPS)
            self.spent %= STEPS
