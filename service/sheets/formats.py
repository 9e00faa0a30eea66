"""What a number in a cell means: its style says whether it is a date, and how many digits a code is shown with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.sheets.markup import Attributes, go_through

# Dates and times among the numbered formats; 27-36 and 50-58 are those of Chinese and Japanese programs.
DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
LAST_DAY = 2_958_465  # 9999-12-31
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ZEROS = re.compile(r"0{2,30}")


@dataclass(frozen=True, slots=True)
class Format:
    """``digits``: shown with leading zeros up to so many."""

    date: bool = False
    digits: int = 0


def read_formats(pieces: Iterable[bytes]) -> list[Format]:
    """Style number of a cell -> its format, from ``styles.xml``."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def begin(tag: str, attributes: Attributes) -> None:
        inside.append(tag)
        if tag == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(_number(attributes.get("numFmtId")))

    def end(_tag: str, _text: str) -> None:
        inside.pop()

    go_through(pieces, begin, end)
    return [_format(id, codes.get(id, "")) for id in styles]


def shown(value: float, style: Format, *, since_1904: bool) -> tuple[str, str]:
    """("d", ISO text) for a date, else ("n", the number as people would type it)."""
    if style.date and 0 < value <= LAST_DAY:
        return "d", _moment(value, since_1904=since_1904)
    if value == int(value) and abs(value) < 10**30:
        return "n", str(int(value)).zfill(style.digits)
    return "n", repr(value)


def _moment(serial: float, *, since_1904: bool) -> str:
    days = serial + 1462 if since_1904 else serial
    if days < 60:
        days += 1  # the program's 1900 has a 29 February
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))  # noqa: DTZ001 - a cell knows no zone
    return moment.date().isoformat() if moment.time().isoformat() == "00:00:00" else moment.isoformat(" ")


def _format(id: int, code: str) -> Format:
    bare = _SILENT.sub("", code.partition(";")[0])
    return Format(
        date=id in DATES if not code else any(c in "ymdhs" for c in bare.lower().replace("general", "")),
        digits=len(bare) if _ZEROS.fullmatch(bare) else 0,
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
