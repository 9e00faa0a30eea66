"""From a cell to a value and back to text. What a spreadsheet made of a code (a number, a date) is made good or told, never guessed."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from service.domain.sheets.cells import Cell, CellKind
from service.domain.sheets.columns import Column, Type, Value, Wrong
from service.domain.sheets.world import DICTIONARY, World
from service.domain.texts import say

SURE_DIGITS = 15  # a spreadsheet keeps so many digits of a number and makes the rest noughts
MOST_ENTRIES = 500
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SEPARATOR = re.compile(r"[;；\n]")
_BAR = re.compile(r"[|｜]")
BAR = "｜"
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
YES, NO = frozenset({"是", "1", "true", "yes", "y", "有", "√"}), frozenset({"否", "0", "false", "no", "n", "无", "×"})


def read(column: Column, cell: Cell, world: World) -> Value:
    """The value of a cell that is not blank; Wrong says what was wanted instead."""
    if cell.kind is CellKind.FORMULA:
        raise Wrong("no_formula")
    if cell.kind is CellKind.ERROR:
        raise Wrong("no_error")
    if cell.kind is CellKind.DATE and column.type is not Type.DATE:
        raise Wrong("no_date")
    if cell.kind is CellKind.NUMBER and len(cell.text.lstrip("-").partition(".")[0]) > SURE_DIGITS:
        raise Wrong("digits_lost", digits=SURE_DIGITS)
    return _READERS[column.type](column, plain(cell.text), world)


def plain(text: str) -> str:
    """Without blanks round it and the apostrophe of an export."""
    return unescaped(text.strip()).strip()


ESCAPED = "=+-@'＝＋－＠\t\r"
"""A text that begins with one of these goes out with an apostrophe before it, so that no program takes it for a formula."""


def escaped(text: str) -> str:
    return f"'{text}" if text[:1] and text[0] in ESCAPED else text


def unescaped(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in ESCAPED else text


def folded(text: str) -> str:
    """Full-width letters and digits made plain, invisible characters and blanks taken out: for codes, choices and headings."""
    return _SPACE.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def text_of(column: Column, value: Value, world: World) -> str:
    """As people read it: the text of an export and of a preview. Blank values give ""."""
    if value is None or value == "" or value == []:
        return ""
    if column.type is Type.ROWS:
        return "\n".join(_row_text(column, entry, world) for entry in value)
    if column.many:
        return "；".join(_text_of_one(column, str(entry), world) for entry in value)
    if isinstance(value, bool):
        return say("word.yes" if value else "word.no")
    return _text_of_one(column, str(value), world)


def _row_text(column: Column, values: Sequence[Value], world: World) -> str:
    texts = [text_of(field, value, world) for field, value in zip(column.fields, values, strict=True)]
    while texts and not texts[-1]:
        texts.pop()
    return BAR.join(texts)


def _text_of_one(column: Column, value: str, world: World) -> str:
    if column.type in (Type.CHOICE, Type.CHOICES):
        return column.word(value) if value in column.choices else value
    return world.call(column.to, value) if column.to else value


def _text(column: Column, text: str, _world: World) -> str:
    """Blanks of every width become plain ones; what nobody can see is refused, and a second line where there can be one only."""
    found = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _BLANK.sub(" ", found).strip()
    if any(not c.isprintable() and c not in "\n\t" for c in found):
        raise Wrong("no_control")
    if not column.lines and ("\n" in found or "\t" in found):
        raise Wrong("one_line")
    return _checked(column, found)


def _code(column: Column, text: str, _world: World) -> str:
    return _checked(column, folded(text))


def _checked(column: Column, text: str) -> str:
    text = column.normal(text) if column.normal else text
    if len(text) > column.longest:
        raise Wrong("shorter", longest=column.longest)
    wrong = column.check(text) if column.check and text else ""
    if wrong:
        raise Wrong(wrong)
    return text


def _date(_column: Column, text: str, _world: World) -> str:
    found = _DAY.fullmatch(folded(text))
    if not found:
        raise Wrong("date")
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError as error:
        raise Wrong("date") from error


def _number(_column: Column, text: str, _world: World) -> int:
    bare = folded(text)
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 9):
        raise Wrong("number")
    return int(bare)


def _yes_no(_column: Column, text: str, _world: World) -> bool:
    bare = folded(text).lower()
    if bare not in YES | NO:
        raise Wrong("yes_no")
    return bare in YES


def _choice(column: Column, text: str, _world: World) -> str:
    """By the word people read or by the value kept."""
    bare = folded(text)
    for value in column.choices:
        if bare == folded(column.word(value)) or bare == value:
            return value
    raise Wrong("choice", choices=say("list.comma").join(column.word(value) for value in column.choices))


def _reference(column: Column, text: str, world: World) -> str:
    for said in (text, folded(text)):
        found = world.find(column.to, said)
        if found and (world.after(column.to, found) or {}).get("active", True):
            return found
    dictionary = column.to.startswith(DICTIONARY)
    if dictionary:
        raise Wrong("choice", choices=say("list.comma").join(world.words(column.to)))
    kind, count = say(f"sheet_kind.{column.to}"), len(world.named(column.to, text))
    raise Wrong("one_name", kind=kind, count=count) if count else Wrong("reference", kind=kind)


def _rows(column: Column, text: str, world: World) -> list[list[Value]]:
    """Each line a row, its fields in their order; those at the end may be left out."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_ENTRIES:
        raise Wrong("fewer", most=MOST_ENTRIES)
    return [_row(column, _BAR.split(line), world) for line in lines]


def _row(column: Column, texts: Sequence[str], world: World) -> list[Value]:
    if len(texts) > len(column.fields):
        raise Wrong("fields", count=len(column.fields))
    values: list[Value] = []
    for number, field in enumerate(column.fields):
        text = plain(texts[number]) if number < len(texts) else ""
        if not text and field.required:
            raise Wrong("field", number=number + 1)
        values.append(_READERS[field.type](field, text, world) if text else field.blank)
    return values


def _each(read_one: Callable[[Column, str, World], str]) -> Callable[[Column, str, World], list[str]]:
    """Of a list: entries one below the other or with semicolons between; the same entry twice counts once."""

    def read_all(column: Column, text: str, world: World) -> list[str]:
        entries = [entry.strip() for entry in _SEPARATOR.split(text) if entry.strip()]
        if len(entries) > MOST_ENTRIES:
            raise Wrong("fewer", most=MOST_ENTRIES)
        return list(dict.fromkeys(read_one(column, entry, world) for entry in entries))

    return read_all


_READERS: Mapping[Type, Callable[[Column, str, World], Value]] = {
    Type.TEXT: _text,
    Type.CODE: _code,
    Type.DATE: _date,
    Type.NUMBER: _number,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
    Type.CHOICES: _each(_choice),
    Type.LIST: _each(_text),
    Type.REFERENCE: _reference,
    Type.REFERENCES: _each(_reference),
    Type.ROWS: _rows,
}
