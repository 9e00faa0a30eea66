"""What goes wrong while a form is filled in: the person is told beside the field, and nothing typed is lost."""

import re
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import text

from tests.web.hands import Hands
from tests.web.test_walks import FIRST, LIST, complete, whole
from tests.web.town import Town, picture, sign_in

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"


def opened(town: Town, tmp_path: Path) -> tuple[Page, str]:
    """The first task of the batch, filled in by its clerk."""
    id = town.story.task(FIRST)["id"]
    page = town.task("huotian-clerk", id)
    Hands(page, whole(town, id), tmp_path).fill(LIST)
    return page, id


def execute(town: Town, statement: str) -> None:
    with town.story.house.database.begin() as tx:
        tx.connection.execute(text(statement))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_what_the_form_refuses_stands_at_its_field_and_is_reached_from_the_list(town: Town, pictures: Path) -> None:
    page = town.task("huotian-clerk", town.story.task(FIRST)["id"])
    page.get_by_label("批次名称").fill("第一批")
    press(page, "办结")
    told = page.locator("#messages")
    expect(told).to_be_focused()
    expect(told).to_contain_text("牵头负责人：请填写此项。")
    expect(told).to_contain_text("第1行 事项：请填写此项。")
    told.get_by_role("link", name="第1行 现用印章：请填写此项。").click()
    expect(page.locator('[id$="-draft_list_items_current_seal_0"]')).to_be_focused()
    expect(page.get_by_label("批次名称")).to_have_value("第一批")
    picture(page, pictures, "form_refused_here")


def test_what_the_service_refuses_stands_at_its_field_in_the_row(town: Town, pictures: Path, tmp_path: Path) -> None:
    page, id = opened(town, tmp_path)
    hands = Hands(page, whole(town, id), tmp_path)
    form = hands.given["register_forms"][0]
    hands.fill({"items": [{}, {"forms": [{"form_id": form["value"]}]}]})
    execute(town, f"DELETE FROM form WHERE id = '{form['value']}'")  # somebody takes it out of the register meanwhile
    press(page, "办结")
    expect(page.locator("#messages")).to_contain_text("授权事项建议[2]·涉及表格（不填按事项库）[1]·表格")
    expect(page.locator('[id$="-draft_list_items_forms_form_id_1_0-error-message"]')).to_contain_text("须从所列")
    expect(page.get_by_label("批次名称")).to_have_value("火田镇第一批")
    picture(page, pictures, "form_refused_by_service")
    page.locator("#messages").get_by_role("link").first.click()
    expect(page.locator('[id$="-draft_list_items_forms_form_id_1_0"]')).to_be_focused()
    page.get_by_role("button", name="删除第1行").last.click()
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.get_by_text("此任务已办结")).to_be_visible()


def test_a_late_act_wants_its_reason_and_a_day_that_can_be(town: Town, tmp_path: Path) -> None:
    page, id = opened(town, tmp_path)
    page.get_by_label("办理日期").fill("1900-01-01")
    press(page, "办结")
    expect(page.locator("#fault-late_reason")).to_have_text("补录须写明原因。")
    page.get_by_label("补录原因").fill("会议在乡镇召开")
    press(page, "办结")
    expect(page.locator("#fault-act_date")).to_contain_text("1900-01-01")
    page.get_by_label("办理日期").fill("2022-10-14")
    complete(page)
    (act,) = [
        a for a in town.story.ask("huotian-clerk", "GET", f"/cases/{id.rpartition('.')[0]}/acts")["items"] if a["late"]
    ]
    assert (act["act_date"], act["late_reason"]) == ("2022-10-14", "会议在乡镇召开")


def test_a_session_that_ended_loses_nothing(town: Town, pictures: Path, tmp_path: Path) -> None:
    page, _ = opened(town, tmp_path)
    page.get_by_label("依据文件文号").fill("示例〔2022〕9号")
    execute(town, "UPDATE session SET ended_at = created_at")
    press(page, "办结")
    expect(page.locator("#messages")).to_contain_text("登录已过期")
    expect(page.get_by_label("批次名称")).to_have_value("火田镇第一批")
    picture(page, pictures, "form_session_ended")
    page.get_by_role("link", name="在本窗口登录后回来").click()
    sign_in(page, "huotian-clerk")
    expect(page.get_by_text("已恢复您登录过期前填写的内容")).to_be_visible()
    expect(page.get_by_label("批次名称")).to_have_value("火田镇第一批")
    expect(page.get_by_label("依据文件文号")).to_have_value("示例〔2022〕9号")
    expect(page.locator("#form").get_by_role("link", name="下放文件.pdf")).to_be_visible()
    complete(page)


