"""Uploading a file."""

import hashlib

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.upload_file import UploadFile, upload_file
from service.domain.cases import Act
from service.domain.errors import Invalid, TooLarge
from service.store import files
from tests.actions.stage import Stage

CONTENT = "会议纪要（示例）".encode() * 40_000


def _upload(stage: Stage, person: str = "clerk", *, content: bytes = CONTENT, limit: int = 10_000_000) -> str:
    pieces = [content[i : i + 65_536] for i in range(0, len(content), 65_536)]
    return stage.act(person, upload_file, UploadFile("纪要.pdf", "application/pdf", lambda: pieces, limit)).id


def test_it_stores_the_exact_bytes_by_their_content(stage: Stage) -> None:
    id = _upload(stage)
    with stage.database.read() as tx:
        kept = files.get_attachment(tx, id)
        assert kept
        assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert b"".join(files.read_blob(tx, kept.sha256)) == CONTENT


def test_the_same_content_is_stored_once_under_two_attachments(stage: Stage) -> None:
    assert _upload(stage) != _upload(stage)


def test_it_stops_at_the_limit(stage: Stage) -> None:
    with pytest.raises(TooLarge, match="1000"):
        _upload(stage, limit=1000)


@pytest.mark.parametrize("name", ["", "/", "a\x00b", "x" * 300])
def test_it_refuses_a_bad_name(stage: Stage, name: str) -> None:
    with pytest.raises(Invalid):
        stage.act("clerk", upload_file, UploadFile(name, "text/plain", lambda: [b"x"], 100))


def test_it_keeps_only_the_last_part_of_a_path(stage: Stage) -> None:
    made = stage.act("clerk", upload_file, UploadFile("..\\..\\etc/纪要.pdf", "text/plain", lambda: [b"x"], 100))
    assert made.file_name == "纪要.pdf"


def test_an_act_refers_to_ones_own_file_and_to_nobody_elses(stage: Stage) -> None:
    mine, other = _upload(stage), _upload(stage, "clerk2")
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(Invalid, match=other):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}, Act(attachments=(other,))))
    stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}, Act(attachments=(mine,))))
    with stage.database.read() as tx:
        kept = files.get_attachment(tx, mine)
    assert kept
    assert (kept.case_id, kept.task_id) == (task.case_id, task.id)


def test_a_form_field_refers_to_ones_own_file_and_to_nobody_elses(stage: Stage) -> None:
    mine, other = _upload(stage), _upload(stage, "clerk2")
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(Invalid, match=other):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x", "paper": [mine, other]}))
    stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x", "paper": [mine]}))
    with stage.database.read() as tx:
        kept = files.get_attachment(tx, mine)
        left = files.get_attachment(tx, other)
    assert kept
    assert left
    assert (kept.case_id, kept.task_id, left.case_id) == (task.case_id, task.id, None)
