"""A person uploads a workbook of sheets: every row is judged and shown, nothing of it is stored yet but the preview."""

import hashlib
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.previewing import keep_batch, must_import, plan_for
from service.domain.sheets.batch import Batch
from service.domain.sheets.cells import Book
from service.store import files

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class PreviewImport:
    """``book``: ``content`` as it was read in the sandbox, outside the transaction."""

    file_name: str
    content: bytes
    book: Book


def preview_import(frame: Frame, order: PreviewImport) -> Batch:
    """The batch with every row new, changed, unchanged or faulty. The file is kept as it came, so that auditors can look at it."""
    must_import(frame.actor, ())
    plan = plan_for(frame, order.book)
    must_import(frame.actor, plan.kinds)
    sha256 = hashlib.sha256(order.content).hexdigest()
    files.add_blob(
        frame.tx, sha256=sha256, media_type=MEDIA_TYPE, chunks=[order.content], size=len(order.content), at=frame.now
    )
    return keep_batch(frame, order.book, plan, file_name=order.file_name, sha256=sha256)
