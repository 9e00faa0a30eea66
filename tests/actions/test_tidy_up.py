"""Tidying up: what is long over goes, what anybody could still need stays, and the history is never touched."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.save_draft import SaveDraft, save_draft
from service.actions.tidy_up import tidy_up
from service.actions.upload_file import UploadFile, upload_file
from service.actions.verify_history import verify_history
from service.domain.cases import Act, Attachment
from service.domain.errors import Conflict
from service.domain.items import Notification
from service.domain.keeping import CHAIN, Retention, Tidied
from service.settings import Settings
from service.store import events, files, idempotency, imports, notices, sessions, sign_ins
from service.store.idempotency import Remembered
from service.store.retention import columns_naming
from service.store.sessions import Session
from service.store.sign_ins import Attempt
from service.store.tables import attachment, blob, form, seal
from tests.actions.handed_in import PERSON, PLACE, imported, man, preview
from tests.actions.stage import Stage

LONG = timedelta(days=400)


def tidied(stage: Stage, keep: Retention | None = None) -> Tidied:
    return stage.act("system", lambda frame, order: tidy_up(frame, order), keep)


def upload(stage: Stage, content: bytes = b"%PDF", person: str = "clerk") -> Attachment:
    return stage.act(person, upload_file, UploadFile("批文.pdf", "application/pdf", lambda: [content], 1 << 20))


def left(stage: Stage) -> tuple[int, int]:
    """(attachments, contents)."""
    with stage.database.read() as tx:
        return len(tx.connection.execute(select(attachment)).all()), len(tx.connection.execute(select(blob)).all())


def _fill(stage: Stage, name: str) -> None:
    answer = Remembered("h", 200, {}, "{}")
    with stage.database.begin() as tx:
        idempotency.remember(tx, actor_id="clerk", key=name, answer=answer, at=stage.now)
        sessions.add_session(tx, Session(name, name, "clerk", stage.now, stage.now, stage.now, stage.now))
        sign_ins.add_failure(tx, name, login_hash="l", address="a", at=stage.now)
        sign_ins.add_attempt(tx, Attempt(name, "b", "/", stage.now))


def test_it_drops_what_is_long_over_and_keeps_the_rest(stage: Stage) -> None:
    _fill(stage, "old")
    stage.later(timedelta(days=31))
    _fill(stage, "new")
    assert tidied(stage) == Tidied(answers=1, sessions=1, tries=1), "half a sign-in is nothing to keep"
    assert tidied(stage).rows == 0
    with stage.database.begin() as tx:
        assert idempotency.remembered(tx, actor_id="clerk", key="old") is None
        assert idempotency.remembered(tx, actor_id="clerk", key="new")
        assert (sessions.session_by_hash(tx, "old"), bool(sessions.session_by_hash(tx, "new"))) == (None, True)
        assert sign_ins.failures(tx, since=stage.now - timedelta(days=99)).count == 2
        assert [bool(sign_ins.take_attempt(tx, name)) for name in ("old", "new")] == [False, True]


def test_workbooks_that_nobody_imported_go_with_their_content_and_imported_ones_stay(stage: Stage) -> None:
    man(stage)
    waiting = preview(stage, "sysadmin", people=[PERSON])
    faulty = preview(stage, "sysadmin", people=[PERSON | {"name": ""}])
    done = imported(stage, "sysadmin", organisations=[PLACE])
    stage.later(timedelta(days=31))
    fresh = preview(stage, "sysadmin", people=[PERSON | {"id": "lisi"}])
    with stage.frame("system") as frame:
        assert (tidy_up(frame).uploads, tidy_up(frame).rows) == (2, 0)
    with stage.database.read() as tx:
        assert [bool(imports.get_batch(tx, batch.id)) for batch in (waiting, faulty, done, fresh)] == [
            False,
            False,
            True,
            True,
        ]
        assert [bool(files.get_blob(tx, batch.sha256)) for batch in (waiting, faulty, done)] == [False, False, True]


def test_the_spans_are_those_of_the_settings(stage: Stage) -> None:
    settings = Settings(
        keep_answers_days=3, keep_sessions_days=5, keep_notices_days=200, keep_uploads_days=9, keep_failures_days=190
    )
    days = [timedelta(days=n) for n in (3, 5, 200, 9, 190)]
    keep = settings.retention
    assert keep == Retention(*days)
    _fill(stage, "x")
    stage.later(timedelta(days=4))
    assert tidied(stage, keep) == Tidied(answers=1, tries=1)
    stage.later(timedelta(days=2))
    assert tidied(stage, keep) == Tidied(sessions=1)
    stage.later(timedelta(days=184))
    assert tidied(stage, keep).rows == 0
    stage.later(timedelta(days=1))
    assert tidied(stage, keep) == Tidied(tries=1)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("keep_notices_days", 180),
        ("keep_uploads_days", 7),
        ("keep_answers_days", 1),
        ("keep_sessions_days", 1),
        ("keep_failures_days", 184),
    ],
)
def test_nothing_can_be_set_shorter_than_it_is_needed(name: str, least: int) -> None:
    assert Settings.model_validate({name: least})
    with pytest.raises(ValueError, match="greater than or equal"):
        Settings.model_validate({name: least - 1})


def test_what_is_sealed_stays_whatever_its_age(stage: Stage) -> None:
    """Acts, sign-ins and refused attempts: 网络安全法第二十一条 wants six months, the history keeps them for good."""
    case = stage.start().case.id
    with stage.frame("clerk") as frame:
        for type in ("session.begun", "session.refused", "attempt.denied"):
            seal_chain_event(frame, actor_day_chain("clerk", frame.now), EventFacts(type=type))
    with stage.database.read() as tx:
        before = events.list_events(tx, limit=1000).items
    stage.later(timedelta(days=3660))
    tidied(stage)
    with stage.database.read() as tx:
        assert events.list_events(tx, limit=1000).items == before
        assert verify_history(tx).breaks == ()
    assert stage.case(case)


def test_an_upload_nobody_used_goes_with_its_content_and_that_is_sealed(stage: Stage) -> None:
    upload(stage, b"unused" * 1000)
    stage.later(timedelta(days=29))
    assert tidied(stage).rows == 0
    stage.later(timedelta(days=2))
    assert tidied(stage) == Tidied(uploads=1, files=1, bytes=6000)
    assert left(stage) == (0, 0)
    with stage.database.read() as tx:
        (sealed,) = events.read_chain(tx, CHAIN)
    body = json.loads(sealed.body)
    assert (body["type"], body["uploads"], body["files"], body["bytes"]) == ("data.tidied", 1, 1, 6000)


def test_a_content_two_uploads_share_stays_while_one_is_used(stage: Stage) -> None:
    case = stage.start().case.id
    used, unused = upload(stage, b"same"), upload(stage, b"same")
    assert used.sha256 == unused.sha256
    stage.do("clerk", stage.open_task(case).id, {"batch_name": "x"}, Act(attachments=(used.id,)))
    stage.later(LONG)
    assert tidied(stage) == Tidied(uploads=1)
    assert left(stage) == (1, 1)
    with stage.database.read() as tx:
        assert b"".join(files.read_blob(tx, used.sha256)) == b"same"


def test_what_a_draft_names_waits_for_the_clerk(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    found = upload(stage)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", save_draft, SaveDraft(task.id, {"batch_name": "x", "papers": [{"file": found.id}]}))
    stage.later(LONG)
    assert tidied(stage).rows == 0
    stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}, Act()))
    assert tidied(stage) == Tidied(uploads=1, files=1, bytes=4)


def test_a_content_a_register_names_stays(stage: Stage) -> None:
    """Forms and specimens are kept by their digest, without a foreign key."""
    for content in (b"form", b"specimen"):
        upload(stage, content)
    digests = [hashlib.sha256(content).hexdigest() for content in (b"form", b"specimen")]
    with stage.database.begin() as tx:
        tx.connection.execute(
            insert(form).values(
                id="f", version=1, name="表", owner_id="huotian", level="county", sha256=digests[0], status="x",
                example=True,
            )
        )  # fmt: skip
        tx.connection.execute(
            insert(seal).values(
                id="s", organisation_id="huotian", kind="special", name="章", shape="圆", diameter_mm=42, status="x",
                filing_number="", seal_code="", keeper_a="", keeper_b="", specimen_sha256=digests[1],
            )
        )  # fmt: skip
    stage.later(LONG)
    assert tidied(stage) == Tidied(uploads=2)
    assert left(stage) == (0, 2)


def test_every_column_that_may_name_a_file_is_known() -> None:
    """A table that names files in another way would lose them: give the column one of the words, or add its word."""
    digests = {f"{c.table.name}.{c.name}" for c in columns_naming(blob)}
    assert {"attachment.sha256", "form.sha256", "seal.specimen_sha256"} <= digests
    assert "task.draft" in {f"{c.table.name}.{c.name}" for c in columns_naming(attachment)}


def test_an_act_that_names_what_was_just_tidied_away_is_refused_whole(stage: Stage) -> None:
    found = upload(stage)
    with stage.database.begin() as tx:
        tx.connection.execute(text("DELETE FROM attachment"))
    with pytest.raises(Conflict, match="重新上传"), stage.database.begin() as tx:
        files.bind_attachments(tx, [found.id], case_id="c", task_id=None)


def test_notices_of_running_cases_stay(stage: Stage) -> None:
    running, over = stage.start().case.id, stage.start().case.id
    with stage.database.begin() as tx:
        for id, case in (("a", running), ("b", over), ("c", None)):
            notices.add_notification(
                tx, Notification(id=id, kind="notice", organisation_id=None, post="", person_id="clerk", case_id=case,
                                 task_id=None, text="x", created_at=stage.now)
            )  # fmt: skip
        tx.connection.execute(text("UPDATE case_ SET status = 'completed' WHERE id = :id"), {"id": over})
    stage.later(timedelta(days=364))
    assert tidied(stage).rows == 0
    stage.later(timedelta(days=2))
    assert tidied(stage) == Tidied(notices=2)
    with stage.database.read() as tx:
        assert tx.connection.execute(text("SELECT id FROM notification")).scalars().all() == ["a"]
