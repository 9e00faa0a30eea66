"""What administrators edit is well-formed, described, and deployed."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.house.source import ROOT, agree

BPMN = ROOT / "bpmn"
XML = sorted(p for p in BPMN.rglob("*") if p.suffix in (".bpmn", ".dmn"))
JSON = sorted(p for p in BPMN.rglob("*") if p.suffix in (".form", ".json"))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a name stands twice: {sorted({n for n in names if names.count(n) > 1})}"
    return dict(pairs)


@pytest.mark.parametrize("path", XML, ids=lambda p: p.name)
def test_a_diagram_is_well_formed_and_declares_nothing(path: Path) -> None:
    tree = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True)).getroottree()
    assert tree.docinfo.internalDTD is None


@pytest.mark.parametrize("path", JSON, ids=lambda p: p.name)
def test_a_form_is_well_formed_and_says_nothing_twice(path: Path) -> None:
    json.loads(path.read_text(), object_pairs_hook=_once)


def test_every_process_says_who_and_why() -> None:
    agree(
        (f"bpmn/{p.name}" for p in BPMN.iterdir() if p.is_dir() and not (p / "README.md").exists()),
        "Write its README.md: who acts, why, which departments, which variables.",
    )


def _undeployed() -> Iterator[str]:
    bundles = tomllib.loads((BPMN / "bundles.toml").read_text())
    named = {path for bundle in bundles.values() for pattern in bundle["files"] for path in BPMN.glob(pattern)}
    for path in BPMN.rglob("*"):
        if path.suffix in (".bpmn", ".dmn", ".form") and path not in named:
            yield path.relative_to(ROOT).as_posix()


def test_every_file_is_deployed() -> None:
    agree(_undeployed(), "Name it in bpmn/bundles.toml, or take it out.")
