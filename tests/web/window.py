"""A browser window with the parts of web/check in it, for tests."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--headless",
)  # fmt: skip


def missing() -> str:
    """What is not there and how to get it; empty when a window can be opened."""
    if not CHROMIUM.exists():
        return "no Chromium: apt-get install chromium fonts-noto-cjk"
    if not (WEB / "node_modules/vite").exists() or not shutil.which("node"):
        return "no npm packages: (cd web && npm ci --ignore-scripts)"
    return ""


def build(folder: Path) -> Path:
    """Bundle web/check into the folder."""
    command = [WEB / "node_modules/.bin/vite", "build", "check", "--outDir", folder, "--logLevel", "warn"]
    subprocess.run([str(part) for part in command], cwd=WEB, check=True)
    return folder


@contextmanager
def window(bundle: Path) -> Iterator[Page]:
    """A page with the functions of web/check/main.js under ``oneseal``. Any error in the page fails whoever holds the window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_context(viewport={"width": 1600, "height": 900}).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.set_content("<!doctype html><html lang=zh-CN><body></body></html>")
        page.add_style_tag(path=bundle / "check.css")
        page.add_script_tag(path=bundle / "check.js")
        yield page
        browser.close()
        assert not errors, errors
