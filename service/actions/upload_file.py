"""A person uploads a file to attach it to an act. It is read twice piece by piece: once for its digest, once into the store."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from service.actions.frame import Frame
from service.domain.cases import Attachment
from service.domain.errors import Invalid, TooLarge
from service.store import files
from service.store.failpoints import point

NAME_LIMIT = 200
NEVER = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # control, direction of writing (U+202E), half surrogates, line breaks


@dataclass(frozen=True, slots=True)
class UploadFile:
    """``limit`` in bytes for this kind of file; ``read`` gives the content from its beginning, in pieces, each time it is called."""

    file_name: str
    media_type: str
    read: Callable[[], Iterable[bytes]]
    limit: int


def upload_file(frame: Frame, order: UploadFile) -> Attachment:
    """An attachment bound to nothing yet; an act names it by id."""
    name = order.file_name.replace("\\", "/").rpartition("/")[2].strip()
    if not name or len(name) > NAME_LIMIT or not is_honest(name):
        raise Invalid("file.bad_name", limit=NAME_LIMIT)
    sha256, size = _measure(order)
    if not size:
        raise Invalid("file.empty", name=name)
    files.add_blob(frame.tx, sha256=sha256, media_type=order.media_type, chunks=order.read(), size=size, at=frame.now)
    point("file_half")
    attachment = Attachment(
        id=frame.new_id(),
        case_id=None,
        task_id=None,
        sha256=sha256,
        file_name=name,
        media_type=order.media_type,
        size=size,
        added_by=frame.actor.person_id,
        added_at=frame.now,
    )
    files.add_attachment(frame.tx, attachment)
    return attachment


def is_honest(name: str) -> bool:
    """Whether people see the name as it is and it can be kept as UTF-8."""
    return not any(unicodedata.category(c) in NEVER for c in name)


def _measure(order: UploadFile) -> tuple[str, int]:
    """Digest and size; stops at the limit before more is read."""
    total, size = hashlib.sha256(), 0
    for piece in order.read():
        size += len(piece)
        if size > order.limit:
            raise TooLarge("file.too_large", limit=order.limit)
        total.update(piece)
    return total.hexdigest(), size
