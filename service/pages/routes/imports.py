"""导入导出: templates, an upload that is previewed row by row, a confirmation that stores all of it, exports."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.confirm_import import ConfirmImport, confirm_import
from service.actions.frame import Frame
from service.actions.look_at_import import look_at_faults, look_at_imports, look_at_lines
from service.actions.preview_import import PreviewImport, preview_import
from service.actions.renew_import import RenewImport, renew_import
from service.api.workbooks import export_of, faults_of, read_upload, template_of
from service.domain.errors import Conflict, Invalid, OneSealError
from service.domain.sheets.access import may_export, may_import
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.cells import letters
from service.domain.sheets.describing import about, changes_of
from service.domain.sheets.kinds import BY_ID, KINDS
from service.domain.sheets.plan import State
from service.domain.sheets.world import World
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.names import Names
from service.pages.page import Done, Page

router = APIRouter()
After = Annotated[str, Query(max_length=600)]
LineState = Annotated[State | None, Query()]
ROWS = 20
LINES = 50
MOST_FAULTS = 200


@router.get("/imports")
def list_imports(door: Door, after: After = "") -> Response:
    """What may be imported and exported, the upload, and what was uploaded before."""
    return door.show(lambda frame: _overview(frame, after))


@router.get("/imports/templates/{kinds}.xlsx")
def download_template(door: Door, kinds: str) -> Response:
    return template_of(door, kinds)


@router.get("/exports/{kinds}.xlsx")
def download_export(door: Door, kinds: str) -> Response:
    return export_of(door, kinds)


@router.post("/imports")
def upload(door: Door) -> Response:
    """预览: the file is read in the sandbox first, with no transaction open."""
    order = _uploaded(door)

    def act(frame: Frame) -> Done:
        if isinstance(order, OneSealError):
            raise order
        return Done(f"/imports/{preview_import(frame, order).id}")

    return door.do(act, again=lambda frame: _overview(frame, ""))


@router.get("/imports/{import_id}")
def show_import(door: Door, import_id: str, state: LineState = None, after: After = "") -> Response:
    """The preview: counts, faults, and row by row what would change."""
    return door.show(lambda frame: _preview(frame, import_id, state, after))


@router.get("/imports/{import_id}/faults.xlsx")
def download_faults(door: Door, import_id: str) -> Response:
    return faults_of(door, import_id)


@router.post("/imports/{import_id}/confirm")
def confirm(door: Door, import_id: str) -> Response:
    """确认导入. When data changed meanwhile nothing is stored and a new preview is shown."""

    def act(frame: Frame) -> Done:
        try:
            found = confirm_import(frame, ConfirmImport(import_id))
        except Conflict as error:
            if error.text != "import.stale":
                raise
            newer = renew_import(frame, RenewImport(import_id))
            return Done(f"/imports/{newer.id}", say("notice.import_stale"))
        new, changed = found.count(State.NEW.value), found.count(State.CHANGED.value)
        return Done(f"/imports/{found.id}", say("notice.imported", file=found.file_name, new=new, changed=changed))

    return door.do(act, again=lambda frame: _preview(frame, import_id, None, ""), thing=import_id)


@router.post("/imports/{import_id}/renew")
def renew(door: Door, import_id: str) -> Response:
    """重新预览: the same workbook compared with today's rows."""

    def act(frame: Frame) -> Done:
        return Done(f"/imports/{renew_import(frame, RenewImport(import_id)).id}", say("notice.import_renewed"))

    return door.do(act, again=lambda frame: _preview(frame, import_id, None, ""), thing=import_id)


def _uploaded(door: PageDoor) -> PreviewImport | OneSealError:
    """What was uploaded, or why it cannot be taken: told on the page it came from."""
    file = door.given.file("file", required=True)
    try:
        door.given.check()
        assert file
        return read_upload(door, file)
    except Invalid as error:
        return error


def _overview(frame: Frame, after: str) -> Page:
    page = look_at_imports(frame, after=after or None, limit=ROWS)
    kinds = [
        {"id": kind.id, "title": kind.title, "about": about(kind), "imports": bool(may_import(frame.actor, kind.id)),
         "exports": bool(may_export(frame.actor, kind.id))}
        for kind in KINDS
    ]  # fmt: skip
    return Page(
        "imports/list.html", kinds=[kind for kind in kinds if kind["imports"] or kind["exports"]], rows=page.items,
        mine=",".join(str(kind["id"]) for kind in kinds if kind["imports"]), next=page.next, first=not after,
        names=Names(frame.tx, [batch.added_by for batch in page.items]),
    )  # fmt: skip


def _preview(frame: Frame, import_id: str, state: State | None, after: str) -> Page:
    found = look_at_lines(frame, import_id, state=state, after=after or None, limit=LINES)
    faulty = look_at_faults(frame, import_id)
    world = World(found.known)
    lines = [
        {"line": line, "title": BY_ID[line.kind].title, "changes": changes_of(line, BY_ID[line.kind], world)}
        for line in found.page.items
    ]
    batch = faulty.batch
    return Page(
        "imports/show.html", batch=batch, titles={kind: BY_ID[kind].title for kind in batch.kinds}, lines=lines,
        states={s.value: say(f"line.state.{s.value}") for s in State}, state=state.value if state else "", first=not after, next=found.page.next,
        faults_found=faulty.faults[:MOST_FAULTS], fault_count=len(faulty.faults), letters=letters,
        names=Names(frame.tx, [batch.added_by, batch.closed_by]), may_confirm=_may_confirm(frame, batch),
    )  # fmt: skip


def _may_confirm(frame: Frame, batch: Batch) -> bool:
    open_ = batch.status in (BatchStatus.READY, BatchStatus.FAULTY)
    return open_ and all(may_import(frame.actor, kind) for kind in batch.kinds)
