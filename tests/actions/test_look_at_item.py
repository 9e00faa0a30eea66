"""One item: faults, missing elements, versions and what differs."""

from datetime import UTC, datetime

import pytest

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.look_at_item import (
    ItemView,
    look_at_differences,
    look_at_item,
    look_at_version,
    look_at_versions,
)
from service.actions.look_at_items import ItemsWanted, look_at_items
from service.actions.put_item import PutItem, put_item
from service.domain.errors import NotFound
from service.domain.items import Authorisation, AuthorisationStatus, Citation, Material, Verdict
from service.domain.library import BasisStatus, LegalBasis, PowerDocument, PowerKind
from service.store import items, ledger, library
from tests.actions.bookshelf import described, put
from tests.actions.stage import Stage


def seen(stage: Stage) -> ItemView:
    with stage.frame("clerk") as frame:
        return look_at_item(frame, "jiuzhu")


def test_it_tells_faults_from_doubts_and_names_what_is_missing(shelf_stage: Stage) -> None:
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例"))
    put(shelf_stage, catalog_code="3501123450", citations=(Citation("law"),), places="", visits=None)
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例", status=BasisStatus.REPEALED))
    found = seen(shelf_stage)
    assert [f.code for f in found.faults] == ["basis-repealed"]
    assert [f.code for f in found.doubts] == ["code-old"]
    assert found.missing == ("visits", "places")
    assert [b.id for b in found.bases] == ["law"]


def test_it_shows_where_it_is_authorised_and_by_which_document_it_was_given(shelf_stage: Stage) -> None:
    described(shelf_stage)
    _use(shelf_stage, version=2)
    with shelf_stage.database.begin() as tx:
        for id, ids in (("d", ("jiuzhu",)), ("e", ("other",))):
            library.put_document(tx, PowerDocument(id, PowerKind.EMPOWER, "示例〔2022〕1号", "t", "i", item_ids=ids))
    found = seen(shelf_stage)
    assert [(a.township_id, a.item_version) for a in found.authorisations] == [("huotian", 2)]
    assert [d.id for d in found.documents] == ["d"]


def test_versions_say_who_changed_what_and_what_rests_on_them(shelf_stage: Stage) -> None:
    described(shelf_stage)
    _use(shelf_stage, version=2)
    order = PutItem(
        {"ways": ("1", "3"), "fee": True, "materials": (Material("申请书", copies=2),)}, "jiuzhu", note="改"
    )
    shelf_stage.act("reform-clerk", put_item, order)
    shelf_stage.act("reform-clerk", cancel_item, CancelItem("jiuzhu", "清单删除"))
    with shelf_stage.frame("clerk") as frame:
        fourth, third, second, first = look_at_versions(frame, "jiuzhu")
    assert (first.changed, first.signed) == ((), 0)
    assert [d.element for d in second.changed] == ["flow"]
    assert second.changed[0].after == "1. 受理：综合窗口，0天。\n2. 审核：中心经办，1天。材料齐全"
    assert (second.signed, second.authorised) == (1, 1)
    assert [(d.label, d.before, d.after) for d in third.changed] == [
        ("办理形式", "窗口", "窗口、移动端"), ("是否收费", "否", "是"),
        ("申请材料", "申请书（来源：无；原件0份，复印件0份，必备）", "申请书（来源：无；原件0份，复印件2份，必备）"),
    ]  # fmt: skip
    assert (third.item.made_by, third.item.change_note, third.signed) == ("reform-clerk", "改", 0)
    assert [(d.label, d.before, d.after) for d in fourth.changed] == [("事项状态", "在用", "取消（清单删除）")]


def test_two_versions_are_compared_in_words(shelf_stage: Stage) -> None:
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "《条例》"))
    put(shelf_stage)
    change = {
        "department_id": "nongye",
        "citations": (Citation("law", "第三条"),),
        "agency": "police",
        "results": ("甲", "乙"),
    }
    shelf_stage.act("reform-clerk", put_item, PutItem(change, "jiuzhu"))
    with shelf_stage.frame("clerk") as frame:
        found = look_at_differences(frame, "jiuzhu", first=1, second=2)
        back = look_at_differences(frame, "jiuzhu", first=2, second=1)
        assert look_at_version(frame, "jiuzhu", 1).department_id == "minzheng"
    assert [(d.element, d.before, d.after) for d in found] == [
        ("department_id", "县民政局", "县农业农村局"), ("citations", "", "《条例》第三条"),
        ("agency", "无（乡镇本级事项）", "公安派出所"), ("results", "审核意见", "甲\n乙"),
    ]  # fmt: skip
    assert [(d.before, d.after) for d in back] == [(d.after, d.before) for d in found]


def test_what_is_not_there_is_said(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with shelf_stage.frame("clerk") as frame:
        for look in (look_at_item, look_at_versions):
            with pytest.raises(NotFound):
                look(frame, "none")
        with pytest.raises(NotFound, match="第9版"):
            look_at_differences(frame, "jiuzhu", first=1, second=9)
        with pytest.raises(NotFound):
            look_at_version(frame, "jiuzhu", 9)
        assert [one.item_class for one in look_at_items(frame, ItemsWanted()).items] == [""], (
            "no table is deployed here"
        )


def test_the_funnel_counts_items_in_use_by_step(shelf_stage: Stage) -> None:
    described(shelf_stage)
    for id in ("a", "b", "c"):
        put(shelf_stage, id=id)
    put(shelf_stage, "reform-clerk", id="other", department_id="nongye")
    shelf_stage.act("reform-clerk", cancel_item, CancelItem("c", "x"))
    _use(shelf_stage, version=2)
    with shelf_stage.database.read() as tx:
        assert items.progress(tx) == {"draft": 3, "sorted": 0, "described": 1, "authorised": 1}
        assert items.progress(tx, department_id="nongye") == {"draft": 1, "sorted": 0, "described": 0, "authorised": 0}


def _use(stage: Stage, *, version: int) -> None:
    """A department's opinion about this version, and an authorisation of it."""
    case, at = stage.start().case.id, datetime(2022, 10, 14, tzinfo=UTC)
    row = Authorisation(
        "a", "huotian", "jiuzhu", version, "x", "E4", "decide", AuthorisationStatus.TRIAL, case, "1", None, "", "", at,
        None, None, None,
    )  # fmt: skip
    opinion = Verdict("v", "sign_off", "minzheng", "jiuzhu", version, "agree", "", case, at, at.date())
    with stage.database.begin() as tx:
        ledger.put_authorisation(tx, row)
        ledger.put_verdict(tx, opinion)
