"""Sheets in and out: a template, an upload that is previewed, a confirmation that stores all of it, faults to put right, exports."""

from typing import Annotated, Any

from fastapi import Query, Request, Response, UploadFile

from service.actions.confirm_import import ConfirmImport, confirm_import
from service.actions.frame import Frame
from service.actions.look_at_import import look_at_faults, look_at_import, look_at_imports, look_at_lines
from service.actions.preview_import import MEDIA_TYPE, preview_import
from service.actions.renew_import import RenewImport, renew_import
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes import imports as shapes
from service.api.shapes.base import After, Limit, Listed, listed
from service.api.workbooks import export_of, faults_of, fingerprint, read_upload, template_of
from service.domain.sheets.batch import Batch
from service.domain.sheets.plan import State
from service.domain.sheets.world import World

router = new_router("imports")
LineState = Annotated[State | None, Query(description="Only lines of this state.")]
WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}, "description": "A workbook."}}


@router.get("/imports/templates/{kinds}.xlsx", response_class=Response, responses=WORKBOOK)
def show_template(door: Door, kinds: str) -> Response:
    """To be filled in: organisations, people, posts, several with commas between, or all."""
    return template_of(door, kinds)


@router.get("/exports/{kinds}.xlsx", response_class=Response, responses=WORKBOOK)
def show_export(door: Door, kinds: str) -> Response:
    """The rows there are, in the form of the template; imported again they change nothing."""
    return export_of(door, kinds)


@router.post("/imports", response_model=shapes.ImportShown, status_code=201, responses=WRITE_PROBLEMS)
def upload(door: Door, request: Request, file: UploadFile, idempotency_key: IdempotencyKey = None) -> Response:
    """Every row is judged and shown; nothing is stored but the preview. A file that cannot be read is refused with a sentence."""
    order = read_upload(door, file)

    def act(frame: Frame) -> Answer:
        found = preview_import(frame, order)
        return Answer(_shown(frame, found), 201, headers={"Location": f"/api/v1/imports/{found.id}"})

    return door.write(act, fingerprint=fingerprint(order))


@router.get("/imports")
def list_imports(door: Door, after: After = None, limit: Limit = 50) -> Listed[shapes.ImportListed]:
    """Newest first: one's own, and for those who read everything all of them."""
    return door.read(lambda frame: listed(look_at_imports(frame, after=after, limit=limit), shapes.in_list))


@router.get("/imports/{import_id}")
def show_import(door: Door, import_id: str) -> shapes.ImportShown:
    """A preview with its faults, row by row."""
    return door.read(lambda frame: _shown(frame, look_at_import(frame, import_id)))


@router.get("/imports/{import_id}/lines")
def list_lines(
    door: Door, import_id: str, state: LineState = None, after: After = None, limit: Limit = 50
) -> Listed[shapes.LineShown]:
    """Row by row what would change, in the order of the workbook."""

    def look(frame: Frame) -> Listed[shapes.LineShown]:
        found = look_at_lines(frame, import_id, state=state, after=after, limit=limit)
        return listed(found.page, lambda line: shapes.line(line, World(found.known)))

    return door.read(look)


@router.get("/imports/{import_id}/faults.xlsx", response_class=Response, responses=WORKBOOK)
def show_faults(door: Door, import_id: str) -> Response:
    """A copy of the workbook with faulty cells coloured and commented, and a list of the faults before it."""
    return faults_of(door, import_id)


@router.post("/imports/{import_id}/confirm", response_model=shapes.ImportShown, responses=WRITE_PROBLEMS)
def confirm(door: Door, import_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """All rows in one transaction, exactly as previewed; 409 when data changed meanwhile: renew the preview and look again."""
    return door.write(
        lambda frame: Answer(_shown(frame, confirm_import(frame, ConfirmImport(import_id)))), thing=import_id
    )


@router.post("/imports/{import_id}/renew", response_model=shapes.ImportShown, status_code=201, responses=WRITE_PROBLEMS)
def renew(door: Door, import_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """A new preview of the same workbook, compared with today's rows."""

    def act(frame: Frame) -> Answer:
        found = renew_import(frame, RenewImport(import_id))
        return Answer(_shown(frame, found), 201, headers={"Location": f"/api/v1/imports/{found.id}"})

    return door.write(act, thing=import_id)


def _shown(frame: Frame, found: Batch) -> shapes.ImportShown:
    return shapes.imported(found, look_at_faults(frame, found.id).faults)
