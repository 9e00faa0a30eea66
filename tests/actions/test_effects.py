"""What handlers ask for is done with the step."""

from typing import Any

from service.actions.parts.effects import EFFECTS
from service.domain.people import Actor, Holding, Organisation, OrgKind
from service.store import ledger, notices, organisations
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


def test_what_a_case_makes_belongs_to_its_own_township_whatever_its_variables_say(stage: Stage) -> None:
    case = stage.case(stage.start().case.id)
    row: dict[str, Any] = {
        "id": "a", "township_id": "heping", "item_id": "i", "item_version": 1, "item_name": "i", "item_class": "E1",
        "scope": "decide", "document_number": "1", "document_date": None, "notice_number": "", "filing_number": "",
        "effective_at": stage.now, "valid_from": None, "valid_to": None, "seal_id": None,
    }  # fmt: skip
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
        EFFECTS["authorise"](frame, case, row, {})
    with stage.database.read() as tx:
        (made,) = ledger.list_authorisations(tx).items
        (kept,) = ledger.list_seals(tx).items
    assert (made.township_id, kept.organisation_id) == ("huotian", "huotian-center")
