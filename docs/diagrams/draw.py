"""Draw the pictures of this folder from bpmn/: ``python -m docs.diagrams.draw`` from the root of the repository.

Needs Chromium and the npm packages of web/. A long diagram is also drawn in parts, each with the names of the lanes at its left.
"""

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page

from tests.web.drawing import CONTAINERS, Box, Drawing, read_drawing
from tests.web.window import ROOT, build, missing, window

HERE = Path(__file__).parent
LONGEST = 2_400  # wider diagrams are drawn in parts too
PART = 1_420
NAMES = 70  # width of the lanes' names
MARGIN = 12
VIEW = re.compile(r'width="[^"]+" height="[^"]+" viewBox="([^"]+)"')


def main() -> None:
    if reason := missing():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as folder, window(build(Path(folder))) as page:
        paper = page.context.new_page()
        for diagram in sorted((ROOT / "bpmn").glob("*/*.bpmn")):
            name = diagram.parent.name
            answer = page.evaluate("xml => oneseal.openDiagram(xml)", diagram.read_text("utf-8"))
            svg, drawing = answer["svg"], read_drawing(answer)
            (HERE / f"{name}.svg").write_text(f"{svg.strip()}\n{mark_of(diagram)}\n", "utf-8")
            for number, (left, width) in enumerate(parts_of(view_of(svg), drawing), start=1):
                photograph(paper, svg, left=left, width=width, path=HERE / f"{name}-{number}.png")


def mark_of(diagram: Path) -> str:
    """Which file a picture was drawn from; written under it."""
    return f"<!-- SHA-256 of the diagram: {hashlib.sha256(diagram.read_bytes()).hexdigest()} -->"


def view_of(svg: str) -> Box:
    """x, y, width, height of what is drawn."""
    found = VIEW.search(svg)
    assert found, "the drawing says no size"
    x, y, width, height = map(float, found[1].split())
    return x, y, width, height


def parts_of(view: Box, drawing: Drawing) -> Iterator[tuple[float, float]]:
    """Left edge and width of each part; no part begins in the middle of a node or of words."""
    x, _, width, _ = view
    if width <= LONGEST:
        return
    count = round((width - NAMES) / PART)
    wanted = [x + NAMES + n * (width - NAMES) / count for n in range(1, count)]
    cuts = [x + NAMES, *(free_near(cut, drawing) for cut in wanted), x + width]
    yield from ((left, right - left) for left, right in pairwise(cuts))


def free_near(wanted: float, drawing: Drawing) -> float:
    """The nearest place to cut where nothing stands but lanes and subprocesses."""
    frames = (*CONTAINERS, "bpmn:SubProcess")
    boxes = [s.text or s.box for s in drawing.shapes.values() if s.type not in frames]
    boxes += [s.box for s in drawing.nodes if s.type not in frames]
    taken = [(box[0] - MARGIN, box[0] + box[2] + MARGIN) for box in boxes]
    places = sorted((wanted + step for step in range(-300, 300, 5)), key=lambda at: abs(at - wanted))
    return next(at for at in places if not any(left < at < right for left, right in taken))


def photograph(paper: Page, svg: str, *, left: float, width: float, path: Path) -> None:
    x, y, _, height = view_of(svg)
    drawn = svg[svg.index("<svg") :]
    pieces = "".join(
        VIEW.sub(f'style="display:block" width="{w}" height="{height}" viewBox="{at} {y} {w} {height}"', drawn, count=1)
        for at, w in ((x, NAMES), (left, width))
    )
    paper.set_viewport_size({"width": round(NAMES + width), "height": round(height)})
    paper.set_content(f'<html lang=zh-CN><body style="margin:0;display:flex;background:white">{pieces}</body></html>')
    paper.screenshot(path=path)


if __name__ == "__main__":
    main()
