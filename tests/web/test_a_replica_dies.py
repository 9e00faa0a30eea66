"""A clerk at a real browser, two services behind the proxy as it ships; one of them dies, and the clerk notices nothing."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.county import fresh_county
from tests.databases import Server
from tests.replicas.town import CLERK, Town, town
from tests.store.together import until
from tests.story import Json
from tests.web.hands import Hands
from tests.web.town import WAIT_MS, chromium, picture, sign_in
from tests.web.window import missing
from tools.build_web import build
from tools.nginx import fetch

pytestmark = pytest.mark.timeout(500)
FIRST = "编制授权事项建议清单"
LIST: Json = {
    "responsible_leader": "九如（虚构）",
    "batch_name": "火田镇第一批",
    "draft_opinion": "请审核",
    "items": [{"item_id": "dibao-shenhe", "current_seal": "official", "target_seal": "special", "yearly_volume": 160}],
}


@pytest.fixture
def running(server: Server, tmp_path: Path) -> Iterator[Town]:
    if reason := missing() or build() or fetch():
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    for url in fresh_county(server):
        with tempfile.TemporaryDirectory(prefix="oneseal-proxy-") as folder, town(url, Path(folder)) as found:
            yield found


class Desk:
    """One browser with one page. ``bad`` keeps every answer no clerk should see: an error of the service, or the sign-in page."""

    def __init__(self, browser: Browser, address: str) -> None:
        context = browser.new_context(
            base_url=address, ignore_https_errors=True, locale="zh-CN", viewport={"width": 1366, "height": 800}
        )
        context.set_default_timeout(WAIT_MS * 2)
        self.bad: list[str] = []
        self.page: Page = context.new_page()
        self.page.goto("/sign-in")
        sign_in(self.page, CLERK)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("我的任务")
        self.page.on("response", self._heard)

    def _heard(self, response: Response) -> None:
        if response.status >= 500 or "/sign-in" in response.url:
            self.bad.append(f"{response.status} {response.request.method} {response.url}")


def test_a_clerk_works_on_while_one_replica_and_then_the_other_dies(
    running: Town, pictures: Path, tmp_path: Path
) -> None:
    with chromium() as browser:
        desk = Desk(browser, running.proxy.url)
        page = desk.page
        first = _that_answered(running)
        running.replicas[first].kill()
        for _ in range(4):
            page.goto("/tasks?view=claimable")
            expect(page.get_by_role("heading", level=1)).to_have_text("我的任务")
        page.get_by_role("link", name="发起案件").click()
        page.get_by_label("案件名称").fill("火田镇第一批（示例）")
        page.get_by_role("button", name="发起", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
        page.get_by_role("button", name="认领", exact=True).click()
        page.locator("#form[data-ready]").wait_for()
        task = page.url.rpartition("/")[2]
        case = task.rpartition(".")[0]
        running.replicas[first].start()
        Hands(page, page.request.get(f"/api/v1/tasks/{task}").json(), tmp_path).fill(LIST)
        picture(page, pictures, "replica_1_filled")
        with running.held(case) as let_go:
            page.get_by_role("button", name="办结", exact=True).click()
            (pid,) = until(running.waiting)
            running.replica_of(pid).kill()  # in the middle of the clerk's transaction
            until(lambda: [other for other in running.waiting() if other != pid])
            let_go()
        expect(page.get_by_text("此任务已办结")).to_be_visible()
        picture(page, pictures, "replica_2_done")
        page.reload()
        expect(page.get_by_text("此任务已办结")).to_be_visible()
        assert desk.bad == []
        assert len(running.events(case, "task.completed")) == 1


def test_when_both_are_gone_the_clerk_reads_what_is_known_and_goes_on_afterwards(running: Town, pictures: Path) -> None:
    with chromium() as browser:
        page = Desk(browser, running.proxy.url).page
        for replica in running.replicas:
            replica.kill()
        page.goto("/tasks?view=mine")
        expect(page.get_by_role("heading", name="系统暂时没有应答")).to_be_visible()
        picture(page, pictures, "replica_3_nobody")
        running.replicas[0].start()
        page.get_by_role("link", name="回到待办").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("我的任务")


def _that_answered(running: Town) -> int:
    """The number of the replica the last page came from."""
    port = str(running.proxy.log()[-1]["replica"]).rpartition(":")[2]
    return next(n for n, replica in enumerate(running.replicas) if str(replica.port) == port)
