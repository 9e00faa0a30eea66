"""表格登记."""

from dataclasses import replace

import pytest

from service.actions.put_form import PutForm, put_form
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale
from service.store import items
from tests.actions.bookshelf import eight, told
from tests.actions.stage import Stage

NEW = PutForm("临时救助申请审批表", "minzheng", "county", "jiuzhu-biao", new=True)


def test_a_department_registers_its_form(shelf_stage: Stage) -> None:
    made = shelf_stage.act("minzheng-clerk", put_form, NEW)
    assert (made.version, made.status) == (1, "unchecked")
    assert [e.type for e in told(shelf_stage, "form/jiuzhu-biao")] == ["form.put"]


def test_a_new_version_stops_the_one_before(shelf_stage: Stage) -> None:
    shelf_stage.act("minzheng-clerk", put_form, NEW)
    made = shelf_stage.act("minzheng-clerk", put_form, replace(NEW, name="新表", new=False, if_match=1))
    assert (made.version, made.name, made.status) == (2, "新表", "unchecked")
    with shelf_stage.database.read() as tx:
        assert [(f.version, f.status) for f in items.form_versions(tx, "jiuzhu-biao")] == [
            (2, "unchecked"),
            (1, "stopped"),
        ]
    with pytest.raises(Stale):
        shelf_stage.act("minzheng-clerk", put_form, replace(NEW, new=False, if_match=1))


@pytest.mark.parametrize("person", ["nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_owner_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, put_form, NEW)
    shelf_stage.act("reform-clerk", put_form, NEW)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, put_form, replace(NEW, owner_id="nongye", new=False))


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (replace(NEW, name=" "), "name"),
        (replace(NEW, owner_id="none"), "owner"),
        (replace(NEW, level="world"), "level"),
    ],
)
def test_it_names_what_is_wrong(shelf_stage: Stage, order: PutForm, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        shelf_stage.act("reform-clerk", put_form, order)
    assert [f.where["field"] for f in refused.value.faults] == [field]


def test_a_number_is_taken_once(shelf_stage: Stage) -> None:
    assert eight(lambda: shelf_stage.act("minzheng-clerk", put_form, NEW)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(NotFound):
        shelf_stage.act("minzheng-clerk", put_form, replace(NEW, form_id="none", new=False))
    assert shelf_stage.act("minzheng-clerk", put_form, replace(NEW, form_id="")).id == "bg-0001"
