"""``validate.pattern`` in linear time: all ways through the pattern are walked at once, so no text can make it slow.

Understood is the plain part of JavaScript's patterns: characters, ``.``, classes, ``\\d \\w \\s``, groups, ``|``, ``? * + {2,14}``, and
``^`` and ``$`` at the ends. Without them a match anywhere counts, as in the browser. The rest (look-around, back references) is
refused when the form is deployed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.engine.forms.pattern_parts import Alternatives, Characters, Part, Repeat, Row, Unsupported, parse

LONGEST_PATTERN = 200
LARGEST_PROGRAM = 600
LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """``steps``: a set of characters to take, or places to go on from; behind the last one the text has matched."""

    steps: tuple[Any, ...]
    from_start: bool
    to_end: bool

    def matches(self, text: str) -> bool:
        """Whether ``text``, or some part of it when the pattern is not anchored, is in the pattern's language."""
        here = self._closure([0])
        for character in text:
            if len(self.steps) in here and not self.to_end:
                return True
            after = [n + 1 for n in here if n < len(self.steps) and self._takes(n, character)]
            here = self._closure(after if self.from_start else [*after, 0])
        return len(self.steps) in here

    def _takes(self, n: int, character: str) -> bool:
        step = self.steps[n]
        return isinstance(step, Characters) and step.has(character)

    def _closure(self, places: list[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(places)
        while waiting:
            n = waiting.pop()
            if n not in found:
                found.add(n)
                if n < len(self.steps) and isinstance(self.steps[n], tuple):
                    waiting.extend(self.steps[n])
        return found


@lru_cache(maxsize=1_000)
def compiled(source: str) -> Pattern:
    """The pattern of ``source``; Unsupported (its text a key of the catalogue) when the house does not run it."""
    if len(source) > LONGEST_PATTERN:
        raise Unsupported("forms.pattern.size")
    from_start = source.startswith("^")
    to_end = source.endswith("$") and not _escaped(source)
    part = parse(source[from_start : len(source) - to_end])
    if isinstance(part, Alternatives) and (from_start or to_end):
        raise Unsupported("forms.pattern.anchor")
    return Pattern(tuple(_program(part, 0)), from_start, to_end)


def matches(source: str, text: str) -> bool:
    """Whether ``text`` fits; a text beyond 2,000 characters fits no pattern, nor does any text a pattern we cannot run."""
    try:
        return len(text) <= LONGEST_TEXT and compiled(source).matches(text)
    except Unsupported:
        return False


def _escaped(source: str) -> bool:
    """Whether the last character has an odd number of backslashes before it."""
    before = source[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _program(part: Part, at: int) -> list[Any]:
    """The steps of ``part`` when they begin at place ``at``."""
    steps = list(_steps(part, at))
    if at + len(steps) > LARGEST_PROGRAM:
        raise Unsupported("forms.pattern.size")
    return steps


def _steps(part: Part, at: int) -> Iterator[Any]:
    if isinstance(part, Characters):
        yield part
    elif isinstance(part, Row):
        for inner in part.parts:
            steps = _program(inner, at)
            yield from steps
            at += len(steps)
    elif isinstance(part, Alternatives):
        yield from _alternatives(part, at)
    else:
        yield from _repeat(part, at)


def _alternatives(part: Alternatives, at: int) -> list[Any]:
    bodies: list[list[Any]] = []
    place = at + 1  # behind the fork
    starts = []
    for inner in part.parts:
        starts.append(place)
        bodies.append(_program(inner, place))
        place += len(bodies[-1]) + 1  # and the way out
    steps: list[Any] = [tuple(starts)]
    for body in bodies:
        steps += [*body, (place,)]
    return steps


def _repeat(part: Repeat, at: int) -> list[Any]:
    """The least number one after another, then optional ones, or a loop when there is no most."""
    steps: list[Any] = []
    for _ in range(part.least):
        steps += _program(part.part, at + len(steps))
    if part.most is None:
        fork = at + len(steps)
        body = _program(part.part, fork + 1)
        return [*steps, (fork + 1, fork + 2 + len(body)), *body, (fork,)]
    size = len(_program(part.part, at)) + 1
    end = at + len(steps) + size * (part.most - part.least)
    for _ in range(part.most - part.least):
        fork = at + len(steps)
        steps += [(fork + 1, end), *_program(part.part, fork + 1)]
    return steps
