"""The unit of checking: one cell, paragraph or text box with its text as people read it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

Place = tuple[tuple[str, int], ...]

_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff（）()])\s+(?=[\u3400-\u9fff（）()])")
_BRACKETS = str.maketrans("【】［］[]", "()()()")


@dataclass(frozen=True)
class Box:
    """``place`` says where, from outside in: ``(("table", 1), ("row", 3), ("column", 2))``; ``text`` is as found in the file."""

    place: Place
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """NFKC, one kind of brackets, no blanks between Chinese characters (盖　　章, 民 政 所)."""
        lines = unicodedata.normalize("NFKC", self.text).translate(_BRACKETS).splitlines()
        return tuple(_BETWEEN.sub("", " ".join(line.split())) for line in lines)

    @cached_property
    def plain(self) -> str:
        """All lines as one, so that words written downwards, one character a line, are found."""
        return _BETWEEN.sub("", " ".join(" ".join(self.lines).split()))


@dataclass(frozen=True, slots=True)
class Finding:
    """``text`` is what in the box made the rule speak; ``level``: severe, to_fix, warning, look_up, hint."""

    rule: str
    level: str
    place: Place
    text: str
    station: str = ""
