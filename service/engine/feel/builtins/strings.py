"""Text functions. Positions count from 1 in characters. Patterns are literal texts until a linear-time engine is in the house."""

from decimal import Decimal
from typing import Any

from service.engine.feel.builtins.form import Registry, form, whole
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run

_META = frozenset(".[]{}()*+?^$|")


def _substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> str:
    first = whole(start)
    if first == 0 or (length is not None and length < 1):
        raise Failed("feel.text.position")
    begin = first - 1 if first > 0 else max(len(text) + first, 0)
    if first < 0 and -first > len(text):
        raise Failed("feel.text.position")
    run.meter.text(len(text))
    return text[begin:] if length is None else text[begin : begin + int(length)]


def _length(_run: Run, text: str) -> Decimal:
    return Decimal(len(text))


def _upper(run: Run, text: str) -> str:
    run.meter.text(len(text) * 3)
    return text.upper()


def _lower(run: Run, text: str) -> str:
    run.meter.text(len(text) * 3)
    return text.lower()


def _before(run: Run, text: str, match: str) -> str:
    run.meter.text(len(text))
    return text.partition(match)[0] if match and match in text else ""


def _after(run: Run, text: str, match: str) -> str:
    run.meter.text(len(text))
    return text.partition(match)[2] if match else text


def _contains(run: Run, text: str, match: str) -> bool:
    run.meter.charge(1 + len(text) // 64)
    return match in text


def _starts(_run: Run, text: str, match: str) -> bool:
    return text.startswith(match)


def _ends(_run: Run, text: str, match: str) -> bool:
    return text.endswith(match)


def _literal(pattern: str) -> str:
    """The text a pattern without special signs stands for; ``\\.`` is a dot. Others are refused."""
    found: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and pattern[at + 1 : at + 2] in (*_META, "\\"):
            at += 1
            char = pattern[at]
        elif char in _META or char == "\\":
            raise Failed("feel.text.pattern", pattern=pattern[:40])
        found.append(char)
        at += 1
    return "".join(found)


def _matches(run: Run, text: str, pattern: str) -> bool:
    run.meter.charge(1 + len(text) // 64)
    return _literal(pattern) in text


def _replace(run: Run, text: str, pattern: str, replacement: str) -> str:
    wanted = _literal(pattern)
    if not wanted or "$" in replacement or "\\" in replacement:
        raise Failed("feel.text.pattern", pattern=pattern[:40])
    run.meter.text(len(text))
    run.meter.text(len(text) + text.count(wanted) * max(len(replacement) - len(wanted), 0))
    return text.replace(wanted, replacement)


def _split(run: Run, text: str, delimiter: str) -> list[str]:
    wanted = _literal(delimiter)
    if not wanted:
        raise Failed("feel.text.pattern", pattern=delimiter)
    run.meter.text(len(text))
    run.meter.items(text.count(wanted) + 1)
    return text.split(wanted)


def _join(
    run: Run, parts: list[Any], delimiter: str | None = None, prefix: str | None = None, suffix: str | None = None
) -> str:
    run.meter.items(len(parts))
    kept = [part for part in parts if part is not None]
    if any(type(part) is not str for part in kept):
        raise Failed("feel.text.parts")
    between = delimiter or ""
    run.meter.text(sum(len(part) for part in kept) + len(between) * max(len(kept) - 1, 0))
    return (prefix or "") + between.join(kept) + (suffix or "")


FORMS: Registry = {
    "substring": (form(_substring, "string:string", "start position:number", "length:number?"),),
    "string length": (form(_length, "string:string"),),
    "upper case": (form(_upper, "string:string"),),
    "lower case": (form(_lower, "string:string"),),
    "substring before": (form(_before, "string:string", "match:string"),),
    "substring after": (form(_after, "string:string", "match:string"),),
    "contains": (form(_contains, "string:string", "match:string"),),
    "starts with": (form(_starts, "string:string", "match:string"),),
    "ends with": (form(_ends, "string:string", "match:string"),),
    "matches": (form(_matches, "input:string", "pattern:string"),),
    "replace": (form(_replace, "input:string", "pattern:string", "replacement:string"),),
    "split": (form(_split, "string:string", "delimiter:string"),),
    "string join": (
        form(_join, "list:list", "delimiter:string?"),
        form(_join, "list:list", "delimiter:string?", "prefix:string?", "suffix:string?"),
    ),
}
