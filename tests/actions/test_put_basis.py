"""设定依据入库."""

from datetime import date
from typing import Any

import pytest

from service.actions.put_basis import PutBasis, put_basis
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.domain.library import BasisStatus, LegalBasis
from service.store import library
from tests.actions.bookshelf import eight, told
from tests.actions.stage import Stage

LAW = {
    "name": "社会救助暂行办法（示例）",
    "number": "国务院令第649号",
    "level": "regulation",
    "effective_on": date(2014, 5, 1),
}


def enter(stage: Stage, person: str = "minzheng-clerk", **said: Any) -> LegalBasis:
    return stage.act(person, put_basis, PutBasis(LAW | said, "jiuzhu-banfa", new=True))


@pytest.mark.parametrize("person", ["minzheng-clerk", "reform-clerk"])
def test_a_department_or_the_office_enters_it(shelf_stage: Stage, person: str) -> None:
    made = enter(shelf_stage, person)
    assert (made.version, made.status) == (1, BasisStatus.UNVERIFIED)
    with shelf_stage.database.read() as tx:
        assert library.get_basis(tx, "jiuzhu-banfa") == made
    assert [(e.type, e.actor_id) for e in told(shelf_stage, "basis/jiuzhu-banfa")] == [("basis.put", person)]


def test_it_is_changed_in_place_and_counted(shelf_stage: Stage) -> None:
    enter(shelf_stage)
    order = PutBasis({"status": BasisStatus.IN_FORCE, "number": "民发[2021]57号"}, "jiuzhu-banfa", if_match=1)
    made = shelf_stage.act("nongye-clerk", put_basis, order)
    assert (made.version, made.status, made.name) == (2, BasisStatus.IN_FORCE, LAW["name"])
    assert made.number == "民发〔2021〕57号"
    assert shelf_stage.act("nongye-clerk", put_basis, PutBasis({"note": ""}, "jiuzhu-banfa")).version == 2
    assert len(told(shelf_stage, "basis/jiuzhu-banfa")) == 2
    with pytest.raises(Stale):
        shelf_stage.act("nongye-clerk", put_basis, order)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"), ({"number": "2021年57号"}, "number"), ({"level": "decree"}, "level"),
        ({"status": BasisStatus.REPEALED}, "status"), ({"issuers": ("x" * 1001,)}, "issuers"),
        ({"effective_on": date(1900, 1, 1)}, "effective_on"), ({"name": "a\nb"}, "name"),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong(shelf_stage: Stage, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(shelf_stage, **said)
    assert [f.where["field"] for f in refused.value.faults] == [field]


def test_repeal_and_succession_come_no_other_way(shelf_stage: Stage) -> None:
    made = enter(shelf_stage, successor_id="x", repealed_on=date(2020, 1, 1))
    assert (made.successor_id, made.repealed_on) == ("", None)
    repealed = LegalBasis("gone", "旧法", status=BasisStatus.REPEALED)
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, repealed)
    with pytest.raises(Conflict, match="已经废止"):
        shelf_stage.act("reform-clerk", put_basis, PutBasis({"name": "x"}, "gone"))


@pytest.mark.parametrize("person", ["clerk", "sysadmin", "leader"])
def test_townships_and_administrators_enter_none(shelf_stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        enter(shelf_stage, person)


def test_a_number_is_taken_once(shelf_stage: Stage) -> None:
    assert eight(lambda: enter(shelf_stage)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(NotFound):
        shelf_stage.act("reform-clerk", put_basis, PutBasis(LAW, "none"))
    assert shelf_stage.act("reform-clerk", put_basis, PutBasis(LAW, new=True)).id == "yj-0001"
