"""The unit of checking: one cell or paragraph with its text as people read it."""

import re
import unicodedata
from dataclasses import dataclass

_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff（）()])\s+(?=[\u3400-\u9fff（）()])")
_BRACKETS = str.maketrans("【】［］[]", "()()()")


@dataclass(frozen=True, slots=True)
class Box:
    """``place`` says where: ``table 1, row 3, column 2`` or ``paragraph 4``; ``text`` is as found in the file."""

    place: str
    text: str

    @property
    def plain(self) -> str:
        """NFKC, one kind of brackets, no blanks between Chinese characters (盖　　章, 民 政 所)."""
        text = unicodedata.normalize("NFKC", self.text).translate(_BRACKETS)
        return _BETWEEN.sub("", re.sub(r"\s+", " ", text)).strip()


@dataclass(frozen=True, slots=True)
class Finding:
    """``text`` is what in the box made the rule speak; ``level``: severe, to_fix, warning, look_up, hint, exempt."""

    rule: str
    level: str
    place: str
    text: str
    station: str = ""
