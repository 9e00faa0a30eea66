"""梳理."""

from dataclasses import replace

import pytest

from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_entry import PutEntry, put_entry
from service.actions.sort_item import SortItem, sort_item
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.domain.items import Citation, PowerSource, Sorting
from service.domain.library import BasisStatus, LegalBasis
from service.store import library
from tests.actions.bookshelf import eight, newest, put, told
from tests.actions.stage import Stage

SORT = SortItem("jiuzhu")


def fields(error: Invalid) -> list[str]:
    return [f.where["field"] for f in error.faults]


def test_the_department_marks_its_whole_item(shelf_stage: Stage) -> None:
    put(shelf_stage)
    done = shelf_stage.act("minzheng-clerk", sort_item, SORT)
    assert (done.version, done.marks.sorting, done.marks.sorted_by) == (1, Sorting.SORTED, "minzheng-clerk")
    assert newest(shelf_stage) == done
    assert [e.type for e in told(shelf_stage, "item/jiuzhu")] == ["item.put", "item.sorted"]


def test_it_names_every_missing_element_and_what_others_make_needed(shelf_stage: Stage) -> None:
    put(shelf_stage, places="", visits=None, ways=(), power_source=PowerSource.ENTRUSTED_ABOVE, fee=True)
    with pytest.raises(Invalid, match="还有6项") as refused:
        shelf_stage.act("minzheng-clerk", sort_item, SORT)
    assert fields(refused.value) == ["power_document", "entrusting_department", "ways", "visits", "places", "fee_basis"]
    assert "尚未填写委托部门。" in [f.message for f in refused.value.faults]
    assert newest(shelf_stage).marks.sorting is Sorting.DRAFT


def test_a_basis_repealed_since_keeps_it_from_being_sorted(shelf_stage: Stage) -> None:
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例"))
    put(shelf_stage, citations=(Citation("law"),))
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例", status=BasisStatus.REPEALED))
    with pytest.raises(Invalid) as refused:
        shelf_stage.act("minzheng-clerk", sort_item, SORT)
    assert fields(refused.value) == ["citations"]


def test_a_doubt_does_not_keep_it(shelf_stage: Stage) -> None:
    put(shelf_stage, catalog_code="3501123450")
    shelf_stage.act("minzheng-clerk", sort_item, SORT)


@pytest.mark.parametrize("person", ["reform-clerk", "reviewer", "nongye-clerk", "clerk", "sysadmin"])
def test_only_the_department_says_so(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, sort_item, SORT)


def test_it_is_done_once_and_says_who_was_first(shelf_stage: Stage) -> None:
    put(shelf_stage)
    assert eight(lambda: shelf_stage.act("minzheng-clerk", sort_item, SORT)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(Conflict, match="县民政局经办（虚构）于2022-10-14"):
        shelf_stage.act("minzheng-clerk", sort_item, SORT)


def test_it_wants_todays_version_of_an_item_in_use(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with pytest.raises(Stale):
        shelf_stage.act("minzheng-clerk", sort_item, replace(SORT, if_match=2))
    shelf_stage.act("minzheng-clerk", pause_item, PauseItem("jiuzhu", "系统改造"))
    with pytest.raises(Conflict, match="暂停"):
        shelf_stage.act("minzheng-clerk", sort_item, SORT)
    with pytest.raises(NotFound):
        shelf_stage.act("minzheng-clerk", sort_item, SortItem("none"))


def test_a_code_of_the_countys_own_counts(shelf_stage: Stage) -> None:
    shelf_stage.act("sysadmin", put_entry, PutEntry("item_type", "21", "公共服务（延伸）", 30, new=True))
    put(shelf_stage, item_type="21")
    shelf_stage.act("minzheng-clerk", sort_item, SORT)
