"""The manual says what the product says: buttons and menus, commands, settings, pictures; and no page is too long."""

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from typer.main import get_command

from service.cli import app
from service.domain.texts import TEXTS
from service.settings import Settings
from tests.house.source import ROOT, agree

MANUAL = ROOT / "docs/manual"
NAMED = re.compile(r"【([^】]+)】")
# In a span of code, or alone on an indented line; `docker compose run … oneseal` runs the same.
TYPED = re.compile(r"`(?:docker compose run --rm )?(oneseal [^`]*)`|^ {4,}(oneseal .*)$", re.MULTILINE)
LONGEST = 300
SHORTENED = {"oneseal restore"}  # named in running text without what it wants


def pages() -> list[Path]:
    return sorted(MANUAL.glob("*.md"))


@cache
def product() -> str:
    """All words people read in the product: templates, catalogue, forms."""
    templates = (p.read_text() for p in (ROOT / "service/pages/templates").rglob("*.html"))
    forms = (json.dumps(json.loads(p.read_text()), ensure_ascii=False) for p in (ROOT / "bpmn").rglob("*.form"))
    diagrams = (p.read_text() for p in (ROOT / "bpmn").rglob("*.bpmn"))
    scripts = (p.read_text() for p in (ROOT / "web/form").glob("*.js"))
    return "\n".join((*templates, *forms, *diagrams, *scripts, *TEXTS.values()))


def unknown_words(text: str) -> Iterator[str]:
    for word in NAMED.findall(text):
        if word not in product():
            yield word


def typed(text: str) -> Iterator[str]:
    for span, line in TYPED.findall(text):
        yield (span or line).strip()


def refused(command: str) -> str:
    """Why the real command line would not take it; files named in the manual need not be there."""
    words = shlex.split(command)[1:]
    found: Any = get_command(app)
    while words and hasattr(found, "commands"):
        if words[0] not in found.commands:
            return f"no command {words[0]!r}"
        found, words = found.commands[words[0]], words[1:]
    if hasattr(found, "commands"):
        return ""
    try:
        found.make_context("oneseal", words)
    except Exception as error:
        missing = type(error).__name__ == "MissingParameter" and command in SHORTENED
        return "" if missing or str(error).endswith("does not exist.") else f"{type(error).__name__} {error}"
    return ""


def test_every_button_and_menu_it_names_is_there() -> None:
    found = (f"{page.name}: 【{word}】" for page in pages() for word in unknown_words(page.read_text()))
    agree(found, "Name it as the page does; what is not on a page stands in “”.")


def test_every_command_it_types_is_taken() -> None:
    commands = [(page.name, command) for page in pages() for command in typed(page.read_text())]
    assert len(commands) > 40
    agree((f"{n}: {c}: {why}" for n, c in commands if (why := refused(c))), "See `oneseal … --help`.")


def test_every_setting_is_explained() -> None:
    table = (MANUAL / "operator.md").read_text()
    missing = [name for name in Settings.model_fields if f"| `ONESEAL_{name.upper()}` |" not in table]
    agree(missing, "Give docs/manual/operator.md a row for it: default, what for, danger.")


def test_pictures_are_there_small_and_used() -> None:
    shown = set(re.findall(r"\]\(pictures/([\w-]+\.png)\)", "\n".join(page.read_text() for page in pages())))
    there = {path.name: path.stat().st_size for path in (MANUAL / "pictures").glob("*.png")}
    agree(shown - set(there), "make pictures")
    agree(set(there) - shown, "Show the picture in a page, or remove it.")
    agree((name for name, size in there.items() if size > 200 * 1024), "A picture has at most 200 KiB.")


def test_no_page_is_too_long() -> None:
    agree((p.name for p in pages() if p.read_text().count("\n") > LONGEST), f"At most {LONGEST} lines.")


def test_the_rules_see_a_wrong_word_and_a_wrong_command() -> None:
    assert list(unknown_words("按【保存】，再按【保存并起飞】。")) == ["保存并起飞"]
    assert list(typed("用 `oneseal fly`\n\n    oneseal init --wings\n")) == ["oneseal fly", "oneseal init --wings"]
    assert refused("oneseal fly")
    assert refused("oneseal backup --wings")
    assert not refused("oneseal account list")
