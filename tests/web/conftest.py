"""A browser window for the tests of this folder. Without Chromium or the npm packages they are skipped loudly, and fail when CI is set."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.databases import Folder
from tests.story import prepare_county
from tests.web.town import Town, chromium
from tests.web.window import ROOT, build, missing, window
from tools.build_web import build as build_web


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where what was seen is kept for looking at."""
    folder = ROOT / "artifacts/web"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return build(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def built() -> None:
    """The pages' own scripts and style sheets, of the sources as they are."""
    if reason := missing() or build_web():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def browser(built: None) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def town(browser: Browser, folder: Folder) -> Iterator[Town]:
    """The example county with a batch of 火田镇 that has just begun."""
    url = folder.fresh("county", prepare_county)
    with Town(url, browser) as opened:
        opened.story.begins("huotian-clerk", township="huotian")
        yield opened
    folder.drop(url)


@pytest.fixture(scope="module")
def page(bundle: Path) -> Iterator[Page]:
    with window(bundle) as opened:
        yield opened
