"""Regular expressions: text -> tree. The patterns of XPath that need no going back; back references are refused.

Literals, ``.``, ``[a-z]``, ``[^a-z]``, ``[a-z-[aeiou]]``, ``\\d \\w \\s \\i \\c`` and their capitals, ``\\p{L}``, ``^ $``,
groups, ``|``, ``* + ? {n,m}`` and their lazy forms. Flags: s (dot takes line ends), m (lines), i (any case), x (blanks do not
count), q (the pattern is a plain text).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from service.domain.texts import say
from service.engine.feel import pattern_classes
from service.engine.feel.errors import Failed, OverLimit

LONGEST = 1000  # characters of a pattern
REPEAT = 1000
NESTING = 30
GROUPS = 20
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_SIGNS = frozenset("\\|.-^?*+{}()[]$")
_CLOSED = frozenset("*+?{}])")


@dataclass(frozen=True, slots=True)
class One:
    """One character that passes ``test``, which looks at it ``cost`` times."""

    test: Callable[[str], bool]
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """No character: ``^`` or ``$``, of the text or of a line."""

    sign: str
    lines: bool


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    parts: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``high`` None: without end."""

    part: "Piece"
    low: int
    high: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group:
    number: int
    part: "Piece"


Piece = One | Edge | Row | Choice | Repeat | Group


def read(pattern: str, flags: str) -> tuple[Piece, int]:
    """The tree of a pattern and how many groups it has; raises Failed, or OverLimit when it is too large."""
    if not set(flags) <= set("smixq"):
        raise Failed("feel.text.pattern", pattern=pattern[:40], why=say("feel.text.pattern.flags"))
    if len(pattern) > LONGEST:
        raise OverLimit("feel.limit.pattern")
    reader = _Reader(pattern, flags)
    return reader.whole(), reader.groups


