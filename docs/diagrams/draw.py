"""Draw the pictures of this folder from bpmn/: ``python -m docs.diagrams.draw`` from the root of the repository. Needs no browser.

A long diagram is also drawn in parts, each with the names of the lanes at its left. The first part of the main process is the
README's picture, as PNG: not every viewer of a README has a Chinese font. It needs Chromium; without it the old one stays.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from service.engine.svg.parts import parts_of, write_part
from service.engine.svg.read import read_picture
from service.engine.svg.write import write_svg
from service.engine.xml import Document, read_xml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
README = "seal_authorisation-1"


def main() -> None:
    for name, svg in pictures():
        (HERE / f"{name}.svg").write_text(svg, "utf-8")
    photograph(HERE / f"{README}.svg", HERE / f"{README}.png")


def pictures() -> Iterator[tuple[str, str]]:
    """(name, SVG) of every picture of this folder."""
    for diagram in sorted((ROOT / "bpmn").glob("*/*.bpmn")):
        name = diagram.parent.name
        document = read_xml(diagram.name, diagram.read_bytes())
        assert isinstance(document, Document), document
        picture = read_picture(document, name)
        yield name, write_svg(picture)
        for number, (left, right) in enumerate(parts_of(picture), start=1):
            yield f"{name}-{number}", write_part(picture, left, right)


def photograph(svg: Path, png: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.web.window import ARGUMENTS, CHROMIUM

    if not CHROMIUM.exists():
        sys.stderr.write(f"no Chromium: {png.name} stays as it is\n")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page()
        page.set_content(
            f'<html lang=zh-CN><body style="margin:0">{svg.read_text("utf-8").partition("?>")[2]}</body></html>'
        )
        page.locator("body > svg").screenshot(path=png)
        browser.close()


if __name__ == "__main__":
    main()
