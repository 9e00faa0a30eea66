"""Diagrams, deployments and the verification in a real browser: live with scripts, a picture without them and on paper."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from service.demo.county import DEMO_PASSWORD
from service.running import served
from tests.county import fresh_county
from tests.databases import Folder, tamper
from tests.engine.shipped import ROOT
from tests.story import Story, batch_of
from tests.web.window import ARGUMENTS, CHROMIUM, missing
from tools.build_web import build

pytestmark = pytest.mark.browser
TOWNSHIP = "huotian-clerk"


@pytest.fixture(scope="module")
def story(folder: Folder) -> Iterator[Story]:
    """A batch that waits for its director."""
    if reason := missing() or build():
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    for url in fresh_county(folder):
        with Story(url) as told:
            told.begins(TOWNSHIP, township="huotian").does(TOWNSHIP, "编制授权事项建议清单", batch_of("shengyu-dengji"))
            yield told


@pytest.fixture(scope="module")
def address(story: Story) -> Iterator[str]:
    with served(story.house) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


class People:
    """``of(person)``: a signed-in page; whatever goes wrong in any page is kept in ``heard``."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.heard: list[str] = []
        self.contexts: list[BrowserContext] = []

    def of(self, person: str, *, scripts: bool = True) -> Page:
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=scripts, locale="zh-CN", viewport={"width": 1366, "height": 900}
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("request", lambda request: self._asked(request.url))
        page.goto("/sign-in")
        page.get_by_label("登录名").fill(person)
        page.get_by_label("密码").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page).not_to_have_url(re.compile("/sign-in"))
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 4" not in text:
            self.heard.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.heard.append(f"asked elsewhere: {url}")


@pytest.fixture
def people(browser: Browser, address: str) -> Iterator[People]:
    found = People(browser, address)
    yield found
    for context in found.contexts:
        context.close()
    assert found.heard == []


def live(page: Page) -> Locator:
    """The diagram once it can be moved."""
    expect(page.locator("figure[data-ready=true]")).to_be_visible()
    return page.locator(".os-diagram-live")


def element(page: Page, id: str) -> Locator:
    return page.locator(f'.os-diagram-live [data-element-id="{id}"]')


def test_a_case_is_shown_live_with_what_is_done_and_active(people: People, story: Story, pictures: Path) -> None:
    page = people.of(TOWNSHIP)
    page.goto(f"/cases/{story.case}/diagram")
    live(page)
    expect(element(page, "draft_list")).to_have_class(re.compile("os-done"))
    expect(element(page, "director_review")).to_have_class(re.compile("os-active"))
    expect(page.locator(".os-sign-active")).to_be_visible()
    expect(page.locator(".os-diagram-still")).to_be_hidden()
    row = page.get_by_role("row", name=re.compile("中心主任审核"))
    expect(row).to_contain_text("正在办理")
    page.screenshot(path=pictures / "case-diagram.png", full_page=True)


def test_the_watermark_stays_visible(people: People, story: Story) -> None:
    page = people.of(TOWNSHIP)
    page.goto(f"/cases/{story.case}/diagram")
    live(page)
    expect(page.locator(".bjs-powered-by")).to_be_visible()


def test_it_is_moved_and_made_larger_by_buttons_and_keys(people: People, pictures: Path) -> None:
    page = people.of(TOWNSHIP)
    page.goto("/definitions/seal_authorisation")
    canvas = live(page)

    def matrix() -> str:
        return page.locator(".os-diagram-live .viewport").get_attribute("transform") or ""

    begun = matrix()
    page.get_by_role("button", name="放大").click()
    larger = matrix()
    assert larger != begun
    canvas.focus()
    page.keyboard.press("ArrowRight")
    moved = matrix()
    assert moved not in (begun, larger)
    page.keyboard.press("0")
    expect(element(page, "draft_list")).to_be_in_viewport()
    whole = matrix()
    page.keyboard.press("-")
    assert matrix() != whole
    page.get_by_role("button", name="看全图").click()
    assert matrix() == whole
    page.screenshot(path=pictures / "definition-whole.png")


