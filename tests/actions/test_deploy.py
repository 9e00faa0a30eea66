"""Deploying a diagram: all of it, or every problem at once."""

import pytest

from service.actions.deploy import Deploy, deploy
from service.domain.errors import DiagramRefused, NotAllowed
from service.store import definitions
from tests.actions.stage import SMALL, Stage

FILES = {p.name: p.read_bytes() for p in SMALL.iterdir()}


def test_it_makes_a_new_version_when_a_file_changed(stage: Stage) -> None:
    changed = FILES | {"review.form": FILES["review.form"].replace("意见".encode(), "审核意见".encode())}
    made = stage.act("sysadmin", deploy, Deploy(changed))
    assert made.version == 2
    with stage.database.read() as tx:
        assert definitions.bundle_files(tx, made.bundle_digest)["review.form"] == changed["review.form"]


def test_it_keeps_the_version_when_nothing_changed(stage: Stage) -> None:
    assert stage.act("sysadmin", deploy, Deploy(FILES)).version == 1


def test_running_cases_keep_the_version_they_began_with(stage: Stage) -> None:
    case = stage.start().case
    changed = FILES | {"small.bpmn": FILES["small.bpmn"].replace("拟清单".encode(), "编清单".encode())}
    stage.act("sysadmin", deploy, Deploy(changed))
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    assert stage.case(case.id).definition_version == 1
    assert stage.start().case.definition_version == 2


def test_it_refuses_everybody_but_the_system_administrator(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="系统管理员"):
        stage.act("reviewer", deploy, Deploy(FILES))


def test_it_names_every_problem_with_its_place(stage: Stage) -> None:
    broken = FILES["small.bpmn"].replace(b'oneseal:handler="echo"', b'oneseal:handler="nobody"')
    broken = broken.replace(b'= decision = "agree"', b'= decision = = "agree"')
    broken = broken.replace(b'camunda:formKey="review"', b'camunda:formKey="lost"')
    with pytest.raises(DiagramRefused) as refusal:
        stage.act("sysadmin", deploy, Deploy(FILES | {"small.bpmn": broken}))
    places = {fault.where["element"] for fault in refusal.value.faults}
    assert {"check", "f5", "review"} <= places
    assert all(fault.where["file"] == "small.bpmn" and fault.where["line"] for fault in refusal.value.faults)
    with stage.database.read() as tx:
        assert len(definitions.list_definitions(tx)) == 1


@pytest.mark.parametrize("content", [b"", b"not xml", b"<html/>", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_it_refuses_what_is_not_bpmn(stage: Stage, content: bytes) -> None:
    with pytest.raises(DiagramRefused):
        stage.act("sysadmin", deploy, Deploy({"x.bpmn": content}))
