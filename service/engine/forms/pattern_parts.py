"""Reading the plain part of JavaScript's patterns: text -> characters, rows of parts, alternatives, repetitions."""

from dataclasses import dataclass

MOST_REPEATS = 500
DEEPEST = 20
ANY = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))  # what a dot does not take
NAMED = {
    "d": (("0", "9"),),
    "w": (("0", "9"), ("A", "Z"), ("a", "z"), ("_", "_")),
    "s": (("\t", "\r"), (" ", " "), ("\u00a0", "\u00a0"), ("\u1680", "\u1680"), ("\u2000", "\u200a"), ("\u2028", "\u2029"),
          ("\u202f", "\u202f"), ("\u205f", "\u205f"), ("\u3000", "\u3000"), ("\ufeff", "\ufeff")),
}  # fmt: skip
CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
Ranges = tuple[tuple[str, str], ...]


class Unsupported(ValueError):
    """The pattern cannot be run; ``text`` is a key of the catalogue."""

    def __init__(self, text: str, **values: str) -> None:
        self.text, self.values = text, values
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Characters:
    """One character in one of ``ranges``, or ``negated`` in none; ``but``: ranges of negated names inside a class."""

    ranges: Ranges
    negated: bool = False
    but: tuple[Ranges, ...] = ()

    def has(self, c: str) -> bool:
        inside = any(a <= c <= b for a, b in self.ranges) or any(not any(a <= c <= b for a, b in r) for r in self.but)
        return inside is not self.negated


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    part: "Part"
    least: int
    most: int | None


Part = Characters | Row | Alternatives | Repeat


def parse(source: str) -> Part:
    """``source`` without its anchors; Unsupported names what is not understood."""
    reader = _Reader(source)
    part = reader.alternatives(0)
    if reader.at < len(source):
        raise Unsupported("forms.pattern.bracket")
    return part


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def next(self) -> str:
        c = self.peek()
        self.at += 1
        return c

    def alternatives(self, depth: int) -> Part:
        if depth > DEEPEST:
            raise Unsupported("forms.pattern.size")
        rows = [self.row(depth)]
        while self.peek() == "|":
            self.next()
            rows.append(self.row(depth))
        return rows[0] if len(rows) == 1 else Alternatives(tuple(rows))

    def row(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom(depth)))
        return Row(tuple(parts))

    def repeated(self, part: Part) -> Part:
        counts = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if self.peek() in counts and self.peek():
            least, most = counts[self.next()]
        elif self.peek() == "{":
            least, most = self.counted()
        else:
            return part
        if self.peek() and self.peek() in "?*+{":
            raise Unsupported("forms.pattern.repeat")
        return Repeat(part, least, most)

    def counted(self) -> tuple[int, int | None]:
        inside, closed, _ = self.source[self.at + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        numbers = [n for n in (least, most) if n]
        if not closed or not least or any(not (n.isascii() and n.isdigit() and len(n) < 5) for n in numbers):
            raise Unsupported("forms.pattern.repeat")
        self.at += len(inside) + 2
        found = int(least), int(most) if most else (None if comma else int(least))
        if max(int(n) for n in numbers) > MOST_REPEATS or (found[1] is not None and found[1] < found[0]):
            raise Unsupported("forms.pattern.repeat")
        return found

    def atom(self, depth: int) -> Part:
        c = self.next()
        if c == "(":
            return self.group(depth)
        if c == "[":
            return self.characters()
        if c == ".":
            return Characters(ANY, negated=True)
        if c == "\\":
            return self.escape()
        if c in "?*+{}":
            raise Unsupported("forms.pattern.repeat")
        if c in "^$":
            raise Unsupported("forms.pattern.anchor")
        return Characters(((c, c),))

    def group(self, depth: int) -> Part:
        if self.peek() == "?":
            self.next()
            if self.next() != ":":
                raise Unsupported("forms.pattern.group")
        part = self.alternatives(depth + 1)
        if self.next() != ")":
            raise Unsupported("forms.pattern.bracket")
        return part

    def escape(self) -> Characters:
        c = self.next()
        if c.lower() in NAMED and c:
            return Characters(NAMED[c.lower()], negated=c.isupper())
        one = self.one_escaped(c)
        return Characters(((one, one),))

    def one_escaped(self, c: str) -> str:
        if c in CONTROL and c:
            return CONTROL[c]
        if c in ("u", "x"):
            digits = self.source[self.at : self.at + (4 if c == "u" else 2)]
            self.at += len(digits)
            if len(digits) == (4 if c == "u" else 2) and all(d in "0123456789abcdefABCDEF" for d in digits):
                return chr(int(digits, 16))
        elif c and not c.isalnum():
            return c
        raise Unsupported("forms.pattern.escape", char=c)

    def characters(self) -> Characters:
        negated = self.peek() == "^"
        self.at += negated
        ranges: list[tuple[str, str]] = []
        but: list[Ranges] = []
        while self.peek() != "]":
            first = self.member(ranges, but)
            if first and self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
                self.next()
                last = self.member([], [])
                if last < first:
                    raise Unsupported("forms.pattern.class")
                ranges.append((first, last))
            elif first:
                ranges.append((first, first))
        self.next()
        return Characters(tuple(ranges), negated, tuple(but))

    def member(self, ranges: list[tuple[str, str]], but: list[Ranges]) -> str:
        """The next single character of a class; empty when it was a name such as \\d, which is put into the lists."""
        c = self.next()
        if not c:
            raise Unsupported("forms.pattern.class")
        if c != "\\":
            return c
        c = self.next()
        if c.lower() in NAMED and c:
            if c.isupper():
                but.append(NAMED[c.lower()])
            else:
                ranges.extend(NAMED[c])
            return ""
        return self.one_escaped(c)
