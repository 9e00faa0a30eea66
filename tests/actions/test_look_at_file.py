"""Opening a file."""

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.look_at_file import look_at_file
from service.actions.upload_file import UploadFile, upload_file
from service.domain.cases import Act
from service.domain.errors import NotFound
from tests.actions.stage import Stage


def _upload(stage: Stage) -> str:
    return stage.act("clerk", upload_file, UploadFile("纪要.pdf", "application/pdf", lambda: [b"x"], 10)).id


def test_loose_it_is_its_owners_alone(stage: Stage) -> None:
    id = _upload(stage)
    with stage.frame("clerk") as frame:
        assert look_at_file(frame, id).file_name == "纪要.pdf"
    for person in ("clerk2", "heping-clerk", "sysadmin"):
        with pytest.raises(NotFound) as refusal, stage.frame(person) as frame:
            look_at_file(frame, id)
        assert refusal.value.values["hidden"], "the attempt is to be written down"


def test_attached_it_is_seen_by_those_who_see_the_case(stage: Stage) -> None:
    id, task = _upload(stage), stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}, Act(attachments=(id,))))
    with stage.frame("director") as frame:
        assert look_at_file(frame, id).case_id == task.case_id
    with pytest.raises(NotFound), stage.frame("heping-clerk") as frame:
        look_at_file(frame, id)


def test_what_is_not_there_is_nobodys_secret(stage: Stage) -> None:
    with pytest.raises(NotFound) as refusal, stage.frame("clerk") as frame:
        look_at_file(frame, "nothing")
    assert not refusal.value.values["hidden"]
