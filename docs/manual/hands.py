"""Who walks the way of the manual: the county's own service and database, a window for each person, and what hands do in pages."""

import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.commands.service import Service, run

WAIT_MS = 30_000
PASSWORD = "Wei-shan-72-river"
INIT = re.compile(r"^  \S+  \S+  (\S+)  (\S+)$", re.MULTILINE)
Shoot = Callable[[Page, str, Locator | None], None]
"""A picture of what the page shows, under a name; beginning at the third, if it is given."""


def no_picture(_page: Page, _name: str, _at: Locator | None) -> None:
    """For who only walks."""


class Walk:
    """``folder`` holds the data of this county, an embedded database. ``heard``: whatever went wrong in any page."""

    def __init__(self, folder: Path, browser: Browser, shoot: Shoot = no_picture) -> None:
        self.folder, self.browser, self._shoot = folder, browser, shoot
        self.file = folder / "data/oneseal.db"
        self.url = f"sqlite:///{self.file}"
        self.settings = {"ONESEAL_DEMO": "false", "ONESEAL_BACKUPS": str(folder / "backups")}
        self.service = Service(self.url, **self.settings)
        self.passwords: dict[str, str] = {}
        self.recovery: list[str] = []
        self.heard: list[str] = []
        self._contexts: dict[str, BrowserContext] = {}
        self._pages: dict[str, Page] = {}

    # ---- the command line and the service ------------------------------------------------------------------------

    def command(self, *arguments: str, code: int = 0) -> str:
        """What ``oneseal`` prints; anything else than the exit code wanted fails with it."""
        done = run(self.url, *arguments, **self.settings)
        assert done.returncode == code, (
            f"oneseal {' '.join(arguments)} -> {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def start(self) -> None:
        self.service.start()

    def stop(self) -> None:
        self._close()
        self.service.stop()

    def shoot(self, page: Page, name: str, at: Locator | None = None) -> None:
        self._shoot(page, name, at)

    def __enter__(self) -> "Walk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        self.service.__exit__(kind, error, trace)
        if error is None:
            assert not self.heard, self.heard

    def _close(self) -> None:
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()
        self._pages.clear()

    # ---- people at their browsers ----------------------------------------------------------------------------------

    def of(self, login: str) -> Page:
        """This person's page. The first time they sign in; with a one-time password they choose their own."""
        if login not in self._pages:
            self._pages[login] = self._first(login)
        return self._pages[login]

    def stranger(self) -> Page:
        """A browser nobody has signed in with."""
        context = self.browser.new_context(
            base_url=self.service.address, locale="zh-CN", timezone_id="Asia/Shanghai",
            viewport={"width": 1280, "height": 800},
        )  # fmt: skip
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        self._contexts[f"stranger {len(self._contexts)}"] = context
        return page

    def sign_in(self, page: Page, login: str, password: str = PASSWORD) -> None:
        page.goto("/sign-in")
        self.shoot(page, "sign-in")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(password)
        press(page, "登录")
        expect(page).not_to_have_url(re.compile("/sign-in$"))

    def _first(self, login: str) -> Page:
        page, once = self.stranger(), self.passwords.pop(login, "")
        self.sign_in(page, login, once or PASSWORD)
        if once:
            expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
            self.shoot(page, "first-password")
            page.get_by_label("当前密码").fill(once)
            page.get_by_label("新密码", exact=False).first.fill(PASSWORD)
            page.get_by_label("再输入一次新密码").fill(PASSWORD)
            press(page, "修改密码")
            expect(page).not_to_have_url(re.compile("/me/password"))
        return page


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def go(page: Page, entry: str) -> None:
    """By the navigation at the left."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name=entry, exact=True).click()


def told(page: Page, sentence: str) -> None:
    """The notice on top of the page."""
    expect(page.get_by_role("status").filter(has_text=sentence).first).to_be_visible()


# ---- first-case.md, section by section -----------------------------------------------------------------------------