def test_without_scripts_the_picture_of_the_server_is_there(people: People, story: Story, pictures: Path) -> None:
    page = people.of(TOWNSHIP, scripts=False)
    page.goto(f"/cases/{story.case}/diagram")
    still = page.locator(".os-diagram-still img")
    expect(still).to_be_visible()
    expect(page.get_by_role("button", name="放大")).to_be_hidden()
    box = still.bounding_box()
    assert box
    assert box["width"] > 5_000
    page.screenshot(path=pictures / "case-diagram-without-scripts.png", full_page=True)


def test_on_paper_the_picture_of_the_server_is_there(people: People, story: Story, pictures: Path) -> None:
    page = people.of(TOWNSHIP)
    page.goto(f"/cases/{story.case}/diagram")
    live(page)
    page.emulate_media(media="print")
    expect(page.locator(".os-diagram-still img")).to_be_visible()
    expect(page.locator(".os-diagram-live")).to_be_hidden()
    page.screenshot(path=pictures / "case-diagram-on-paper.png", full_page=True)


def test_when_the_diagram_cannot_be_fetched_the_picture_stays(people: People, story: Story) -> None:
    page = people.of(TOWNSHIP)
    page.route("**/diagram.xml*", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"/cases/{story.case}/diagram")
    expect(page.locator(".os-diagram-still img")).to_be_visible()
    expect(page.locator(".os-diagram-live")).to_be_hidden()
    people.heard.clear()  # that it could not be fetched is told on the console


def test_an_administrator_deploys_a_changed_file_and_a_bad_one(people: People, pictures: Path, tmp_path: Path) -> None:
    page = people.of("sysadmin")
    page.goto("/definitions/form_self_check")
    live(page)
    page.screenshot(path=pictures / "definition.png", full_page=True)
    page.get_by_role("link", name="更换文件并部署").click()
    text = (ROOT / "form_self_check/process.bpmn").read_text("utf-8")
    bad = tmp_path / "process.bpmn"
    bad.write_text(text.replace("<bpmn:flowNodeRef>accept_check</bpmn:flowNodeRef>", ""), "utf-8")
    page.get_by_label("文件（可多选）").set_input_files(bad)
    page.get_by_label("部署说明").fill("示例")
    page.get_by_role("button", name="检查并部署").click()
    expect(page.get_by_role("row", name=re.compile("抽查验收"))).to_contain_text("不在任何泳道里")
    page.screenshot(path=pictures / "deploy-refused.png", full_page=True)
    bad.write_text(text.replace('name="发起自查"', 'name="开始自查"'), "utf-8")
    page.get_by_label("文件（可多选）").set_input_files(bad)
    page.get_by_role("button", name="检查并部署").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("表格自查 第2版")
    expect(element(page, "check_started")).to_be_attached()
    live(page)
    expect(page.locator(".os-diagram-live")).to_contain_text("开始自查")


def test_the_audit_administrator_sees_where_the_history_breaks(people: People, story: Story, pictures: Path) -> None:
    page = people.of("auditadmin")
    page.goto("/events")
    page.screenshot(path=pictures / "events.png", full_page=True)
    page.goto("/history")
    page.get_by_role("button", name="开始校验").click()
    expect(page.get_by_role("status")).to_contain_text("没有断裂")
    tamper(story.house.database, "definition/department_sign_off", 1)
    page.get_by_role("button", name="重新校验").click()
    expect(page.get_by_role("alert")).to_contain_text("1处断裂")
    page.screenshot(path=pictures / "history-broken.png", full_page=True)
    page.get_by_role("link", name=re.compile("查看记录")).click()
    expect(page.get_by_role("alert")).to_contain_text("断裂就在本条")
    page.screenshot(path=pictures / "event-broken.png", full_page=True)
