"""下放、赋权、委托文件."""

from datetime import date
from typing import Any

import pytest

from service.actions.put_document import PutDocument, put_document
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale
from service.domain.library import PowerDocument, PowerKind
from tests.actions.bookshelf import eight, put, told
from tests.actions.stage import Stage

PAPER = {
    "kind": PowerKind.EMPOWER, "number": "示例云政[2022]3号", "title": "赋权决定（示例）", "issuer": "云霄县人民政府",
    "dated": date(2022, 1, 4), "valid_from": date(2022, 2, 1), "item_ids": ("jiuzhu",), "township_ids": ("huotian",),
}  # fmt: skip


def enter(stage: Stage, person: str = "reform-clerk", **said: Any) -> PowerDocument:
    return stage.act(person, put_document, PutDocument(PAPER | said, "fuquan", new=True))


def test_the_reform_office_enters_it(shelf_stage: Stage) -> None:
    put(shelf_stage)
    made = enter(shelf_stage)
    assert (made.number, made.version) == ("示例云政〔2022〕3号", 1)
    assert made.holds("huotian", date(2022, 3, 1))
    assert not made.holds("heping", date(2022, 3, 1))
    assert [e.type for e in told(shelf_stage, "power_document/fuquan")] == ["power_document.put"]
    order = PutDocument({"township_ids": ()}, "fuquan", if_match=1)
    assert shelf_stage.act("reviewer", put_document, order).holds("heping", date(2022, 3, 1))
    with pytest.raises(Stale):
        shelf_stage.act("reviewer", put_document, order)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"number": "", "title": "", "issuer": ""}, ["number", "title", "issuer"]), ({"number": "3号"}, ["number"]),
        ({"item_ids": ("none",)}, ["item_ids"]), ({"township_ids": ("minzheng",)}, ["township_ids"]),
        ({"item_ids": ("jiuzhu", "jiuzhu")}, ["item_ids"]), ({"valid_to": date(2022, 1, 31)}, ["valid_to"]),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong(shelf_stage: Stage, said: dict[str, Any], fields: list[str]) -> None:
    put(shelf_stage)
    with pytest.raises(Invalid) as refused:
        enter(shelf_stage, **said)
    assert [f.where["field"] for f in refused.value.faults] == fields


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_reform_office(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    with pytest.raises(NotAllowed):
        enter(shelf_stage, person)


def test_a_number_is_taken_once(shelf_stage: Stage) -> None:
    put(shelf_stage)
    assert eight(lambda: enter(shelf_stage)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(NotFound):
        shelf_stage.act("reform-clerk", put_document, PutDocument(PAPER, "none"))
