"""The file a handler reads of a form is the case's own."""

from service.actions.parts.facts import FACTS
from service.actions.upload_file import UploadFile, upload_file
from service.store import files
from tests.actions.stage import Stage


def test_a_file_not_bound_to_the_case_is_nobodys(stage: Stage) -> None:
    case, other = stage.start().case, stage.start().case
    made = stage.act("clerk", upload_file, UploadFile("a.txt", "text/plain", lambda: [b"secret"], 100))
    given = {"form_file": [made.id]}
    with stage.database.begin() as tx:
        frame = stage.surroundings(tx, "clerk")
        assert FACTS["form_file"](frame, case, given) is None
        files.bind_attachments(tx, [made.id], case_id=other.id, task_id=None)
        assert FACTS["form_file"](frame, case, given) is None
        assert FACTS["form_file"](frame, other, given) == b"secret"
