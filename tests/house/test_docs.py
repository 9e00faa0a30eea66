"""Documents stay short, their links lead somewhere, decisions are numbered."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.source import ROOT, agree, tracked

README, DECISION = 150, 60
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
NUMBERED = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def decisions() -> list[Path]:
    return [path for path in documents() if path.parent == ROOT / "docs/decisions" and path.name != "README.md"]


def broken_links(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for groups in LINK.findall(FENCE.sub("", path.read_text())):
            link = "".join(groups)
            if not re.match(r"[a-z]+:", link) and not _leads_somewhere(path, link):
                yield f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name}: {link}"


def _leads_somewhere(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (path.parent / name) if name else path
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target.read_text())


def anchors(text: str) -> set[str]:
    """The names of headings as readers of Markdown make them."""
    headings = (re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", found) for found in HEADING.findall(FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def test_links_lead_somewhere() -> None:
    agree(broken_links(documents()), "Mend the link: the path counts from the document's own folder.")


def test_the_readme_is_one_reading() -> None:
    found = lines(ROOT / "README.md")
    assert found, "README.md is empty: one sentence, one picture, the two commands and what one then sees"
    assert found <= README, f"README.md has {found} lines, at most {README}: move details to docs/ and link them"


def test_decisions_are_short_and_numbered() -> None:
    long = [f"{path.name}: {lines(path)} lines" for path in decisions() if lines(path) > DECISION]
    agree(long, f"A record has at most {DECISION} lines: what was at stake, what was decided, what it costs.")
    agree([p.name for p in decisions() if not NUMBERED.fullmatch(p.name)], "Name it NNNN-what-was-decided.md.")
    numbers = [int(path.name[:4]) for path in decisions()]
    assert numbers == list(range(1, len(numbers) + 1)), "number the records from 1 without a gap or a double"


def test_the_list_of_decisions_is_whole() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text()
    agree([path.name for path in decisions() if f"({path.name})" not in listed], "List it in docs/decisions/README.md.")


def test_the_rule_sees_a_broken_link(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Über: a `b`\n[ok](#über-a-b) [no](#c) [no](gone.md) ![no](x.png) [out](mailto:a@b)\n```\n[no](y)\n```\n"
    )
    assert list(broken_links([page])) == ["page.md: #c", "page.md: gone.md", "page.md: x.png"]
