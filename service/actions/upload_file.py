"""A person uploads a file to attach it to an act. It is read piece by piece and stored by its content."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.actions.frame import Frame
from service.domain.cases import Attachment
from service.domain.errors import Invalid, TooLarge
from service.store import files

NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class UploadFile:
    """``limit`` in bytes for this kind of file; ``chunks`` is read once."""

    file_name: str
    media_type: str
    chunks: Iterable[bytes]
    limit: int


def upload_file(frame: Frame, order: UploadFile) -> Attachment:
    """An attachment bound to nothing yet; an act names it by id."""
    name = order.file_name.replace("\\", "/").rpartition("/")[2].strip()
    if not name or len(name) > NAME_LIMIT or any(ord(c) < 32 for c in name):
        raise Invalid("file.bad_name", limit=NAME_LIMIT)
    meter = _Meter(order.chunks, order.limit)
    pieces = list(meter)
    sha256 = meter.digest.hexdigest()
    if not meter.size:
        raise Invalid("file.empty", name=name)
    files.add_blob(frame.tx, sha256=sha256, media_type=order.media_type, chunks=pieces, size=meter.size, at=frame.now)
    attachment = Attachment(
        id=frame.new_id(),
        case_id=None,
        task_id=None,
        sha256=sha256,
        file_name=name,
        media_type=order.media_type,
        size=meter.size,
        added_by=frame.actor.person_id,
        added_at=frame.now,
    )
    files.add_attachment(frame.tx, attachment)
    return attachment


class _Meter:
    """Passes pieces on, counting and hashing; stops at the limit before more is read."""

    def __init__(self, chunks: Iterable[bytes], limit: int) -> None:
        self._chunks, self._limit = chunks, limit
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._chunks:
            self.size += len(piece)
            if self.size > self._limit:
                raise TooLarge("file.too_large", limit=self._limit)
            self.digest.update(piece)
            yield piece
