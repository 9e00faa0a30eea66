"""代码表."""

from dataclasses import replace

import pytest

from service.actions.deactivate_entry import DeactivateEntry, deactivate_entry
from service.actions.put_entry import PutEntry, put_entry
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests.actions.bookshelf import eight, told
from tests.actions.stage import Stage

NEW = PutEntry("item_type", "21", "公共服务（延伸）", 30, "云霄县", new=True)


@pytest.mark.parametrize("person", ["sysadmin", "reform-clerk"])
def test_a_code_of_the_countys_own_is_added(shelf_stage: Stage, person: str) -> None:
    made = shelf_stage.act(person, put_entry, NEW)
    assert (made.active, made.version, made.source) == (True, 1, "云霄县")
    assert [(e.type, e.actor_id) for e in told(shelf_stage, "dictionary/item_type")] == [("dictionary.put", person)]


def test_a_label_is_changed_and_what_went_out_of_use_comes_back(shelf_stage: Stage) -> None:
    shelf_stage.act("sysadmin", put_entry, NEW)
    shelf_stage.act("sysadmin", deactivate_entry, DeactivateEntry("item_type", "21"))
    order = PutEntry("item_type", "21", "延伸服务", 30, if_match=2)
    made = shelf_stage.act("sysadmin", put_entry, order)
    assert (made.label, made.active, made.version) == ("延伸服务", True, 3)
    with pytest.raises(Stale):
        shelf_stage.act("sysadmin", put_entry, order)
    assert shelf_stage.act("sysadmin", put_entry, replace(order, if_match=None)).version == 3


def test_decisions_keep_their_codes(shelf_stage: Stage) -> None:
    with pytest.raises(Conflict, match="权力来源"):
        shelf_stage.act("sysadmin", put_entry, PutEntry("power_source", "7", "其他", 7, new=True))
    relabelled = shelf_stage.act("sysadmin", put_entry, PutEntry("power_source", "2", "县级下放", 2))
    assert relabelled.label == "县级下放"


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk"])
def test_it_is_for_the_system_administrator_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, put_entry, NEW)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (replace(NEW, code="二十一"), "code"), (replace(NEW, code=""), "code"), (replace(NEW, label=" "), "label"),
        (replace(NEW, position=-1), "position"), (replace(NEW, source="x" * 201), "source"),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong(shelf_stage: Stage, order: PutEntry, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        shelf_stage.act("sysadmin", put_entry, order)
    assert [f.where["field"] for f in refused.value.faults] == [field]


def test_a_code_is_taken_once_in_a_dictionary_that_exists(shelf_stage: Stage) -> None:
    assert eight(lambda: shelf_stage.act("sysadmin", put_entry, NEW)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(NotFound):
        shelf_stage.act("sysadmin", put_entry, replace(NEW, dictionary="none"))
    with pytest.raises(NotFound):
        shelf_stage.act("sysadmin", put_entry, PutEntry("item_type", "99", "x", 1))
