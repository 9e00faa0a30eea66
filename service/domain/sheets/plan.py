"""What an import would do, as a value: lines, faults, notes, and one digest over all of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from service.domain.sheets.columns import Fault, Value


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the plan. ``changes``: column -> (before, after) as values; before is None for a new row."""

    kind: str
    sheet: str
    row: int
    key: str
    state: State
    values: Mapping[str, Value]
    changes: Mapping[str, tuple[Value, Value]]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """``faults``: those of headings; those of rows are with their lines. ``notes``: sentences of what was left out or looks odd."""

    kinds: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def all_faults(self) -> list[Fault]:
        return [*self.faults, *(fault for line in self.lines for fault in line.faults)]

    def count(self, state: State, kind: str = "") -> int:
        return sum(line.state is state and line.kind == (kind or line.kind) for line in self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 over everything it says: the same workbook compared with the same rows gives the same."""
        said = json.dumps(plan_as_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def plan_as_plain(plan: Plan) -> dict[str, Any]:
    """As JSON can keep it, without the notes."""
    return {"kinds": list(plan.kinds), "faults": [list(_flat(f)) for f in plan.faults],
            "lines": [line_as_plain(line) for line in plan.lines]}  # fmt: skip


def line_as_plain(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind, "sheet": line.sheet, "row": line.row, "key": line.key, "state": line.state.value,
        "values": dict(line.values), "changes": {key: list(pair) for key, pair in line.changes.items()},
        "faults": [list(_flat(fault)) for fault in line.faults],
    }  # fmt: skip


def line_from(found: Mapping[str, Any]) -> Line:
    return Line(
        kind=found["kind"], sheet=found["sheet"], row=found["row"], key=found["key"], state=State(found["state"]),
        values=found["values"], changes={key: (before, after) for key, (before, after) in found["changes"].items()},
        faults=tuple(Fault(*fault) for fault in found["faults"]),
    )  # fmt: skip


def _flat(fault: Fault) -> tuple[Any, ...]:
    return fault.sheet, fault.row, fault.column, fault.heading, fault.code, fault.wanted, fault.found
