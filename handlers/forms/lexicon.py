"""The word lists of ``lexicon.toml``, longest first so that 农机管理站 is found before 农机站."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(name: str) -> tuple[str, ...]:
    """One list, longest words first."""
    lists = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))
    return tuple(sorted(lists[name], key=len, reverse=True))


def first_of(name: str, text: str) -> str:
    """The first word of the list that stands in ``text``, or empty."""
    return next((word for word in words(name) if word in text), "")


def without_alive(text: str) -> str:
    """``text`` with living bodies and look-alikes masked, so that 加油站 is no station."""
    for word in words("alive"):
        text = text.replace(word, "○" * len(word))
    return text
