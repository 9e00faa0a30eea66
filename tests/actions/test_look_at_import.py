"""Who sees a preview: whoever uploaded it, and those who read and take out its kinds anyway."""

import pytest

from service.actions.look_at_import import look_at_faults, look_at_import, look_at_imports, look_at_lines
from service.domain.errors import NotFound
from service.domain.sheets.plan import State
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, PERSON, PLACE, preview
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


@pytest.mark.parametrize("person", ["sysadmin", "secadmin", "auditadmin", "reviewer"])
def test_administrators_and_auditors_see_previews_of_people(stage: Stage, person: str) -> None:
    batch = preview(stage, "sysadmin", people=[PERSON])
    assert stage.act(person, look_at_import, batch.id) == batch


@pytest.mark.parametrize("person", ["clerk", "minzheng-clerk"])
def test_others_do_not_even_learn_that_there_is_one(stage: Stage, person: str) -> None:
    batch = preview(stage, "sysadmin", people=[PERSON])
    with pytest.raises(NotFound) as refused:
        stage.act(person, look_at_import, batch.id)
    assert refused.value.values["hidden"]
    with pytest.raises(NotFound):
        stage.act(person, look_at_faults, batch.id)


def test_lines_come_page_by_page_in_the_order_of_the_workbook(stage: Stage) -> None:
    batch = preview(
        stage, "sysadmin", organisations=[PLACE | {"id": f"p{n}", "name": f"第{n}镇", "code": ""} for n in range(7)]
    )
    with stage.frame("sysadmin") as frame:
        first = look_at_lines(frame, batch.id, state=None, after=None, limit=5)
        rest = look_at_lines(frame, batch.id, state=State.NEW, after=first.page.next, limit=5)
    assert [line.row for line in (*first.page.items, *rest.page.items)] == [2, 3, 4, 5, 6, 7, 8]
    assert rest.page.next is None
    assert "organisations" in first.known


def test_faults_come_with_the_workbook_they_stand_in(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", people=[PERSON | {"name": ""}])
    found = stage.act("sysadmin", look_at_faults, batch.id)
    assert [(fault.row, fault.heading) for fault in found.faults] == [(2, "姓名")]
    assert found.book.sheets[0].rows[2][1].text == "zhangsan"


def test_the_list_holds_one_s_own_and_for_auditors_all(stage: Stage) -> None:
    mine = preview(stage, "sysadmin", people=[PERSON])
    theirs = preview(stage, "minzheng-clerk", items=[ITEM])
    for person, seen in (("minzheng-clerk", [theirs.id]), ("auditadmin", [theirs.id, mine.id]), ("clerk", [])):
        with stage.frame(person) as frame:
            assert [batch.id for batch in look_at_imports(frame, after=None, limit=50).items] == seen
