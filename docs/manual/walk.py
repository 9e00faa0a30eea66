"""The way of the manual, walked with a browser and the command line: from an empty database to a township's first own case.

``pictures.py`` walks it for the pictures and ``tests/manual/test_first_case.py`` to prove it, so that neither can drift from the other.
Each function is a section of ``first-case.md``; buttons and labels are named as the manual names them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Page, expect

from docs.manual import county
from docs.manual.hands import INIT, Walk, follow, go, press, told


def open_county(walk: Walk) -> None:
    """一、在服务器上建立空的系统"""
    names = [f"--{login}-name={name}" for login, name in county.ADMINISTRATORS.items()]
    said = walk.command("init", f"--name={county.NAME}", f"--short-name={county.SHORT_NAME}", *names)
    walk.passwords |= dict(INIT.findall(said))
    assert set(walk.passwords) == set(county.ADMINISTRATORS), said
    assert "已部署" in walk.command("deploy")
    lacking = walk.command("check-start", code=1)
    assert "还没有乡镇" in lacking
    walk.start()


def three_administrators(walk: Walk) -> None:
    """二、三名管理员首次登录"""
    for login in county.ADMINISTRATORS:
        walk.of(login)
    walk.shoot(walk.of("sysadmin"), "administrator-home")
    page = walk.of("auditadmin")
    go(page, "我的账户")
    follow(page, "动态口令")
    press(page, "开始设置")
    expect(page.locator(".os-qr")).to_be_visible()
    secret = page.locator(".os-secret").inner_text()
    walk.shoot(page, "second-factor")
    page.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
    press(page, "确认启用")
    walk.recovery = page.locator(".os-codes code").all_inner_texts()
    follow(page, "我已保存，继续")


def import_people(walk: Walk) -> None:
    """三、导入机构、人员、岗位"""
    page = walk.of("sysadmin")
    go(page, "开局检查")
    walk.shoot(page, "start-check-empty")
    _import(walk, page, "people.xlsx", county.PEOPLE_BOOK)


def enable_accounts(walk: Walk) -> None:
    """四、安全管理员启用账号"""
    page = walk.of("secadmin")
    go(page, "人员与账号")
    page.get_by_role("navigation", name="状态").get_by_role("link", name=re.compile("待启用")).click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    walk.shoot(page, "enable-accounts")
    press(page, "启用所选")
    expect(page.get_by_role("heading", name="一次性密码")).to_be_visible()
    walk.shoot(page, "one-time-passwords")
    for row in page.locator("main tbody tr").all():
        _place, _name, login, once = row.locator("td").all_inner_texts()
        walk.passwords[login.strip()] = once.strip()
    follow(page, "已交付，返回")
    for login in ("shen-jinbu", "gao-wanshan", "zhang-dazhuan"):
        page.goto(f"/accounts/{login}")
        press(page, "允许查阅全部案件")
        expect(page.get_by_text("业务审计：可查阅全部案件")).to_be_visible()
    walk.shoot(page, "account")


def import_library(walk: Walk) -> None:
    """五、审改办导入事项库"""
    _import(walk, walk.of("tang-qianli"), "library.xlsx", county.LIBRARY_BOOK)


def sort_items(walk: Walk) -> None:
    """六、部门梳理事项、规范流程，审改办审核"""
    owners = {county.HEALTH: "zhou-bajing", county.CIVIL: "he-shiquan"}
    for item in county.ITEMS:
        page = walk.of(owners[item["县直对口部门"]])
        go(page, "事项库")
        follow(page, item["事项名称"])
        walk.shoot(page, "item-draft")
        press(page, "确认已梳理")
        told(page, "已确认为已梳理")
        follow(page, "规范流程")
        walk.shoot(page, "item-flow")
        press(page, "确认流程已规范")
        told(page, "可以列入授权批次")
    page = walk.of("gao-wanshan")
    for item in county.ITEMS:
        go(page, "事项库")
        follow(page, item["事项名称"])
        press(page, "审核同意")
        told(page, "已审核同意")
    go(page, "事项库")
    walk.shoot(page, "items")


def check_start(walk: Walk) -> None:
    """七、开局检查"""
    page = walk.of("sysadmin")
    go(page, "开局检查")
    expect(page.get_by_text("开局条件已经具备")).to_be_visible()
    walk.shoot(page, "start-check")
    assert "开局条件已经具备" in walk.command("check-start")


def begin_case(walk: Walk) -> None:
    """八、中心经办发起案件、编制清单"""
    page = walk.of("lin-yifan")
    go(page, "发起案件")
    walk.shoot(page, "start-case")
    press(page, "发起")
    told(page, "已发起案件")
    expect(page.get_by_role("heading", name="编制授权事项建议清单")).to_be_visible()
    press(page, "认领")
    fields: list[Mapping[str, str]] = [
        {"事项": item["事项名称"], "现用印章": "乡镇公章（管委会印章）", "目标印章": "专用章", "年办件量": "30"}
        for item in county.ITEMS[:2]
    ]
    form = page.locator("#form")
    form.get_by_label("牵头负责人").fill("方七明（虚构）")
    form.get_by_label("批次名称").fill("示例镇第一批事项（示例）")
    for number, row in enumerate(fields):
        _fill_row(page, number, row)
    walk.shoot(page, "draft-list", form)
    _complete(page)


def review_case(walk: Walk) -> None:
    """九、中心主任审核"""
    page = walk.of("chen-erhe")
    take(walk, page, "中心主任审核")
    form = page.locator("#form")
    for point in ("清单与事项库一致", "下放文件齐全", "承接条件属实"):
        form.get_by_label(point).check()
    form.get_by_label("同意", exact=True).check()
    form.get_by_label("审核意见").fill("同意，请县直部门自查、会签。")
    walk.shoot(page, "director-review", form.get_by_text("审核要点"))
    _complete(page)
    page = walk.of("lin-yifan")
    go(page, "案件")
    page.locator("main tbody").get_by_role("link", name=re.compile("公章向专用章授权|授权-")).first.click()
    expect(page.get_by_role("heading", name="现在等待")).to_be_visible()
    expect(page.locator("figure[data-ready=true]")).to_be_visible()
    walk.shoot(page, "case")


def check_form(walk: Walk) -> None:
    """十、县直部门接着办：表格自查"""
    page = walk.of("zhou-bajing")
    take(walk, page, "上传表格、登记要素")
    form = page.locator("#form")
    form.get_by_label("已停用").check()
    form.get_by_label("说明").last.fill("此表已停用，改用网上登记（示例）。")
    walk.shoot(page, "register-form", form)
    _complete(page)


def take(walk: Walk, page: Page, task: str) -> None:
    """认领 the task in 可认领; the machine may still be on its way to it."""
    for _ in range(60):
        go(page, "我的任务")
        page.get_by_role("navigation", name="任务分类").get_by_role("link", name=re.compile("可认领")).click()
        button = page.get_by_role("button", name=re.compile(f"^认领：{task}"))
        if button.count():
            break
        page.wait_for_timeout(500)
    walk.shoot(page, "claimable")
    button.first.click()
    page.get_by_role("link", name=task, exact=True).first.click()
    expect(page.get_by_role("heading", name=task)).to_be_visible()


def _import(walk: Walk, page: Page, name: str, rows: county.Rows) -> None:
    """Download the template, fill it in, look at the preview, confirm."""
    go(page, "导入导出")
    walk.shoot(page, f"import-{name.partition('.')[0]}")
    with page.expect_download() as waited:
        follow(page, "下载合在一个文件中的全部模板")
    path = walk.folder / name
    path.write_bytes(county.fill(Path(waited.value.path()).read_bytes(), rows))
    page.get_by_label("填好的表格（.xlsx）").set_input_files(path)
    press(page, "预览")
    expect(page.get_by_role("heading", name="逐行内容")).to_be_visible()
    expect(page.get_by_role("heading", name="错误", exact=True)).to_have_count(0)
    walk.shoot(page, f"preview-{name.partition('.')[0]}")
    press(page, "确认导入")
    expect(page.get_by_text("已导入").first).to_be_visible()


def _fill_row(page: Page, number: int, row: Mapping[str, str]) -> None:
    """One line of the list: the first stands there, others come with 添加一行."""
    form = page.locator("#form")
    group = form.get_by_role("group", name="授权事项建议")
    labels = form.get_by_label("现用印章")
    while labels.count() <= number:
        group.get_by_role("button", name="添加一行").last.click()
        expect(labels.nth(number)).to_be_visible()
    chosen = form.get_by_label("事项", exact=False).and_(form.locator("input")).nth(number)
    chosen.fill(row["事项"][:4])
    page.locator("#form .fjs-dropdownlist-item").filter(has_text=row["事项"]).first.click()
    labels.nth(number).select_option(label=row["现用印章"])
    form.get_by_label("目标印章").nth(number).select_option(label=row["目标印章"])
    form.get_by_label("年办件量").nth(number).fill(row["年办件量"])


def _complete(page: Page) -> None:
    page.locator("#complete").click()
    expect(page.get_by_text("此任务已办结")).to_be_visible()


FIRST_CASE: Sequence[Callable[[Walk], Any]] = (
    open_county, three_administrators, import_people, enable_accounts, import_library, sort_items, check_start,
    begin_case, review_case,
)  # fmt: skip


def walk_all(walk: Walk) -> None:
    """From nothing to the first case, which then waits for the departments."""
    for section in FIRST_CASE:
        section(walk)
