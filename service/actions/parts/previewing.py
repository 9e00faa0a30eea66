"""A workbook becomes a batch: compared with what the database holds, every row told, nothing stored but the preview."""

from collections.abc import Iterable

from service.actions.frame import Frame
from service.actions.parts.sheet_rows import known_rows
from service.domain.calendar import SHANGHAI
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from service.domain.people import Actor
from service.domain.sheets.access import imports_any, judge, may_import
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.cells import Book
from service.domain.sheets.kinds import BY_ID, KINDS, needed
from service.domain.sheets.plan import Plan, State
from service.domain.sheets.planning import make_plan, tables_in
from service.domain.texts import say
from service.store import imports, organisations, people


def plan_for(frame: Frame, book: Book) -> Plan:
    """What the workbook would change today. Invalid when there is nothing in it to import."""
    tables, _ = tables_in(book, KINDS)
    if not tables:
        raise Invalid("sheet.nothing", kinds=say("list.comma").join(kind.title for kind in KINDS))
    known = known_rows(frame.tx, needed(table.kind for table in tables))
    office = organisations.organisation_by_office(frame.tx, "reform_office")
    plan = make_plan(book, KINDS, known, judge(frame.actor, office.id if office else ""))
    if not plan.lines and not plan.all_faults:
        raise Invalid("sheet.no_rows")
    return plan


def keep_batch(frame: Frame, book: Book, plan: Plan, *, file_name: str, sha256: str) -> Batch:
    """The preview; whoever sees it may have it imported, if nothing is wrong and nothing changes meanwhile."""
    batch = Batch(
        id=frame.new_id(), file_name=file_name, sha256=sha256, added_by=frame.actor.person_id, added_at=frame.now,
        status=BatchStatus.FAULTY if plan.all_faults else BatchStatus.READY, kinds=plan.kinds,
        counts={kind: {state.value: plan.count(state, kind) for state in State} for kind in plan.kinds},
        faults=plan.faults, notes=plan.notes, digest=plan.digest,
    )  # fmt: skip
    imports.add_batch(frame.tx, batch, book, plan.lines)
    return batch


def must_import(actor: Actor, kinds: Iterable[str]) -> None:
    """NotAllowed names the sheet and who may import it."""
    if not imports_any(actor):
        verdict = may_import(actor, KINDS[0].id)
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb="import")
    for kind in kinds:
        verdict = may_import(actor, kind)
        if not verdict:
            title, code = BY_ID[kind].title, verdict.code
            raise NotAllowed(
                "import.not_yours", sheet=title, reason=verdict.reason, verdict=code, verb=f"import.{kind}"
            )


def lock_open_batch(frame: Frame, id: str) -> Batch:
    """Locked, still open, and of kinds this person may import. Conflict says who was first and when."""
    batch = imports.lock_batch(frame.tx, id)
    if batch is None:
        raise NotFound("import.unknown", id=id)
    must_import(frame.actor, batch.kinds)
    if batch.status in (BatchStatus.APPLIED, BatchStatus.RENEWED):
        by = people.get_person(frame.tx, batch.closed_by)
        name = by.name if by else say("actor.system")
        raise Conflict(f"import.{batch.status.value}", file=batch.file_name, name=name, at=closed(batch))
    return batch


def closed(batch: Batch) -> str:
    return batch.closed_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if batch.closed_at else ""
