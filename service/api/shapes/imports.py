"""Imports of sheets: the preview as a whole, and line by line."""

from collections.abc import Sequence
from datetime import datetime

from service.api.shapes.base import Shown
from service.domain.sheets.batch import Batch
from service.domain.sheets.cells import letters
from service.domain.sheets.columns import Fault
from service.domain.sheets.describing import changes_of, sentence
from service.domain.sheets.kinds import BY_ID
from service.domain.sheets.plan import Line
from service.domain.sheets.world import World

MOST_FAULTS = 1_000


class FaultyCell(Shown):
    """One cell that is not as it must be. `message` is the whole sentence."""

    sheet: str
    row: int
    column: str
    heading: str
    code: str
    wanted: str
    found: str
    message: str


class SheetCount(Shown):
    """Rows of one sheet."""

    kind: str
    title: str
    new: int
    changed: int
    unchanged: int
    faulty: int


class ImportShown(Shown):
    """A preview. `status`: faulty, ready, applied, renewed. `faults` holds the first thousand of `fault_count`."""

    id: str
    file_name: str
    sha256: str
    status: str
    sheets: list[SheetCount]
    fault_count: int
    faults: list[FaultyCell]
    notes: list[str]
    added_by: str
    added_at: datetime
    closed_by: str
    closed_at: datetime | None
    renewed_as: str | None


class ImportListed(Shown):
    """A preview in a list."""

    id: str
    file_name: str
    status: str
    sheets: list[SheetCount]
    added_by: str
    added_at: datetime


class ChangeShown(Shown):
    """One cell that would change, in words."""

    heading: str
    before: str
    after: str


class LineShown(Shown):
    """One row of the workbook. `state`: new, changed, unchanged, faulty."""

    kind: str
    sheet: str
    row: int
    key: str
    state: str
    changes: list[ChangeShown]
    faults: list[FaultyCell]


def imported(found: Batch, faults: Sequence[Fault]) -> ImportShown:
    return ImportShown(
        id=found.id, file_name=found.file_name, sha256=found.sha256, status=found.status.value, sheets=counts(found),
        fault_count=len(faults), faults=[fault(f) for f in faults[:MOST_FAULTS]], notes=list(found.notes),
        added_by=found.added_by, added_at=found.added_at, closed_by=found.closed_by, closed_at=found.closed_at,
        renewed_as=found.renewed_as,
    )  # fmt: skip


def in_list(found: Batch) -> ImportListed:
    return ImportListed(
        id=found.id, file_name=found.file_name, status=found.status.value, sheets=counts(found),
        added_by=found.added_by, added_at=found.added_at,
    )  # fmt: skip


def counts(found: Batch) -> list[SheetCount]:
    return [SheetCount(kind=kind, title=BY_ID[kind].title, **found.counts[kind]) for kind in found.kinds]


def fault(found: Fault) -> FaultyCell:
    return FaultyCell(
        sheet=found.sheet, row=found.row, column=letters(found.column), heading=found.heading, code=found.code,
        wanted=found.wanted, found=found.found, message=sentence(found),
    )  # fmt: skip


def line(found: Line, world: World) -> LineShown:
    changes = changes_of(found, BY_ID[found.kind], world)
    return LineShown(
        kind=found.kind, sheet=found.sheet, row=found.row, key=found.key, state=found.state.value,
        changes=[ChangeShown(heading=c.heading, before=c.before, after=c.after) for c in changes],
        faults=[fault(f) for f in found.faults],
    )  # fmt: skip
