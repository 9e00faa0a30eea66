"""Text functions. Positions count from 1 in characters. Patterns are walked in linear time (``pattern``)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from service.domain.texts import say
from service.engine.feel.builtins.form import Registry, form, whole
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.pattern import Spans, compile_pattern


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


def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    return compile_pattern(run.meter, pattern, flags or "").search(run.meter, text) is not None


def _found(run: Run, text: str, pattern: str, flags: str = "") -> Iterator[Spans]:
    """Every match, from left to right; a pattern that takes the empty text is refused, as XPath does."""
    compiled = compile_pattern(run.meter, pattern, flags)
    if compiled.search(run.meter, "") is not None:
        raise Failed("feel.text.pattern", pattern=pattern[:40], why=say("feel.text.pattern.blank"))
    at = 0
    while (spans := compiled.search(run.meter, text, at)) is not None:
        yield spans
        at = max(spans[1], at + 1)


def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    flags = flags or ""
    parts = [replacement] if "q" in flags else _replacement(replacement)
    found: list[str] = []
    length = at = 0
    for spans in _found(run, text, pattern, flags):
        added = text[at : spans[0]] + "".join(_filled(part, text, spans) for part in parts)
        length += len(added)
        run.meter.text(length)
        found.append(added)
        at = spans[1]
    run.meter.text(length + len(text) - at)
    return "".join(found) + text[at:]


def _replacement(text: str) -> list[str | int]:
    """Literal texts and numbers of groups: ``$1``; ``\\$`` and ``\\\\`` are the signs themselves."""
    found: list[str | int] = []
    at = 0
    while at < len(text):
        char, following = text[at], text[at + 1 : at + 2]
        if char == "$" and following and following in "0123456789":
            found.append(int(following))
            at += 2
        elif char in "$\\" and not (char == "\\" and following in ("$", "\\")):
            raise Failed("feel.text.pattern", pattern=text[:40], why=say("feel.text.pattern.group"))
        else:
            found.append(following if char == "\\" else char)
            at += 1 + (char == "\\")
    return found


def _filled(part: str | int, text: str, spans: Spans) -> str:
    if isinstance(part, str):
        return part
    if part * 2 >= len(spans) or spans[part * 2 + 1] < 0:
        return ""
    return text[spans[part * 2] : spans[part * 2 + 1]]


def _split(run: Run, text: str, delimiter: str) -> list[str]:
    found: list[str] = []
    at = 0
    for spans in _found(run, text, delimiter):
        found.append(text[at : spans[0]])
        at = spans[1]
    run.meter.text(len(text))
    run.meter.items(len(found) + 1)
    return [*found, text[at:]]


def _join(
    run: Run, parts: list[Any], delimiter: str | None = None, prefix: str | None = None, suffix: str | None = None
) -> str:
    run.meter.items(len(parts))
    kept = [part for part in parts if part is not None]
    if any(type(part) is not str for part in kept):
        raise Failed("feel.text.parts")
    between = delimiter or ""
    ends = (prefix or "", suffix or "")
    run.meter.text(sum(len(part) for part in (*kept, *ends)) + len(between) * max(len(kept) - 1, 0))
    return ends[0] + between.join(kept) + ends[1]


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
    "matches": (form(_matches, "input:string", "pattern:string", "flags:string?"),),
    "replace": (form(_replace, "input:string", "pattern:string", "replacement:string", "flags:string?"),),
    "split": (form(_split, "string:string", "delimiter:string"),),
    "string join": (
        form(_join, "list:list", "delimiter:string?"),
        form(_join, "list:list", "delimiter:string|null", "prefix:string|null", "suffix:string|null"),
    ),
}
