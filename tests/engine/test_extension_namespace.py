"""Engine, modeler descriptor and docs/extensions.md name the same attributes on the same elements."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.engine.drawing import ONESEAL
from service.engine.vocabulary import HARMLESS, MEANT

ROOT = Path(__file__).parents[2]
DESCRIPTOR: dict[str, Any] = json.loads((ROOT / "bpmn/oneseal-moddle.json").read_text("utf-8"))
PAGE = (ROOT / "docs/extensions.md").read_text("utf-8")
Pairs = set[tuple[str, str]]  # (element, attribute)


def engine_pairs(prefix: str) -> Pairs:
    return {(element, name) for element, names in MEANT.items() for name in names if name.startswith(prefix)}


def descriptor_pairs() -> Pairs:
    found: Pairs = set()
    for type_ in DESCRIPTOR["types"]:
        for extended in type_["extends"]:
            local = extended.removeprefix("bpmn:")
            found |= {(local[0].lower() + local[1:], f"oneseal:{p['name']}") for p in type_["properties"]}
    return found


def page_pairs(prefix: str) -> Pairs:
    rows = (line.split(" | ") for line in PAGE.splitlines() if line.startswith(f"| `{prefix}"))
    return {(element, row[0].strip("| `")) for row in rows for element in re.findall(r"`(\w+)`", row[1])}


def test_it_uses_one_namespace() -> None:
    assert DESCRIPTOR["uri"] == ONESEAL
    assert DESCRIPTOR["prefix"] == "oneseal"
    assert ONESEAL in PAGE


def test_it_tells_the_modeler_just_what_the_engine_reads() -> None:
    assert descriptor_pairs() == engine_pairs("oneseal:")


@pytest.mark.parametrize("prefix", ["oneseal:", "camunda:"])
def test_it_documents_just_what_the_engine_reads(prefix: str) -> None:
    assert page_pairs(prefix) == engine_pairs(prefix)


def test_it_documents_what_is_let_through_without_meaning() -> None:
    assert all(f"`{name}`" in PAGE for name in HARMLESS)


def test_it_explains_every_attribute_in_the_modeler_in_chinese() -> None:
    for type_ in DESCRIPTOR["types"]:
        for attribute in type_["properties"]:
            assert attribute["isAttr"]
            assert attribute["type"] in ("String", "Integer")
            assert re.search("[一-鿿]", attribute["description"]), attribute["name"]
