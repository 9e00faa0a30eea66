"""The word lists of ``lexicon.toml``, longest first so that 农机管理站 is found before 农机站."""

import re
import tomllib
from functools import cache
from pathlib import Path

from handlers.forms.box import Box

_CLAUSE = re.compile(r"[。；;，,]")
_MASK = "○"


@cache
def words(name: str) -> tuple[str, ...]:
    """One list, longest words first."""
    lists = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))
    return tuple(sorted(lists[name], key=len, reverse=True))


def first_of(name: str, text: str) -> str:
    """The longest word of the list that stands in ``text``, or empty."""
    return next((word for word in words(name) if word in text), "")


def all_of(name: str, text: str) -> list[str]:
    """Every word of the list that stands in ``text``, in its order; 农机管理站 does not count as 农机站 again."""
    found = {}
    for word in words(name):
        if word in text:
            found[word] = text.index(word)
            text = text.replace(word, _MASK * len(word))
    return sorted(found, key=lambda word: found[word])


def without_alive(text: str) -> str:
    """``text`` with living bodies and look-alikes masked, so that 加油站 is no station."""
    for word in words("alive"):
        text = text.replace(word, _MASK * len(word))
    return text


def affirmed(box: Box) -> str:
    """The box's text without the clauses that say no: 无需农技站盖章 asks nobody for a seal, the clause beside it may."""
    text = box.plain
    for line in box.lines:
        for clause in _CLAUSE.split(line):
            if first_of("negations", clause):
                text = text.replace(clause, _MASK)
    return text
