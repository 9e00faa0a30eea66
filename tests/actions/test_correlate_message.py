"""A message from outside."""

import pytest

from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.actions.deploy import Deploy, deploy
from service.domain.cases import CaseStatus
from service.domain.errors import Invalid, NotAllowed, NotFound
from service.store import events
from tests.actions.stage import SMALL, Stage


def _at_review(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    return case.id


def test_it_reaches_the_case_that_waits(stage: Stage) -> None:
    case_id = _at_review(stage)
    (job,) = stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case_id, {"why": "材料有误"}))
    assert job
    stage.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED


def test_it_reaches_only_the_key_it_names(stage: Stage) -> None:
    first, second = _at_review(stage), _at_review(stage)
    stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", first, {}))
    stage.work()
    assert stage.case(second).status is CaseStatus.ACTIVE


def test_it_says_when_nobody_waits(stage: Stage) -> None:
    with pytest.raises(NotFound, match="withdrawn"):
        stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", stage.start().case.id, {}))


def test_it_does_not_tell_another_township_that_the_case_exists(stage: Stage) -> None:
    case_id = _at_review(stage)
    with pytest.raises(NotFound):
        stage.act("heping-director", correlate_message, CorrelateMessage("withdrawn", case_id, {}))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.ACTIVE


def test_only_those_the_diagram_names_may_send_it(stage: Stage) -> None:
    case_id = _at_review(stage)
    with pytest.raises(NotAllowed, match="流程图没有授权"):
        stage.act("clerk2", correlate_message, CorrelateMessage("withdrawn", case_id, {}))
    assert stage.act("director", correlate_message, CorrelateMessage("withdrawn", case_id, {}))


def test_where_the_diagram_names_nobody_only_another_case_may(stage: Stage) -> None:
    """Else a township could write a department's answer."""
    files = {p.name: p.read_bytes() for p in SMALL.iterdir()}
    senders = b' oneseal:senders="initiator,center_director@center"'
    assert senders in files["small.bpmn"]
    stage.act("sysadmin", deploy, Deploy(files | {"small.bpmn": files["small.bpmn"].replace(senders, b"")}))
    case_id = _at_review(stage)
    for person in ("clerk", "director", "reviewer"):
        with pytest.raises(NotAllowed):
            stage.act(person, correlate_message, CorrelateMessage("withdrawn", case_id, {}))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.ACTIVE


def test_it_sets_no_variable_of_the_house_and_says_what_was_sent(stage: Stage) -> None:
    case_id = _at_review(stage)
    with pytest.raises(Invalid, match="township_id"):
        stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case_id, {"township_id": "heping"}))
    stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case_id, {"why": "材料有误"}))
    with stage.database.read() as tx:
        sent = [e for e in events.read_chain(tx, f"case/{case_id}") if '"message.sent"' in e.body]
    assert "材料有误" in (sent[0].payload or "")
    assert "材料有误" not in sent[0].body
