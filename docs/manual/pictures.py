"""Make the pictures of the manual: ``make pictures``. Walks the way of the manual on a temporary database, with the invented 示例县.

Needs Chromium and the built pages. Every page shows today's dates, so the pictures differ a little from run to run.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page

from docs.manual import county
from docs.manual.hands import Walk
from docs.manual.walk import FIRST_CASE, check_form
from tests.web.town import chromium
from tests.web.window import missing
from tools.build_web import build

HERE = Path(__file__).parent
PICTURES, EXAMPLE = HERE / "pictures", HERE / "example"
LARGEST = 200 * 1024  # bytes
SHOWN: FloatRect = {
    "x": 0,
    "y": 0,
    "width": 1280,
    "height": 660,
}  # the upper part of the window says enough, and is small
ABOVE = 90  # pixels of the page kept above the place a picture begins at


def main() -> None:
    if reason := missing() or build():
        sys.exit(reason)
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        Walk(Path(folder), browser, photograph) as walk,
    ):
        for section in (*FIRST_CASE, check_form):
            section(walk)
        EXAMPLE.mkdir(exist_ok=True)
        for name in county.FILES:
            shutil.copy(walk.folder / name, EXAMPLE / name)
        walk.stop()
    _must_be_small()


def photograph(page: Page, name: str, at: Locator | None) -> None:
    """What a person sees in the window, the first time somebody comes by."""
    target = PICTURES / f"{name}.png"
    if target.name in _TAKEN:
        return
    _TAKEN.add(target.name)
    top = at.bounding_box() if at else None
    page.evaluate("y => window.scrollTo(0, y)", max(0, top["y"] - ABOVE) if top else 0)
    page.screenshot(path=target, animations="disabled", clip=SHOWN)


_TAKEN: set[str] = set()


def _must_be_small() -> None:
    large = [path.name for path in sorted(PICTURES.glob("*.png")) if path.stat().st_size > LARGEST]
    if large:
        sys.exit(f"larger than {LARGEST // 1024} KiB: {', '.join(large)}")


if __name__ == "__main__":
    main()
