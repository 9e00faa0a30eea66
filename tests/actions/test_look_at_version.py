"""Looking at a deployed version."""

import pytest

from service.actions.deploy import Deploy, deploy
from service.actions.look_at_version import VersionView, look_at_version
from service.domain.errors import NotFound
from tests.actions.stage import SMALL, Stage
from tests.databases import forge

FILES = {p.name: p.read_bytes() for p in sorted(SMALL.iterdir())}


def seen(stage: Stage, version: int | None = None, person: str = "clerk") -> VersionView:
    with stage.frame(person) as frame:
        return look_at_version(frame, "small", version)


def test_it_tells_steps_forms_files_and_how_many_cases_run(stage: Stage) -> None:
    stage.start()
    found = seen(stage)
    (process,) = found.processes
    assert (process.name, process.undrawn) == ("小流程", "")
    assert [(s.name, s.lane, s.form_key, s.due_workdays) for s in process.steps] == [
        ("拟清单", "便民服务中心", "draft", 5),
        ("预检", "便民服务中心", "", None),
        ("主任审核", "便民服务中心", "review", 2),
    ]
    assert found.files == {name: len(content) for name, content in FILES.items()}
    review = next(form for form in found.forms if form.id == "review")
    assert [(f.label, f.kind, f.required) for f in review.fields] == [
        ("结论", "radio", True),
        ("意见", "textarea", False),
    ]
    assert found.running == 1


def test_it_takes_the_newest_when_none_is_named_with_the_note_of_its_deployment(stage: Stage) -> None:
    stage.start()
    changed = FILES | {"small.bpmn": FILES["small.bpmn"].replace(b"P30D", b"P31D")}
    stage.act("sysadmin", deploy, Deploy(changed, "改为31天"))
    found = seen(stage)
    assert (found.definition.version, found.note, found.running) == (2, "改为31天", 0)
    assert [d.version for d in found.versions] == [2, 1]
    assert (seen(stage, 1).note, seen(stage, 1).running) == ("", 1)


def test_everybody_who_is_signed_in_may(stage: Stage) -> None:
    for person in ("heping-clerk", "sysadmin", "reviewer"):
        assert seen(stage, person=person).definition.version == 1


def test_what_is_not_there_is_named(stage: Stage) -> None:
    with stage.frame("clerk") as frame:
        for process, version in (("small", 9), ("nothing", None)):
            with pytest.raises(NotFound):
                look_at_version(frame, process, version)


def test_a_damaged_history_only_loses_the_note(stage: Stage) -> None:
    forge(stage.database, "UPDATE event SET body = 'broken' WHERE chain = :c AND seq = 1", c="definition/small")
    assert (seen(stage).note, seen(stage).definition.version) == ("", 1)
