"""How wide words are and where they may break. A Chinese character is as wide as it is high; Latin ones have a small table.

The widths are those of common sans-serif fonts, rather too wide than too narrow: the picture is drawn with whatever font is there.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

_TABLE = {
    "iljI.,:;'|!": 0.28, "()[]{}/\\ frt-\"`": 0.38, "*^": 0.45, "csvxyzJkL": 0.52, "abdeghnopqu0123456789_?$#FTZ": 0.57,
    "+<>=~": 0.6, "ABEKPSVXYCDGHNOQRU&": 0.73, "mMw%": 0.88, "W@": 0.98,
}  # fmt: skip
_WIDTHS = {character: width for characters, width in _TABLE.items() for character in characters}
_NARROW, _WIDE = 0.62, 1.0
_NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’％…·,.;:?!)]}%")  # these never begin a line
_NOT_LAST = frozenset("（《「『【〔“‘([{")  # these never end one
_MORE = "…"


def width_of(text: str, size: float) -> float:
    """In the measure of ``size`` (the height of the letters)."""
    return size * sum(_em(character) for character in text)


def wrap(text: str, width: float, *, size: float, most: int) -> tuple[str, ...]:
    """Lines no wider than ``width`` (one character at least), ``most`` of them; the last ends with … when words are left over.

    A line break in the text is one in the picture.
    """
    lines = [line for part in text.splitlines() for line in _evenly(" ".join(part.split()), width, size)]
    kept = [found.strip() for found in lines if found.strip()]
    return (*kept[: most - 1], _shortened(kept[most - 1], width, size)) if len(kept) > most else tuple(kept)


def _evenly(text: str, width: float, size: float) -> list[str]:
    """As few lines as there must be, none of them with a single character where a better break is to be had."""
    whole = width_of(text, size)
    if whole <= width:
        return [text]
    lines = _broken(text, width, size)
    narrower = whole / len(lines) + size / 2
    evener = _broken(text, narrower, size) if narrower < width else lines
    return evener if len(evener) == len(lines) else lines


def _broken(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if not line or width_of((line + piece).rstrip(), size) <= width:
            line += piece
        else:
            lines.append(line)
            line = piece.lstrip()
        while width_of(line.rstrip(), size) > width and len(line) > 1:
            fits = _fitting(line, width, size)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line]


def _shortened(line: str, width: float, size: float) -> str:
    while line and width_of(line + _MORE, size) > width:
        line = line[:-1]
    return line.rstrip() + _MORE


def _fitting(text: str, width: float, size: float) -> int:
    """How many characters go into the width, one at least."""
    used = 0.0
    for count, character in enumerate(text):
        used += size * _em(character)
        if used > width:
            return max(1, count)
    return len(text)


def _pieces(text: str) -> Iterator[str]:
    """What stays together: a Latin word with the blank behind it, a Chinese character with its punctuation."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before in " -_/" or _em(before) == _WIDE or _em(after) == _WIDE


@cache
def _em(character: str) -> float:
    found = _WIDTHS.get(character)
    if found is not None:
        return found
    if unicodedata.east_asian_width(character) in "WFA":
        return _WIDE
    return 0.0 if unicodedata.combining(character) else _NARROW
