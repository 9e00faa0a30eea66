"""A browser window for the tests of this folder. Without Chromium or the npm packages they are skipped loudly, and fail when CI is set."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.window import ROOT, build, missing, window


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


@pytest.fixture(scope="module")
def page(bundle: Path) -> Iterator[Page]:
    with window(bundle) as opened:
        yield opened
