"""A county that runs, and people with real browsers: ``town.of("huotian-clerk")`` signs in and answers the page.

Whatever goes wrong in a page fails the test: errors of scripts, refusals of the content policy, dialogs nobody asked for, and any request
to another host.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright

from service.demo.county import DEMO_PASSWORD
from tests.story import Story
from tests.web.window import ARGUMENTS, CHROMIUM

UP_SECONDS = 20.0
WAIT_MS = 20_000
# A refusal is an answer the page shows; Chromium notes it in the console as well.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Town:
    """``story`` moves what others do and the machine; ``heard`` is everything that went wrong in any page."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.story, self.browser = Story(url), browser
        self.heard: list[str] = []
        self._contexts: dict[str, BrowserContext] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(self.story.app, port=self.port, lifespan="off", log_level="error", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + UP_SECONDS
        while not self._server.started:
            assert time.monotonic() < deadline, "the service did not come up"
            time.sleep(0.02)

    def of(self, person: str) -> Page:
        """A new page of the person, signed in by the sign-in page the first time."""
        if person in self._contexts:
            return self._page(self._contexts[person])
        context = self.stranger()
        self._contexts[person] = context
        page = self._page(context)
        page.goto(f"{self.address}/sign-in")
        sign_in(page, person)
        expect(page).not_to_have_url(re.compile("/sign-in"))
        return page

    def task(self, person: str, id: str) -> Page:
        """The page of a task, claimed if it is open for this person; ready to be filled in."""
        page = self.of(person)
        page.goto(f"/tasks/{id}")
        claim = page.get_by_role("button", name="认领", exact=True)
        if claim.count():
            claim.click()
        page.locator("#form[data-ready]").wait_for()
        return page

    def stranger(self, *, scripts: bool = True) -> BrowserContext:
        """A browser nobody has signed in with."""
        context = self.browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=scripts,
            viewport={"width": 1366, "height": 800},
        )  # fmt: skip
        context.set_default_timeout(WAIT_MS)
        return context

    def _page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._console(page, message))
        page.on("request", self._request)
        page.on("dialog", self._dialog)
        return page

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.heard.append(f"{page.url}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.heard.append(f"a request to elsewhere: {request.url}")

    def __enter__(self) -> "Town":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self._contexts.values():
            context.close()
        self._server.should_exit = True
        self._thread.join(UP_SECONDS)
        self.story.__exit__(kind, error, trace)
        if error is None:
            assert not self.heard, self.heard


def sign_in(page: Page, person: str) -> None:
    page.get_by_label("登录名").fill(person)
    page.get_by_label("密码").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


def picture(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", full_page=True)
