"""Workbooks at the door, of programs and of pages alike: read in the sandbox with no transaction open, given back as attachments."""

import hashlib
from urllib.parse import quote

from fastapi import Response
from starlette.datastructures import UploadFile

from service.actions.look_at_import import look_at_faults
from service.actions.look_at_sheets import kinds_named, look_at_offers, look_at_sheets
from service.actions.preview_import import MEDIA_TYPE, PreviewImport
from service.api.door import RequestDoor
from service.api.uploads import sheet_name
from service.domain.texts import say
from service.sheets.marking import marked_copy
from service.sheets.reading import read_book
from service.sheets.tables import export, template


def read_upload(door: RequestDoor, file: UploadFile) -> PreviewImport:
    """The workbook as it was read, for somebody who may import at all: others are refused before a child process is started for them."""
    name = sheet_name(file.filename or "")
    door.read(lambda frame: look_at_offers(frame, ()))
    content = file.file.read()
    return PreviewImport(name, content, read_book(content))


def fingerprint(order: PreviewImport) -> str:
    """Stands for the content, where an Idempotency-Key comes with it."""
    return f"{order.file_name}/{hashlib.sha256(order.content).hexdigest()}"


def template_of(door: RequestDoor, kinds: str) -> Response:
    wanted = kinds_named(kinds)
    offers = door.read(lambda frame: look_at_offers(frame, wanted))
    return _attached(template(wanted, offers), say("sheet.template_name", kinds=_titles(kinds)))


def export_of(door: RequestDoor, kinds: str) -> Response:
    wanted = kinds_named(kinds)
    rows = door.read(lambda frame: look_at_sheets(frame, wanted))
    return _attached(export(wanted, rows), say("sheet.export_name", kinds=_titles(kinds)))


def faults_of(door: RequestDoor, import_id: str) -> Response:
    """The copy with marked faults."""
    found = door.read(lambda frame: look_at_faults(frame, import_id))
    name = say("sheet.faults_name", file=found.batch.file_name.rpartition(".")[0])
    return _attached(marked_copy(found.book, found.faults), name)


def _titles(kinds: str) -> str:
    return say("list.comma").join(kind.title for kind in kinds_named(kinds))


def _attached(content: bytes, name: str) -> Response:
    """Under a Chinese name; never shown inside our pages."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
