"""The column model of a kind of sheet: the one place that template, reader, export and documentation go by.

The heading of a column is the text ``heading.<kind>.<column>`` (or ``heading`` of the column), its explanation ``help.<kind>.<column>``, two
examples ``example.<kind>.<column>`` with a bar between them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from service.domain.library_permission import Keeping
from service.domain.texts import TEXTS, say

if TYPE_CHECKING:
    from service.domain.sheets.world import Row, World

Value = Any
"""As JSON keeps it: text, whole number, True or False, a list of texts; a date as ISO text; None for "not said"."""


class Type(StrEnum):
    """What a column holds, and how a blank is kept."""

    TEXT = "text"  # ""
    CODE = "code"  # "", no blanks inside; digits that became a number are digits again
    DATE = "date"  # None
    NUMBER = "number"  # None; whole, not negative
    YES_NO = "yes_no"  # None
    CHOICE = "choice"  # ""
    CHOICES = "choices"  # []
    LIST = "list"  # []
    REFERENCE = "reference"  # ""; id or unique name of a row of another kind
    REFERENCES = "references"  # []
    ROWS = "rows"  # []; one row a line, its fields with bars between


FULL_STOP = "\u3002"  # 。
MANY = frozenset({Type.CHOICES, Type.LIST, Type.REFERENCES, Type.ROWS})


@dataclass(frozen=True, slots=True)
class Column:
    """``choices``: the values kept; people read ``<words><value>`` of the texts. ``to``: the kind referred to. ``fields``: of ROWS.

    ``fixed``: of a row that exists it never changes. ``unique``: no two rows share it. ``normal`` writes a code the one way it is compared
    in. ``check`` gives the text that says what was wanted, or "". ``lines``: may have several. ``longest`` in characters; ``width`` of the template;
    ``default``: what a blank says.
    """

    key: str
    type: Type = Type.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    words: str = ""
    to: str = ""
    fixed: bool = False
    unique: bool = False
    fields: tuple["Column", ...] = ()
    normal: Callable[[str], str] | None = None
    check: Callable[[str], str] | None = None
    lines: bool = False
    longest: int = 200
    width: int = 16
    default: Value = None
    heading: str = ""

    @property
    def many(self) -> bool:
        return self.type in MANY

    @property
    def blank(self) -> Value:
        """What a blank cell says, and a column that is not there of a new row."""
        if self.default is not None:
            return self.default
        if self.many:
            return []
        return None if self.type in (Type.DATE, Type.NUMBER, Type.YES_NO) else ""

    def word(self, value: str) -> str:
        """A choice as people read it."""
        return say(f"{self.words}{value or 'none'}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that is not as it must be. ``wanted`` is a clause of a sentence; ``found`` what stands there."""

    sheet: str
    row: int
    column: int
    heading: str
    code: str
    wanted: str
    found: str


class Wrong(Exception):
    """A value that cannot be taken: ``code`` names the rule, and the text ``wanted.<code>`` says what would be right.

    ``warns``: it may be kept all the same, and is only told.
    """

    def __init__(self, code: str, /, *, sentence: str = "", warns: bool = False, **values: Any) -> None:
        super().__init__(code)
        self.code, self.warns = code, warns
        self.wanted = sentence.rstrip(FULL_STOP) or say(f"wanted.{code}", **values)


Rule = Callable[["Row", "World"], Iterator[tuple[str, Wrong]]]


def no_rule(_row: "Row", _world: "World") -> Iterator[tuple[str, Wrong]]:
    return iter(())


def always_there(_values: Mapping[str, Value]) -> bool:
    return False


def nobody_s(_values: Mapping[str, Value]) -> Keeping:
    return Keeping()


@dataclass(frozen=True, slots=True)
class SheetKind:
    """``keys``: the columns whose values together name a row; others refer to it by key, or by its column ``name`` where only one row has that name.

    ``rule`` sees the whole row and the world round it and yields (column, what is wrong). ``absent``: the row says that there is none.
    ``keeping``: whose row it is, for those kinds that officers keep and not administrators.
    """

    id: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ("id",)
    rule: Rule = no_rule
    absent: Callable[[Mapping[str, Value]], bool] = always_there
    keeping: Callable[[Mapping[str, Value]], Keeping] = nobody_s

    @property
    def title(self) -> str:
        """The name of its worksheet."""
        return say(f"sheet_kind.{self.id}")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def heading(self, column: Column) -> str:
        return say(column.heading or f"heading.{self.id}.{column.key}")

    def help(self, column: Column) -> str:
        return TEXTS.get(f"help.{self.id}.{column.key}", "")

    def examples(self, column: Column) -> tuple[str, str]:
        first, _, second = TEXTS.get(f"example.{self.id}.{column.key}", "").partition("|")
        return first, second

    @property
    def refers_to(self) -> tuple[str, ...]:
        """Ids of the kinds its columns name rows of."""
        columns = [*self.columns, *(field for column in self.columns for field in column.fields)]
        return tuple(dict.fromkeys(column.to for column in columns if column.to))

    def key_of(self, values: Mapping[str, Value]) -> str:
        return "/".join(str(values[key]) for key in self.keys)
