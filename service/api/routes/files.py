"""Files: uploaded first, named by an act afterwards. Streamed both ways."""

import hashlib
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from fastapi import Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from service.actions.frame import Frame
from service.actions.look_at_file import look_at_file
from service.actions.upload_file import UploadFile as Order
from service.actions.upload_file import upload_file
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import Shown
from service.api.uploads import kind_of
from service.domain.cases import Attachment
from service.domain.errors import TooLarge
from service.store import files

router = new_router("files")
PIECE = 256 * 1024


class FileShown(Shown):
    """An uploaded file; give its `id` in an act's attachments or in a file field of a form."""

    id: str
    sha256: str
    file_name: str
    media_type: str
    size: int


@router.post("/files", response_model=FileShown, status_code=201, responses=WRITE_PROBLEMS)
def upload(door: Door, request: Request, file: UploadFile, idempotency_key: IdempotencyKey = None) -> Response:
    """Each kind has its own limit. The content is stored once by its SHA-256."""
    name = file.filename or ""
    kind = kind_of(name)
    limit = min(kind.limit, door.house.settings.upload_mib * 1024 * 1024)
    digest = _digest(file.file, limit)

    def act(frame: Frame) -> Answer:
        order = Order(name, kind.media_type, lambda: _pieces(file.file), limit)
        found = upload_file(frame, order)
        return Answer(_shown(found), 201, headers={"Location": f"/api/v1/files/{found.id}"})

    return door.write(act, fingerprint=f"{name}/{digest}")


@router.get("/files/{file_id}", response_class=StreamingResponse)
def download(door: Door, file_id: str) -> StreamingResponse:
    """Always as an attachment: an uploaded file never runs or shows inside our pages."""
    found = door.read(lambda frame: look_at_file(frame, file_id))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.file_name)}",
        "Content-Length": str(found.size),
        "Content-Security-Policy": "sandbox",
        "ETag": f'"{found.sha256}"',
    }
    return StreamingResponse(file_content(door, found), media_type=found.media_type, headers=headers)


def file_content(door: Door, found: Attachment) -> Iterator[bytes]:
    """Each piece in a transaction of its own: a reader that stalls must not hold a connection, and content never changes."""
    number = 0
    while True:
        with door.house.database.read() as tx:
            piece = files.read_piece(tx, found.sha256, number)
        if piece is None:
            return
        yield piece
        number += 1


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(PIECE):
        yield piece


def _digest(source: IO[bytes], limit: int) -> str:
    total, size = hashlib.sha256(), 0
    for piece in _pieces(source):
        size += len(piece)
        if size > limit:
            raise TooLarge("file.too_large", limit=limit)
        total.update(piece)
    return total.hexdigest()


def _shown(found: Attachment) -> FileShown:
    return FileShown(
        id=found.id, sha256=found.sha256, file_name=found.file_name, media_type=found.media_type, size=found.size
    )
