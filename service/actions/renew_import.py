"""A preview that no longer fits is made anew of the same workbook: data changed meanwhile, or what was missing is there now."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.previewing import keep_batch, lock_open_batch, plan_for
from service.domain.sheets.batch import Batch, BatchStatus
from service.store import imports


@dataclass(frozen=True, slots=True)
class RenewImport:
    batch_id: str


def renew_import(frame: Frame, order: RenewImport) -> Batch:
    """The new batch; the old one can no longer be confirmed."""
    batch = lock_open_batch(frame, order.batch_id)
    book = imports.book_of(frame.tx, batch.id)
    made = keep_batch(frame, book, plan_for(frame, book), file_name=batch.file_name, sha256=batch.sha256)
    by = frame.actor.person_id
    imports.close_batch(frame.tx, batch.id, BatchStatus.RENEWED, by=by, at=frame.now, renewed_as=made.id)
    return made
