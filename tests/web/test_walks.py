"""Clerks walk through the county's work in a real browser, from sign-in to the ledger. Pictures lie in artifacts/web."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.story import Json
from tests.web.hands import Hands
from tests.web.town import Town, picture, sign_in

FIRST = "编制授权事项建议清单"
ENGLISH = re.compile(r"\b(Select|Search|Add new|Remove|Browse|Field|Value|Choose one|Nothing|Previous|Next|Required)\b")
LIST: Json = {
    "responsible_leader": "九如（虚构）", "batch_name": "火田镇第一批", "draft_opinion": "请审核",
    "items": [
        {"item_id": "shengyu-dengji", "current_seal": "official", "target_seal": "special", "yearly_volume": 420,
         "power_document_file": ["下放文件.pdf"], "power_document_date": "2022-06-01"},
        {"item_id": "dibao-shenhe", "current_seal": "official", "target_seal": "special", "yearly_volume": 160},
    ],
}  # fmt: skip


def whole(town: Town, id: str) -> Json:
    """The task with its form, as somebody sees it who may see everything."""
    return town.story.ask("shengaiban-reviewer", "GET", f"/tasks/{id}")


def complete(page: Page) -> None:
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.get_by_text("此任务已办结")).to_be_visible()


def test_a_clerk_begins_a_batch_fills_in_the_list_and_the_director_reviews_it(
    town: Town, pictures: Path, tmp_path: Path
) -> None:
    page = town.of("heping-clerk")
    picture(page, pictures, "walk_1_tasks")
    page.get_by_role("link", name="发起案件").click()
    page.get_by_label("案件名称").fill("和平乡第一批事项授权（示例）")
    picture(page, pictures, "walk_2_start")
    page.get_by_role("button", name="发起", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    page.get_by_role("button", name="认领", exact=True).click()
    page.locator("#form[data-ready]").wait_for()
    id = page.url.rpartition("/")[2]
    Hands(page, whole(town, id), tmp_path).fill(LIST)
    picture(page, pictures, "walk_3_list")
    complete(page)
    picture(page, pictures, "walk_4_done")
    town.story.case = id.rpartition(".")[0]
    town.story.turns()
    (review,) = town.story.waiting()
    assert review["name"] == "中心主任审核"
    director = town.task("heping-director", review["id"])
    expect(director.locator("#form")).to_contain_text("最低生活保障审核")
    director.get_by_label("同意", exact=True).check()
    director.get_by_label("审核意见").fill("清单与事项库一致，同意上报。")
    complete(director)
    director.get_by_role("link", name="和平乡第一批事项授权（示例）").click()
    expect(director.get_by_role("region", name="办理经过")).to_contain_text("清单与事项库一致，同意上报。")
    picture(director, pictures, "walk_5_case")


@pytest.mark.timeout(900)
def test_every_form_of_the_main_road_can_be_filled_in_by_hand(town: Town, pictures: Path, tmp_path: Path) -> None:
    """The whole process, each form once by hand: the same form again goes the short way."""
    story, done = town.story, set[str]()

    def choose(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return name

    while waiting := story.waiting():
        task = next((t for t in waiting if t["element"] not in done), waiting[0])
        if task["element"] in done:
            story.plays(task)
            continue
        done.add(task["element"])
        person, data, act = story.part(task, choose)
        page = town.task(person, task["id"])
        Hands(page, whole(town, task["id"]), tmp_path).fill(data)
        if act.get("paper_number"):
            page.get_by_label("依据文件文号").fill(act["paper_number"])
        if act.get("act_date", "") and act["act_date"] < story.now.date().isoformat():
            page.get_by_label("办理日期").fill(act["act_date"])
            page.get_by_label("补录原因").fill(act["late_reason"])
        assert not ENGLISH.search(page.locator("main").inner_text()), task["element"]
        picture(page, pictures, f"form_page_{task['element']}")
        complete(page)
        page.close()
        story.turns()
    assert {
        "draft_list",
        "collective_study",
        "sign_authorisation",
        "seal_file",
        "register_filing",
        "accept_check",
    } <= done
    page = town.of("huotian-clerk")
    page.goto("/ledger")
    expect(page.locator("tbody tr")).to_have_count(6)
    picture(page, pictures, "walk_6_ledger")


def test_my_tasks_a_task_and_its_claim_by_the_keyboard_alone(town: Town) -> None:
    page = town.stranger().new_page()
    page.goto("/sign-in?next=/tasks?view=claimable")
    page.keyboard.press("Tab")  # to the main part
    sign_in(page, "huotian-clerk")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的任务")
    press_until(page, FIRST)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    press_until(page, "认领")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已认领")).to_be_visible()
    page.locator("#form[data-ready]").wait_for()
    press_until(page, "牵头负责人")
    page.keyboard.type("键盘（虚构）")
    expect(page.get_by_label("牵头负责人")).to_have_value("键盘（虚构）")
    press_until(page, "事项")  # the list that can be searched
    page.keyboard.type("生育登记")
    page.keyboard.press("Enter")
    expect(page.locator('[id$="-draft_list_items_item_id_0"]')).to_have_value(re.compile("生育登记"))
    press_until(page, "暂存")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_have_text(re.compile("已暂存"))


def press_until(page: Page, name: str, most: int = 80) -> None:
    """Tab until what has the focus bears this name."""
    for _ in range(most):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0] ?? e).innerText?.trim() ?? '' }"
        )
        if label.rstrip("*").strip() == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_without_scripts_the_page_says_so_and_shows_the_values(town: Town, pictures: Path) -> None:
    id = town.story.task(FIRST)["id"]
    town.story.ask("huotian-clerk", "POST", f"/tasks/{id}/claim")
    town.story.ask("huotian-clerk", "PUT", f"/tasks/{id}/draft", {"data": {"batch_name": "火田镇第一批"}})
    page = town.stranger(scripts=False).new_page()
    page.goto(f"/sign-in?next=/tasks/{id}")
    sign_in(page, "huotian-clerk")
    expect(
        page.get_by_text("填写表单的部分没有载入")
    ).to_be_visible()  # what is inside noscript Chromium does not draw here
    expect(page.get_by_text("火田镇第一批")).to_be_visible()
    expect(page.get_by_role("button", name="办结", exact=True)).to_be_hidden()
    picture(page, pictures, "walk_without_scripts")
    page.get_by_role("button", name="取消认领").click()
    expect(page.get_by_text("已取消认领")).to_be_visible()


def test_the_ledger_prints_on_its_side(town: Town) -> None:
    page = town.of("huotian-clerk")
    page.goto("/ledger")
    page.locator("main").evaluate(
        "main => { const d = document.createElement('div'); d.className = 'os-sideways'; d.textContent = '台账'; main.append(d); }"
    )
    paper = page.pdf(prefer_css_page_size=True)
    sizes = [tuple(map(float, found)) for found in re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)]
    assert any(width > height for width, height in sizes), sizes