def test_what_was_kept_for_one_person_is_not_shown_to_another(town: Town, tmp_path: Path) -> None:
    page, _ = opened(town, tmp_path)
    execute(town, "UPDATE session SET ended_at = created_at")
    press(page, "暂存")
    page.get_by_role("link", name="在本窗口登录后回来").click()
    sign_in(page, "huotian-clerk2")
    expect(page.get_by_text("已由方一鸣（虚构）认领")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("火田镇第一批")


def test_two_windows_of_one_person_do_not_overwrite_each_other_unseen(town: Town, tmp_path: Path) -> None:
    first, id = opened(town, tmp_path)
    second = town.task("huotian-clerk", id)
    second.get_by_label("批次名称").fill("另一窗口")
    press(second, "暂存")
    expect(second.locator("#saved")).to_contain_text("已暂存")
    press(first, "办结")
    told = first.locator("#messages")
    expect(told).to_contain_text("较新的内容是您在另一窗口暂存的")
    told.get_by_role("button", name="以本页填写的内容为准").click()
    complete(first)
    second.get_by_label("批次名称").fill("还是另一窗口")
    press(second, "暂存")
    expect(second.locator("#messages")).to_contain_text(re.compile("方一鸣（虚构）.*2022-10-17"))
    second.close(run_before_unload=False)


def test_a_draft_is_kept_and_comes_back(town: Town, tmp_path: Path) -> None:
    page, id = opened(town, tmp_path)
    page.get_by_label("依据文件文号").fill("示例〔2022〕9号")
    page.get_by_label("附件", exact=True).set_input_files(
        {"name": "说明.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    expect(page.locator("#attachments")).to_contain_text("说明.txt")
    press(page, "暂存")
    expect(page.locator("#saved")).to_contain_text("已暂存")
    again = town.task("huotian-clerk", id)
    expect(again.get_by_text("已载入您暂存的内容")).to_be_visible()
    expect(again.get_by_label("批次名称")).to_have_value("火田镇第一批")
    expect(again.locator('[id$="-draft_list_items_item_id_1"]')).to_have_value(re.compile("最低生活保障审核"))
    expect(again.get_by_label("依据文件文号")).to_have_value("示例〔2022〕9号")
    expect(again.locator("#attachments")).to_contain_text("说明.txt")
    complete(again)


def test_a_file_of_a_wrong_kind_or_too_large_is_refused_where_it_was_chosen(town: Town) -> None:
    page = town.task("huotian-clerk", town.story.task(FIRST)["id"])
    wrong: FilePayload = {"name": "a.exe", "mimeType": "x/x", "buffer": b"x"}
    large: FilePayload = {"name": "b.txt", "mimeType": "text/plain", "buffer": b"x" * 6_000_000}
    page.get_by_label("附件", exact=True).set_input_files([wrong, large])
    expect(page.locator("#fault-attachments")).to_contain_text("“a.exe”不是可以上传的文件类型")
    expect(page.locator("#fault-attachments")).to_contain_text("“b.txt”有 5.7 MiB，超过 5.0 MiB 的上限")
    expect(page.locator("#attachments li")).to_have_count(0)


def test_returning_keeps_the_form_until_it_is_done(town: Town, pictures: Path) -> None:
    town.story.goes_on_until("中心主任审核")
    id = town.story.task("中心主任审核")["id"]
    page = town.task("huotian-director", id)
    page.get_by_label("审核意见").fill("写了一半")
    page.get_by_role("link", name="退回…").click()
    press(page, "退回")
    expect(page.locator("#messages")).to_contain_text("请写明退回理由")
    expect(page.get_by_label("审核意见")).to_have_value("写了一半")
    page.get_by_label("退回理由").fill("缺下放文件，请补充。")
    picture(page, pictures, "form_return")
    press(page, "退回")
    expect(page.get_by_text("此任务已退回")).to_be_visible()
    expect(page.get_by_role("region", name="办理情况")).to_contain_text("缺下放文件，请补充。")
    assert town.story.task(FIRST)


def test_what_people_wrote_does_nothing_in_the_browser(town: Town, tmp_path: Path) -> None:
    """Names of people, batches, cases and files, opinions and notices: any dialog, request or script error would be heard."""
    name = BAD.replace("'", "''")
    execute(town, f"UPDATE person SET name = '{name}' WHERE id LIKE 'huotian-%'")
    execute(town, f"UPDATE case_ SET title = '{name}'")
    id = town.story.task(FIRST)["id"]
    page = town.task("huotian-clerk", id)
    file = "<img src=x onerror=alert(3)>.pdf"
    items = [{**LIST["items"][0], "power_document_file": [file]}]
    Hands(page, whole(town, id), tmp_path).fill({**LIST, "batch_name": BAD, "draft_opinion": BAD, "items": items})
    page.get_by_label("依据文件文号").fill(BAD)
    complete(page)
    town.story.turns()
    (review,) = town.story.waiting()
    paths = (f"/tasks/{id}", "/tasks?view=claimable", "/tasks?view=done", "/cases", f"/cases/{town.story.case}", "/me")
    for path in (*paths, "/notifications", f"/tasks/{review['id']}"):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        assert page.locator("main img[src=x]").count() == 0, path
    director = town.task("huotian-director", review["id"])
    expect(director.locator("#form")).to_contain_text("生育登记")