class _Reader:
    def __init__(self, pattern: str, flags: str) -> None:
        self.flags = flags
        self.shown = pattern[:40]
        self.pattern = pattern_classes.without_blanks(pattern) if "x" in flags and "q" not in flags else pattern
        self.at = 0
        self.groups = 0
        self.level = 0

    def whole(self) -> Piece:
        if "q" in self.flags:
            return Row(tuple(One(self._literal(char)) for char in self.pattern))
        found = self._choice()
        if self.at < len(self.pattern):
            self._fail_here()
        return found

    @property
    def char(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _choice(self) -> Piece:
        self.level += 1
        if self.level > NESTING:
            raise OverLimit("feel.limit.pattern")
        parts = [self._row()]
        while self.char == "|":
            self.at += 1
            parts.append(self._row())
        self.level -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _row(self) -> Piece:
        parts: list[Piece] = []
        while self.char not in ("", "|", ")"):
            parts.append(self._repeated(self._piece()))
        return Row(tuple(parts))

    def _piece(self) -> Piece:
        char = self.char
        if char in _CLOSED:
            self._fail_here()
        self.at += 1
        if char == "(":
            return self._group()
        if char in "^$":
            return Edge(char, "m" in self.flags)
        if char == ".":
            return One(pattern_classes.anything if "s" in self.flags else pattern_classes.no_line_end)
        if char == "[":
            begin = self.at
            test = self._class()
            return One(test, 1 + (self.at - begin) // 2)
        return One(self._escape() if char == "\\" else self._literal(char))

    def _group(self) -> Piece:
        number = 0
        if self.pattern.startswith("?:", self.at):
            self.at += 2
        else:
            self.groups += 1
            number = self.groups
            if number > GROUPS:
                raise OverLimit("feel.limit.pattern")
        inner = self._choice()
        if self.char != ")":
            self._fail("end")
        self.at += 1
        return Group(number, inner) if number else inner

    def _repeated(self, piece: Piece) -> Piece:
        bounds = self._bounds()
        if bounds is None:
            return piece
        greedy = self.char != "?"
        self.at += not greedy
        return Repeat(piece, *bounds, greedy)

    def _bounds(self) -> tuple[int, int | None] | None:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self.char in simple:
            self.at += 1
            return simple[self.pattern[self.at - 1]]
        if self.char != "{":
            return None
        end = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : max(end, 0)].partition(",")
        self.at = end + 1
        least = self._count(low)
        most = least if not comma else self._count(high) if high else None
        if most is not None and most < least:
            self._fail("repeat", limit=REPEAT)
        return least, most

    def _count(self, digits: str) -> int:
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4 and int(digits) <= REPEAT):
            self._fail("repeat", limit=REPEAT)
        return int(digits)

    def _literal(self, char: str) -> Callable[[str], bool]:
        if "i" in self.flags:
            return pattern_classes.any_case(pattern_classes.same(char))
        return pattern_classes.same(char)

    def _escape(self) -> Callable[[str], bool]:
        """After a backslash."""
        char = self.char
        self.at += 1
        if char and char in pattern_classes.LETTERS:
            return pattern_classes.LETTERS[char]
        if char in ("p", "P"):
            return self._category(char == "P")
        if char and char in "123456789":
            self._fail("back")
        if char not in _SIGNS and char not in _ESCAPED:
            self.at -= 1
            self._fail_here()
        return self._literal(_ESCAPED.get(char, char))

    def _category(self, negated: bool) -> Callable[[str], bool]:
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at + 1 : max(end, 0)]
        if self.char != "{" or name not in pattern_classes.CATEGORIES:
            self._fail("class")
        self.at = end + 1
        test = pattern_classes.category(name)
        return pattern_classes.negated(test) if negated else test

    def _class(self) -> Callable[[str], bool]:
        """After ``[``."""
        self.level += 1
        if self.level > NESTING:
            raise OverLimit("feel.limit.pattern")
        negated = self.char == "^"
        self.at += negated
        tests: list[Callable[[str], bool]] = []
        without = None
        while self.char != "]" and without is None:
            if self.char == "-" and self.pattern.startswith("-[", self.at) and tests:
                self.at += 2
                without = self._class()
            else:
                tests.append(self._class_item())
        if self.char != "]" or not tests:
            self._fail("class")
        self.at += 1
        self.level -= 1
        return self._combined(tests, negated, without)

    def _combined(
        self, tests: list[Callable[[str], bool]], negated: bool, without: Callable[[str], bool] | None
    ) -> Callable[[str], bool]:
        test = pattern_classes.either(tests)
        if "i" in self.flags:
            test = pattern_classes.any_case(test)
        if negated:
            test = pattern_classes.negated(test)
        return pattern_classes.minus(test, without) if without else test

    def _class_item(self) -> Callable[[str], bool]:
        """A single character, a range, or an escape that stands for many."""
        if self.char == "\\" and self.pattern[self.at + 1 : self.at + 2] not in (*_SIGNS, *_ESCAPED):
            self.at += 1
            return self._escape()
        low = self._class_char()
        following = self.pattern[self.at + 1 : self.at + 2]
        if self.char != "-" or following in ("", "]", "["):
            return pattern_classes.same(low)
        self.at += 1
        high = self._class_char()
        if high < low:
            self._fail("class")
        return pattern_classes.between(low, high)

    def _class_char(self) -> str:
        char = self.char
        self.at += 1
        if char in ("", "["):
            self._fail("class")
        if char != "\\":
            return char
        char = self.char
        self.at += 1
        if char not in _SIGNS and char not in _ESCAPED:
            self._fail("class")
        return _ESCAPED.get(char, char)

    def _fail_here(self) -> NoReturn:
        if not self.char:
            self._fail("end")
        self._fail("sign", at=self.at + 1, sign=self.char)

    def _fail(self, why: str, **values: object) -> NoReturn:
        raise Failed("feel.text.pattern", pattern=self.shown, why=say(f"feel.text.pattern.{why}", **values))
