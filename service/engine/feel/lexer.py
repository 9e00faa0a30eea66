"""Text -> tokens. Names are single words here; the parser joins words into names that hold blanks or operators."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any

from service.domain.texts import say
from service.engine.feel import limits
from service.engine.feel.errors import FeelError, FeelLimit

KEYWORDS = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "instance", "of",
        "function", "external", "true", "false", "null",
    }
)  # fmt: skip
_LONG = ("...", "**", "..", "<=", ">=", "!=", "->")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_NAME_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "So", "Sk"})


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: number, string, at, name, keyword, op, end. ``start`` and ``end`` are offsets into the source."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None


def tokens(source: str) -> list[Token]:
    """All tokens of ``source``, the last one of kind ``end``; raises FeelError."""
    if len(source) > limits.SOURCE:
        raise FeelLimit(say("feel.limit.source", limit=limits.SOURCE), 1, source[:80])
    found: list[Token] = []
    at = _blank(source, 0)
    while at < len(source):
        token = _next(source, at)
        found.append(token)
        at = _blank(source, token.end)
    found.append(Token("end", "", len(source), len(source)))
    return found


def name_char(char: str) -> bool:
    """Whether ``char`` may stand inside a name: letters of any script, digits, ``_``, signs such as emoji."""
    if char.isascii():
        return char.isalnum() or char == "_"
    return char == "·" or unicodedata.category(char) in _NAME_CATEGORIES


def _blank(source: str, at: int) -> int:
    """The offset of the next character that is neither blank nor comment."""
    while at < len(source):
        if source[at].isspace() or source[at] == "\ufeff":
            at += 1
        elif source.startswith("//", at):
            end = source.find("\n", at)
            at = len(source) if end < 0 else end + 1
        elif source.startswith("/*", at):
            end = source.find("*/", at + 2)
            if end < 0:
                raise FeelError(say("feel.syntax.comment"), at + 1, source)
            at = end + 2
        else:
            break
    return at


def _next(source: str, at: int) -> Token:
    char = source[at]
    following = source[at + 1 : at + 2]
    if char == '"':
        return _string(source, at, at)
    if char == "@" and following == '"':
        return _string(source, at, at + 1)
    if _digit(char) or (char == "." and _digit(following)):
        return _number(source, at)
    if name_char(char):
        return _word(source, at)
    for op in _LONG:
        if source.startswith(op, at):
            return Token("op", op, at, at + len(op))
    return Token("op", char, at, at + 1)


def _digit(char: str) -> bool:
    return char != "" and char in "0123456789"


def _word(source: str, at: int) -> Token:
    end = at + 1
    while end < len(source) and name_char(source[end]):
        end += 1
    text = source[at:end]
    return Token("keyword" if text in KEYWORDS else "name", text, at, end)


def _digits(source: str, at: int) -> int:
    while at < len(source) and _digit(source[at]):
        at += 1
    return at


def _number(source: str, at: int) -> Token:
    end = _digits(source, at)
    if source[end : end + 1] == "." and _digit(source[end + 1 : end + 2]):
        end = _digits(source, end + 1)
    if source[end : end + 1] in ("e", "E"):
        sign = end + 2 if source[end + 1 : end + 2] in ("+", "-") else end + 1
        if _digit(source[sign : sign + 1]):
            end = _digits(source, sign)
    text = source[at:end]
    if end - at > 100:
        raise FeelLimit(say("feel.limit.number"), at + 1, source)
    try:
        value = limits.NUMBERS.create_decimal(Decimal(text))
    except DecimalException:
        raise FeelLimit(say("feel.limit.number"), at + 1, source) from None
    return Token("number", text, at, end, value)


def _string(source: str, start: int, quote: int) -> Token:
    parts: list[str] = []
    at = quote + 1
    while True:
        char = source[at : at + 1]
        if char == "" or char == "\0":
            raise FeelError(say("feel.syntax.string"), start + 1, source)
        if char == '"':
            break
        if char == "\\":
            char, at = _escape(source, at)
        else:
            at += 1
        parts.append(char)
    text = _pairs("".join(parts))
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        raise FeelError(say("feel.syntax.escape"), start + 1, source)
    return Token("at" if quote > start else "string", source[start : at + 1], start, at + 1, text)


def _escape(source: str, at: int) -> tuple[str, int]:
    char = source[at + 1 : at + 2]
    if char in ("u", "U"):
        width = 4 if char == "u" else 6
        digits = source[at + 2 : at + 2 + width]
        if len(digits) == width and all(d in "0123456789abcdefABCDEF" for d in digits) and int(digits, 16) < 0x110000:
            return chr(int(digits, 16)), at + 2 + width
        raise FeelError(say("feel.syntax.escape"), at + 1, source)
    if char in _ESCAPES and char:
        return _ESCAPES[char], at + 2
    # A backslash before anything else stands for itself, as in patterns.
    return "\\", at + 1


def _pairs(text: str) -> str:
    """Join ``\\uD83D\\uDC0E`` pairs into one character; lone halves stay and are refused by the caller."""
    if not any("\ud800" <= char <= "\udbff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\ufffd", "\ud800")
