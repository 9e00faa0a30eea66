"""What handlers ask for is done with the step."""

from typing import Any

import pytest

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.describe_flow import DescribeFlow, describe_flow
from service.actions.parts.effects import EFFECTS
from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_item import PutItem, put_item
from service.actions.resume_item import ResumeItem, resume_item
from service.actions.review_item import ReviewItem, review_item
from service.actions.sort_item import SortItem, sort_item
from service.domain.cases import Case
from service.domain.errors import Invalid
from service.domain.people import Actor, Holding, Organisation, OrgKind
from service.store import ledger, notices, organisations
from tests.actions.bookshelf import STEPS, described, put
from tests.actions.stage import Stage


def test_a_document_is_told_to_whoever_opens_the_mail_of_its_receiver(stage: Stage) -> None:
    case = stage.case(stage.start().case.id)
    with stage.frame("system") as frame:
        organisations.add_organisation(
            frame.tx, Organisation("weijian", "县卫健局", "卫健局", OrgKind.DEPARTMENT, "yunxiao")
        )
        values = {"organisation_ids": ["weijian", "shengaiban", "xiaonengban"], "document": "启用通知"}
        EFFECTS["send_document"](frame, case, values, {})
        EFFECTS["send_document"](frame, case, values, {})
    clerks = {"weijian": "dept_clerk", "shengaiban": "reform_clerk", "xiaonengban": "efficiency_inspector"}
    with stage.database.read() as tx:
        receipts = notices.receipts_of(tx, case.id)
        for organisation, post in clerks.items():
            clerk = Actor("x", "x", holdings=(Holding(post, organisation),))
            assert {n.text for n in notices.list_notifications(tx, actor=clerk).items} == {"启用通知"}
    assert [r.organisation_id for r in receipts] == ["shengaiban", "weijian", "xiaonengban"], "a job may run twice"


def authorise(stage: Stage, case: Case, **said: Any) -> None:
    row: dict[str, Any] = {
        "id": "a", "township_id": "heping", "item_id": "jiuzhu", "item_version": 2, "item_name": "临时救助", "item_class": "E4",
        "scope": "decide", "document_number": "1", "document_date": None, "notice_number": "", "filing_number": "",
        "effective_at": stage.now, "valid_from": None, "valid_to": None, "seal_id": None,
    }  # fmt: skip
    with stage.frame("system") as frame:
        EFFECTS["authorise"](frame, case, row | said, {})


def ledger_rows(stage: Stage) -> list[tuple[str, str, int]]:
    with stage.database.read() as tx:
        return [(a.township_id, a.item_id, a.item_version) for a in ledger.list_authorisations(tx).items]


def test_only_what_is_sorted_and_described_is_put_into_force(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    put(shelf_stage)
    for said in ({"item_version": 1}, {"item_id": "unknown", "item_name": "没有的事项"}):
        with pytest.raises(Invalid, match="不能授权：先梳理、再规范流程、后授权"):
            authorise(shelf_stage, case, **said)
    shelf_stage.act("minzheng-clerk", sort_item, SortItem("jiuzhu"))
    with pytest.raises(Invalid, match="“临时救助”第1版"):
        authorise(shelf_stage, case, item_version=1)
    assert ledger_rows(shelf_stage) == []
    shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu", STEPS))
    authorise(shelf_stage, case)
    assert ledger_rows(shelf_stage) == [("huotian", "jiuzhu", 2)]


def test_a_later_change_does_not_take_back_what_was_described(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    described(shelf_stage)
    shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu"))
    authorise(shelf_stage, case)
    assert ledger_rows(shelf_stage) == [("huotian", "jiuzhu", 2)]


def test_what_was_sent_back_is_refused_until_it_is_mended(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    described(shelf_stage)
    shelf_stage.act("reviewer", review_item, ReviewItem("jiuzhu", "send_back", "流程不符"))
    with pytest.raises(Invalid):
        authorise(shelf_stage, case)
    shelf_stage.act("minzheng-clerk", sort_item, SortItem("jiuzhu"))
    shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu"))
    authorise(shelf_stage, case)
    assert ledger_rows(shelf_stage) == [("huotian", "jiuzhu", 2)]


def test_what_was_paused_or_cancelled_after_the_county_agreed_is_not_put_into_force(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    described(shelf_stage)
    shelf_stage.act("reviewer", pause_item, PauseItem("jiuzhu", "系统升级"))
    with pytest.raises(Invalid, match="“临时救助”当前为“暂停”，授权不能生效"):
        authorise(shelf_stage, case)
    shelf_stage.act("reviewer", resume_item, ResumeItem("jiuzhu", "已恢复"))
    authorise(shelf_stage, case)
    shelf_stage.act("reviewer", cancel_item, CancelItem("jiuzhu", "依据废止"))
    with pytest.raises(Invalid, match="“临时救助”当前为“取消”，授权不能生效"):
        authorise(shelf_stage, case, id="b")
    assert ledger_rows(shelf_stage) == [("huotian", "jiuzhu", 2)]


def test_what_a_case_makes_belongs_to_its_own_township_whatever_its_variables_say(shelf_stage: Stage) -> None:
    stage = shelf_stage
    case = stage.case(stage.start().case.id)
    described(stage)
    seal = {
        "id": "s",
        "organisation_id": "heping-center",
        "kind": "special",
        "name": "n",
        "shape": "round",
        "diameter_mm": 40,
        "status": "active",
    }
    with stage.frame("system") as frame:
        EFFECTS["put_seal"](frame, case, seal, {})
    authorise(stage, case)
    with stage.database.read() as tx:
        (made,) = ledger.list_authorisations(tx).items
        (kept,) = ledger.list_seals(tx).items
    assert (made.township_id, kept.organisation_id) == ("huotian", "huotian-center")
