"""Which characters a part of a regular expression takes: small functions from a character to yes or no."""

import unicodedata
from collections.abc import Callable

Test = Callable[[str], bool]

CATEGORIES = frozenset(
    {
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
        "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
    }
)  # fmt: skip


def same(wanted: str) -> Test:
    return lambda char: char == wanted


def between(low: str, high: str) -> Test:
    return lambda char: low <= char <= high


def either(tests: list[Test]) -> Test:
    found = tuple(tests)
    return found[0] if len(found) == 1 else lambda char: any(test(char) for test in found)


def negated(test: Test) -> Test:
    return lambda char: not test(char)


def minus(test: Test, without: Test) -> Test:
    return lambda char: test(char) and not without(char)


def any_case(test: Test) -> Test:
    return lambda char: test(char) or test(char.lower()) or test(char.upper())


def category(name: str) -> Test:
    """``L``: all letters; ``Lu``: capitals."""
    return lambda char: unicodedata.category(char).startswith(name)


def anything(_char: str) -> bool:
    return True


def no_line_end(char: str) -> bool:
    return char not in "\n\r"


def without_blanks(pattern: str) -> str:
    """The pattern without blanks, except those in classes."""
    kept: list[str] = []
    inside = 0
    escaped = False
    for char in pattern:
        if not escaped:
            inside += (char == "[") - (char == "]" and inside > 0)
        if inside or escaped or char not in " \t\n\r":
            kept.append(char)
        escaped = char == "\\" and not escaped
    return "".join(kept)


def _word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _name_start(char: str) -> bool:
    return char in "_:" or unicodedata.category(char)[0] == "L"


def _name_part(char: str) -> bool:
    return char in "_:.-·" or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def _blank(char: str) -> bool:
    return char in " \t\n\r"


_SMALL: dict[str, Test] = {"d": category("Nd"), "w": _word, "s": _blank, "i": _name_start, "c": _name_part}
LETTERS: dict[str, Test] = {**_SMALL, **{name.upper(): negated(test) for name, test in _SMALL.items()}}
