"""A person opens a file: who uploaded it may, and whoever may see the case it belongs to."""

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.domain.cases import Attachment
from service.domain.errors import NotFound
from service.store import files


def look_at_file(frame: Frame, file_id: str) -> Attachment:
    """NotFound when it does not exist or this person may not know of it."""
    found = files.get_attachment(frame.tx, file_id)
    if found is None or (found.case_id is None and found.added_by != frame.actor.person_id):
        raise NotFound("file.unknown", id=file_id, hidden=found is not None)
    if found.case_id and found.added_by != frame.actor.person_id:
        try:
            see_case(frame, found.case_id)
        except NotFound as error:
            raise NotFound("file.unknown", id=file_id, hidden=True) from error
    return found
