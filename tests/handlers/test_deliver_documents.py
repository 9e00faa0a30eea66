"""送达县直各部门."""

from tests.handlers.desk import item, run


def test_it_goes_to_every_department_once_and_to_both_offices() -> None:
    items = [item("a"), item("b"), item("c", department_id="nongye"), item("d", department_id="")]
    output = run("deliver_documents", {"items": items, "notice_number": "云政办〔2022〕28号", "document_number": "x"})
    to = ["fuwuzhongxin", "nongye", "shengaiban", "weijian"]
    assert output.data == {"delivered_to": to, "missing_receipts": to, "receipt_round": 0}
    (effect,) = output.effects
    assert effect.kind == "send_document"
    assert (effect.values["organisation_ids"], effect.values["number"]) == (to, "云政办〔2022〕28号")
    assert effect.values["document"] == "火田镇便民服务中心审核审批专用章启用（授权）通知 云政办〔2022〕28号"


def test_it_falls_back_on_the_document_number_and_lives_without_offices() -> None:
    output = run("deliver_documents", {"items": [item("a")], "document_number": "火政〔2022〕1号"}, offices={})
    assert output.data["delivered_to"] == ["weijian"]
    assert output.effects[0].values["number"] == "火政〔2022〕1号"
