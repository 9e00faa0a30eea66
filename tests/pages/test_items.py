"""事项库 in the browser: from a new item to one that may be authorised, by people with nothing but forms."""

from typing import Any

import pytest

from tests.actions.bookshelf import described, furnish, newest, notices_of, put
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Sheet, Visit, Visitor

NEEDED: dict[str, Any] = {
    "item_type": "05", "use_level": "5", "dept_type": "1", "implementing_body": "乡镇人民政府", "service_objects": "1",
    "power_source": "1", "legal_basis": "社会救助暂行办法", "promised_days": "3", "promised_unit": "workday",
    "statutory_note": "无法定时限", "handling_kind": "2", "ways": ["1", "3"], "visits": "1", "region_scope": "4",
    "places": "综合窗口", "hours": "工作日", "contact": "窗口", "complaints": "县效能办", "in_hall": "yes",
    "agent_service": "yes", "fee": "no", "conditions": "家庭困难", "materials.0.name": "申请书", "materials.0.copies": "2",
    "result_kind": "opinion", "results": "审核意见\n告知书", "current_seal": "official", "target_seal": "special",
}  # fmt: skip
STEPS = {"flow.0.name": "受理", "flow.0.actor": "综合窗口", "flow.0.limit_days": "0",
         "flow.2.name": "审核", "flow.2.actor": "中心经办", "flow.2.limit_days": "2"}  # fmt: skip


@pytest.fixture
def library(visit: Visit) -> Visit:
    furnish(visit.stage)
    return visit


def entered(clerk: Visitor) -> Sheet:
    """A new item with its elements still to be filled in."""
    return clerk.press(clerk.open("/new-item"), "保存并填写要素", name="临时救助（示例）", id="jiuzhu")


def test_a_department_brings_its_item_to_where_it_may_be_authorised(library: Visit) -> None:
    clerk = library.of("minzheng-clerk")
    edit = entered(clerk)
    assert (edit.path, edit.value("department_id")) == ("/items/jiuzhu/edit", "minzheng")
    half = clerk.press(edit, "保存为新版", **NEEDED | {"places": ""}, change_note="初稿")
    assert half.notice == "“临时救助（示例）”已保存为第2版，须由部门重新确认梳理和流程。"
    assert "还有1项要素没有填写" in half.text
    refused = clerk.press(half, "确认已梳理")
    assert (refused.status, "尚未填写办理地点。" in refused.error) == (422, True)
    page = clerk.press(clerk.open("/items/jiuzhu/edit"), "保存为新版", places="综合窗口")
    page = clerk.press(page, "确认已梳理")
    assert page.notice == "“临时救助（示例）”已确认为已梳理，请接着规范流程。"
    flow = clerk.open("/items/jiuzhu/flow")
    page = clerk.press(flow, "确认流程已规范", **STEPS)
    assert page.notice.endswith("可以列入授权批次。")
    item = newest(library.stage)
    assert [(s.name, s.limit_days) for s in item.flow] == [("受理", 0), ("审核", 2)], "blank rows do not count"
    assert (item.ways, item.results, item.fee, item.seal_by_law) == (("1", "3"), ("审核意见", "告知书"), False, False)
    assert [(m.name, m.copies, m.required) for m in item.materials] == [("申请书", 2, True)]
    office = library.of("reviewer")
    assert office.press(office.open("/items/jiuzhu"), "审核同意").notice == "已审核同意“临时救助（示例）”。"
    assert "已审核" in office.open("/items").text


def test_the_list_shows_the_funnel_and_is_narrowed(library: Visit) -> None:
    described(library.stage)
    put(library.stage, "reform-clerk", id="nongji", name="农机事项", department_id="nongye")
    clerk = library.of("clerk")
    page = clerk.open("/items")
    assert "待梳理 1 已梳理 0 流程已规范 1 已授权 0" in page.text
    assert [row[0].split()[0] for row in page.rows()] == ["临时救助", "农机事项"]
    found = clerk.open("/items?department=nongye&sorting=draft&q=农机")
    assert [row[0] for row in found.rows()] == ["农机事项 nongji"]
    assert clerk.open("/items?of_class=E1").text.count("没有符合条件的事项") == 1
    assert "新增事项" not in page.text
    assert "新增事项" in library.of("nongye-clerk").open("/items").links()


def test_a_faulty_form_comes_back_with_each_fault_at_its_field_and_nothing_lost(library: Visit) -> None:
    put(library.stage)
    clerk = library.of("minzheng-clerk")
    wrong = {"catalog_code": "123", "visits": "x", "planned_from": "tomorrow", "hours": "新的时间", "flow.0.name": "受理",
             "flow.0.limit_days": "-1"}  # fmt: skip
    page = clerk.press(clerk.open("/items/jiuzhu/edit"), "保存为新版", **wrong)
    assert page.status == 422
    assert [bool(page.fault(f)) for f in ("visits", "planned_from", "flow")] == [True] * 3
    assert (page.value("hours"), page.value("catalog_code")) == ("新的时间", "123")
    right = {"visits": "1", "planned_from": "", "flow.0.limit_days": "", "flow.0.actor": "窗口"}
    page = clerk.press(page, "保存为新版", **right)
    assert "基本编码应为12位，现为3位。" in page.fault("catalog_code")
    assert newest(library.stage).version == 1
    done = clerk.press(page, "保存为新版", catalog_code="3501123450")
    assert "基本编码是旧位数（10位）" in done.text, "a doubt is shown and does not stop it"


