"""What a person must know to fill in a sheet, from the column model: the guide of a template, the page, the documentation."""

from dataclasses import dataclass

from service.domain.sheets.cells import letters
from service.domain.sheets.columns import Column, Fault, SheetKind, Type
from service.domain.sheets.plan import Line
from service.domain.sheets.values import text_of
from service.domain.sheets.world import DICTIONARY, World
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Described:
    """One column in words. ``choices``: what may be chosen, "" where anything may be written."""

    heading: str
    required: bool
    type: str
    help: str
    choices: str


def describe(kind: SheetKind, world: World) -> list[Described]:
    """The columns in their order; ``world`` knows what the dictionaries offer."""
    return [
        Described(
            heading=kind.heading(column),
            required=column.required,
            type=say(f"column_type.{_type(column).value}"),
            help=kind.help(column),
            choices=say("list.comma").join(words_of(column, world)),
        )
        for column in kind.columns
    ]


def _type(column: Column) -> Type:
    """A code of a dictionary is chosen, as people see it."""
    if column.to.startswith(DICTIONARY):
        return Type.CHOICES if column.many else Type.CHOICE
    return column.type


def sentence(fault: Fault) -> str:
    """Where, what was wanted, what was found."""
    column = say("sheet.fault_column", letters=letters(fault.column)) if fault.column else ""
    return say(
        "sheet.fault", sheet=fault.sheet, row=fault.row, column=column, heading=fault.heading, wanted=fault.wanted,
        found=fault.found,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a line in words. ``before`` is "" for a new row."""

    heading: str
    before: str
    after: str


def changes_of(line: Line, kind: SheetKind, world: World) -> list[Change]:
    """What the line would change, in the order of the columns; a new row's blanks are no news."""
    found = []
    for column in kind.columns:
        if column.key in line.changes:
            before, after = (text_of(column, value, world) for value in line.changes[column.key])
            if before != after:
                found.append(Change(kind.heading(column), before, after))
    return found


def about(kind: SheetKind) -> str:
    return say(f"about.{kind.id}")


def words_of(column: Column, world: World) -> list[str]:
    """What may be chosen, in the order it is offered; nothing where rows of another sheet are meant."""
    if column.type is Type.YES_NO:
        return [say("word.yes"), say("word.no")]
    if column.to.startswith(DICTIONARY):
        return world.words(column.to)
    return [column.word(value) for value in column.choices]
