"""What a person must know to fill in a sheet, from the column model: the guide of a template, the page, the documentation."""

from dataclasses import dataclass

from service.domain.sheets.columns import Column, SheetKind, Type
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Described:
    """One column in words. ``choices``: what may be chosen, "" where anything may be written."""

    heading: str
    required: bool
    type: str
    help: str
    choices: str


def describe(kind: SheetKind) -> list[Described]:
    """The columns in their order."""
    return [
        Described(
            heading=kind.heading(column),
            required=column.required,
            type=say(f"column_type.{column.type.value}"),
            help=kind.help(column),
            choices=say("list.comma").join(words_of(column)),
        )
        for column in kind.columns
    ]


def about(kind: SheetKind) -> str:
    return say(f"about.{kind.id}")


def words_of(column: Column) -> list[str]:
    """The words of a column's choices, in the order they are offered."""
    if column.type is Type.YES_NO:
        return [say("word.yes"), say("word.no")]
    return [column.word(value) for value in column.choices]