def test_nothing_changed_is_said(library: Visit) -> None:
    put(library.stage)
    clerk = library.of("minzheng-clerk")
    assert clerk.press(clerk.open("/items/jiuzhu/edit"), "保存为新版").notice == "“临时救助”没有变化，仍为第1版。"


def test_a_stale_form_overwrites_nothing(library: Visit) -> None:
    put(library.stage)
    clerk, office = library.of("minzheng-clerk"), library.of("reform-clerk")
    old = clerk.open("/items/jiuzhu/edit")
    office.press(office.open("/items/jiuzhu/edit"), "保存为新版", hours="审改办改的")
    again = clerk.press(old, "保存为新版", hours="部门改的")
    assert (again.status, again.value("hours")) == (412, "部门改的")
    assert clerk.press(again, "保存为新版").status == 412, "seen again is not read again"
    assert newest(library.stage).hours == "审改办改的"


def test_versions_are_compared_and_stay_readable(library: Visit) -> None:
    described(library.stage)
    clerk = library.of("minzheng-clerk")
    clerk.press(clerk.open("/items/jiuzhu/edit"), "保存为新版", hours="全天", change_note="延时服务")
    page = clerk.open("/items/jiuzhu")
    assert [page.rows()[-3][n] for n in (0, 2, 3)] == ["第3版", "办理时间", "延时服务"]
    compared = clerk.open(page.links()["对比上一版"])
    assert compared.rows() == [["办理流程", "", "1. 受理：综合窗口，0天。2. 审核：中心经办，1天。材料齐全"]]
    assert clerk.open("/items/jiuzhu/differences?first=2&second=3").rows() == [["办理时间", "工作日", "全天"]]
    old = clerk.open("/items/jiuzhu/versions/1")
    assert "这是旧版，现为第3版" in old.text, old.text
    assert clerk.open("/items/jiuzhu/versions/9").status == 404


def test_it_is_sent_back_paused_resumed_and_cancelled_with_reasons(library: Visit) -> None:
    described(library.stage)
    office = library.of("reviewer")
    page = office.press(office.open("/items/jiuzhu"), "退回重新梳理", reason="流程不符")
    assert "待梳理" in page.text
    assert "流程不符" in notices_of(library.stage, "minzheng-clerk")[0]
    assert office.press(page, "暂停事项").status == 422, "a reason is needed"
    page = office.press(office.open("/items/jiuzhu"), "暂停事项", reason="系统改造")
    assert "暂停原因系统改造" in page.text
    page = office.press(page, "恢复在用", reason="改造完成")
    page = office.press(page, "取消事项", reason="清单删除")
    assert page.notice == "“临时救助”已取消，涉及的批次会收到通知。"
    assert "修改" not in page.links()
    assert office.press(page, "恢复在用", reason="误取消").status == 200


WRITES = ("/items/jiuzhu/edit", "/items/jiuzhu/flow", "/items/jiuzhu/sort", "/items/jiuzhu/agree", "/items/jiuzhu/send-back",
          "/items/jiuzhu/pause", "/items/jiuzhu/resume", "/items/jiuzhu/cancel")  # fmt: skip


@pytest.mark.parametrize("path", WRITES)
def test_the_wrong_people_see_no_button_and_change_nothing(library: Visit, path: str) -> None:
    described(library.stage)
    for person in ("clerk", "nongye-clerk", "sysadmin"):
        visitor = library.of(person)
        assert "修改" not in visitor.open("/items/jiuzhu").links()
        answer = visitor.client.post(path, data={"reason": "x", "name": "x", "department_id": "minzheng",
                                                 "flow.0.name": "a", "flow.0.actor": "b"}, headers={"Origin": ORIGIN})  # fmt: skip
        assert (answer.status_code, "text/html" in answer.headers["content-type"]) == (403, True), answer.text
    assert library.nobody.client.post(path, headers={"Origin": ORIGIN}).status_code == 401
    assert newest(library.stage).version == 2
    assert len(library.desk.denied()) == 3


@pytest.mark.parametrize(
    "path", ["/items", "/items/jiuzhu", "/new-item", "/items/jiuzhu/edit", "/items/jiuzhu/versions/1"]
)
def test_who_is_not_signed_in_is_asked_to(library: Visit, path: str) -> None:
    described(library.stage)
    assert library.nobody.open(path).path.startswith("/sign-in?next=")


def test_the_edit_page_is_only_for_its_keepers(library: Visit) -> None:
    described(library.stage)
    assert library.of("nongye-clerk").open("/items/jiuzhu/edit").status == 403
    assert library.of("reform-clerk").open("/items/jiuzhu/flow").status == 403
    assert library.of("clerk").open("/items/none").status == 404


def test_a_second_press_is_the_same_request_and_eight_at_once_are_one(library: Visit) -> None:
    put(library.stage)
    clerk = library.of("minzheng-clerk")
    page = clerk.open("/items/jiuzhu/edit")
    for _ in range(2):
        assert clerk.press(page, "保存为新版", hours="新").status == 200
    assert newest(library.stage).version == 2
    page = clerk.open("/items/jiuzhu")
    sheets = [clerk.open("/items/jiuzhu") for _ in range(8)]
    assert page.status == 200
    codes = at_once(lambda: clerk.send(sheets.pop(), "确认已梳理"))
    assert codes == [303] + [409] * 7
