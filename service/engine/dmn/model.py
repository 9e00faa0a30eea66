"""A decision as plain values, read once at deploy, and what can go wrong when it is computed."""

from dataclasses import dataclass
from typing import Any

from service.engine.feel import Expression


class DmnError(Exception):
    """A decision has no result: an input or output not allowed, rules that contradict, an expression that fails.

    The message is Chinese and names the decision, and the rule where one is to blame.
    """


@dataclass(frozen=True, slots=True)
class ItemType:
    """``kind``: a type name of FEEL, ``whole`` for whole numbers, ``Any``, or ``context`` with ``parts`` (name -> type).

    ``members``: the type of each member of a list. ``allowed``: tests over ``?``, one of which must hold.
    """

    name: str
    kind: str = "Any"
    parts: tuple[tuple[str, "ItemType"], ...] = ()
    members: "ItemType | None" = None
    allowed: Expression | None = None


ANY = ItemType("Any")


@dataclass(frozen=True, slots=True)
class Input:
    label: str
    expression: Expression
    type: ItemType
    allowed: Expression | None


@dataclass(frozen=True, slots=True)
class Output:
    """``order``: the allowed values one by one, the first has the highest priority."""

    name: str
    type: ItemType
    allowed: Expression | None
    order: tuple[Expression, ...]
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Rule:
    """``tests``: one for each input, None takes anything. ``results``: one for each output, None is null.

    ``note``: its annotations and description, for people.
    """

    id: str
    number: int
    tests: tuple[Expression | None, ...]
    results: tuple[Expression | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``policy``: UNIQUE, FIRST, ANY, PRIORITY, COLLECT, RULE ORDER, OUTPUT ORDER. ``aggregation``: SUM, MIN, MAX, COUNT or empty."""

    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Input data: a variable that the case must hold."""

    name: str
    type: ItemType


@dataclass(frozen=True, slots=True)
class Decision:
    """``variable``: the name under which others see the result. ``needs``: decisions computed before, in that order, all of them.

    ``logic`` None: the file was refused, the decision never runs.
    """

    id: str
    name: str
    variable: str
    type: ItemType
    logic: Table | Expression | None
    inputs: tuple[Given, ...] = ()
    types: tuple[ItemType, ...] = ()  # all the file defines, for ``instance of``
    needs: tuple["Decision", ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """``matched``: ids of the rules that hold, in the order of the table; a rule without id goes by its number.

    ``inputs``: (label, value) of each column of a table, as the rules saw it.
    """

    value: Any
    matched: tuple[str, ...]
    inputs: tuple[tuple[str, Any], ...] = ()
