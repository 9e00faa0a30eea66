"""A person confirms a preview: exactly what was shown is stored, all of it in one transaction, or nothing."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.previewing import lock_open_batch, plan_for
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.actions.parts.sheet_rows import REGISTERS
from service.domain.errors import Conflict, Invalid
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.plan import State
from service.domain.texts import say
from service.store import imports
from service.store.failpoints import point

CHAIN = "imports"


@dataclass(frozen=True, slots=True)
class ConfirmImport:
    batch_id: str


def confirm_import(frame: Frame, order: ConfirmImport) -> Batch:
    """The batch, stored. Refused when anything it was compared with has changed since: then a new preview must be looked at.

    The plan is made again of the same workbook and today's rows, which nobody can change meanwhile; the same digest means the same plan.
    """
    imports.lock_registers(frame.tx)
    batch = lock_open_batch(frame, order.batch_id)
    plan = plan_for(frame, imports.book_of(frame.tx, batch.id))
    if plan.digest != batch.digest:
        raise Conflict("import.stale", file=batch.file_name, renew=batch.id)
    if plan.all_faults:
        raise Invalid("import.faulty", file=batch.file_name, count=len(plan.all_faults))
    for kind in plan.kinds:
        lines = [line for line in plan.lines if line.kind == kind and line.state in (State.NEW, State.CHANGED)]
        REGISTERS[kind].store(frame, lines, say("import.note", file=batch.file_name))
        point("import_half")
    _seal(frame, batch)
    by = frame.actor.person_id
    imports.close_batch(frame.tx, batch.id, BatchStatus.APPLIED, by=by, at=frame.now)
    return replace(batch, status=BatchStatus.APPLIED, closed_by=by, closed_at=frame.now)


def _seal(frame: Frame, batch: Batch) -> None:
    """Which file, which plan, how many rows; the lines themselves stay with the batch, whose digest this is."""
    facts = {
        "import": batch.id, "sha256": batch.sha256, "plan": batch.digest,
        "counts": {kind: dict(found) for kind, found in batch.counts.items()},
        "previewed_by": batch.added_by,
    }  # fmt: skip
    seal_chain_event(frame, CHAIN, EventFacts("import.applied", facts=facts, personal={"file": batch.file_name}))
