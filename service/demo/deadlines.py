"""The deadlines of the notice as values, read from ``data/deadlines.toml``: words verbatim, days read from them."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from service.domain.deadline_words import read_deadline
from service.domain.deadlines import Clause, Deadline, Strength

FILE = Path(__file__).parent / "data" / "deadlines.toml"
Table = Mapping[str, Any]


def read_deadlines() -> tuple[Deadline, ...]:
    """One row for each task and township."""
    table = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(row for task in table["task"] for row in _rows(table, task))


def _rows(table: Table, task: Table) -> Iterator[Deadline]:
    """Those where it was done already are hard ones too: the section's day was for everybody."""
    for township in task.get("done", ()):
        done = {"done_on": table["date"], "done_note": task["done_note"]}
        yield _row(table, task, township, Strength.HARD, (_general(table, task),), **done)
    for strength in Strength:
        part = task.get(strength.value, {})
        for township in part.get("townships", ()):
            yield _row(
                table, task, township, strength, _clauses(table, task, part, strength), reason=part.get("reason", "")
            )


def _clauses(table: Table, task: Table, part: Table, strength: Strength) -> tuple[Clause, ...]:
    named = part.get("clause")
    if not named:
        return (_general(table, task),)
    due = read_deadline(named["words"], base=table["date"]) if strength is Strength.HARD else None
    own = Clause(named["place"], named["words"], due, named=True)
    return (own, _general(table, task)) if due else (own,)


def _general(table: Table, task: Table) -> Clause:
    words = task["general"]["words"]
    return Clause(task["general"]["place"], words, read_deadline(words, base=table["date"]))


def _row(
    table: Table, task: Table, township: str, strength: Strength, clauses: tuple[Clause, ...], **more: Any
) -> Deadline:
    return Deadline(
        f"{task['key']}-{township}", table["document"], table["date"], task["subject"], township, strength, clauses,
        task.get("helper"), example=True, **more,
    )  # fmt: skip
