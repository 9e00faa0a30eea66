"""Sheets in and out: a template, an upload that is previewed, a confirmation that stores all of it, faults to put right, exports."""

import hashlib
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query, Request, Response, UploadFile

from service.actions.confirm_import import ConfirmImport, confirm_import
from service.actions.frame import Frame
from service.actions.look_at_import import look_at_faults, look_at_import, look_at_imports, look_at_lines
from service.actions.look_at_sheets import kinds_named, look_at_offers, look_at_sheets
from service.actions.preview_import import MEDIA_TYPE, PreviewImport, preview_import
from service.actions.renew_import import RenewImport, renew_import
from service.api.door import Answer, Door, RequestDoor
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes import imports as shapes
from service.api.shapes.base import After, Limit, Listed, listed
from service.api.uploads import sheet_name
from service.domain.sheets.batch import Batch
from service.domain.sheets.plan import State
from service.domain.sheets.world import World
from service.domain.texts import say
from service.sheets.marking import marked_copy
from service.sheets.reading import read_book
from service.sheets.tables import export, template

router = new_router("imports")
LineState = Annotated[State | None, Query(description="Only lines of this state.")]
WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}, "description": "A workbook."}}


@router.get("/imports/templates/{kinds}.xlsx", response_class=Response, responses=WORKBOOK)
def show_template(door: Door, kinds: str) -> Response:
    """To be filled in: organisations, people, posts, several with commas between, or all."""
    wanted = kinds_named(kinds)
    offers = door.read(lambda frame: look_at_offers(frame, wanted))
    return workbook(template(wanted, offers), say("sheet.template_name", kinds=titles(kinds)))


@router.get("/exports/{kinds}.xlsx", response_class=Response, responses=WORKBOOK)
def show_export(door: Door, kinds: str) -> Response:
    """The rows there are, in the form of the template; imported again they change nothing."""
    wanted = kinds_named(kinds)
    rows = door.read(lambda frame: look_at_sheets(frame, wanted))
    return workbook(export(wanted, rows), say("sheet.export_name", kinds=titles(kinds)))


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
    found = door.read(lambda frame: look_at_faults(frame, import_id))
    name = say("sheet.faults_name", file=found.batch.file_name.rpartition(".")[0])
    return workbook(marked_copy(found.book, found.faults), name)


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


def read_upload(door: RequestDoor, file: UploadFile) -> PreviewImport:
    """The workbook read in the sandbox, with no transaction open, for somebody who may import at all."""
    name = sheet_name(file.filename or "")
    door.read(lambda frame: look_at_offers(frame, ()))  # others are refused before a child process is started for them
    content = file.file.read()
    return PreviewImport(name, content, read_book(content))


def fingerprint(order: PreviewImport) -> str:
    return f"{order.file_name}/{hashlib.sha256(order.content).hexdigest()}"


def titles(kinds: str) -> str:
    return say("list.comma").join(kind.title for kind in kinds_named(kinds))


def workbook(content: bytes, name: str) -> Response:
    """As an attachment under a Chinese name."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _shown(frame: Frame, found: Batch) -> shapes.ImportShown:
    return shapes.imported(found, look_at_faults(frame, found.id).faults)
