"""Whoever uploaded a workbook, may import its kinds or reads everything looks at its preview."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sheet_rows import known_rows
from service.domain.errors import NotFound
from service.domain.paging import Page
from service.domain.sheets.access import all_allowed, may_see
from service.domain.sheets.batch import Batch
from service.domain.sheets.cells import Book
from service.domain.sheets.columns import Fault
from service.domain.sheets.kinds import BY_ID, needed
from service.domain.sheets.plan import Line, State
from service.domain.sheets.world import Rows
from service.store import imports


@dataclass(frozen=True, slots=True)
class FaultyBook:
    """What a marked copy is made of."""

    batch: Batch
    book: Book
    faults: tuple[Fault, ...]


def look_at_import(frame: Frame, batch_id: str) -> Batch:
    """NotFound when there is none, or this person may not know of it."""
    found = imports.get_batch(frame.tx, batch_id)
    if found is None:
        raise NotFound("import.unknown", id=batch_id)
    if not may_see(frame.actor, found):
        raise NotFound("import.unknown", id=batch_id, hidden=True)
    return found


def look_at_imports(frame: Frame, *, after: str | None, limit: int) -> Page[Batch]:
    """Newest first: one's own, and for those who read everything all of them."""
    mine = None if all_allowed(frame.actor, BY_ID) else frame.actor.person_id
    return imports.list_batches(frame.tx, added_by=mine, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class Lines:
    """``known``: the rows that the lines' references are named by."""

    page: Page[Line]
    known: Mapping[str, Rows]


def look_at_lines(frame: Frame, batch_id: str, *, state: State | None, after: str | None, limit: int) -> Lines:
    batch = look_at_import(frame, batch_id)
    page = imports.list_lines(frame.tx, batch.id, state=state, after=after, limit=limit)
    return Lines(page, known_rows(frame.tx, needed(BY_ID[kind] for kind in batch.kinds)))


def look_at_faults(frame: Frame, batch_id: str) -> FaultyBook:
    """Every fault with the workbook it stands in."""
    batch = look_at_import(frame, batch_id)
    lines = imports.lines_of(frame.tx, batch.id, [State.FAULTY])
    faults = (*batch.faults, *(fault for line in lines for fault in line.faults))
    return FaultyBook(batch, imports.book_of(frame.tx, batch.id), faults)
