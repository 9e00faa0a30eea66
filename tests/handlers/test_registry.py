"""The registry of handlers: complete, and in agreement with the diagrams, the facts, the effects and the texts."""

import re
from pathlib import Path

import handlers
from handlers import HANDLERS

from service.actions.parts.effects import EFFECTS
from service.actions.parts.facts import FACTS
from service.domain.texts import TEXTS

ROOT = Path(handlers.__file__).parent
SHARED = {"__init__", "contract", "rows", "sandbox"}


def test_every_file_is_registered_under_its_own_name() -> None:
    files = {path.stem for path in ROOT.glob("*.py")} - SHARED
    assert files == set(HANDLERS)
    assert all(HANDLERS[name].handle.__module__ == f"handlers.{name}" for name in files)


def test_every_handler_has_a_test_of_its_name() -> None:
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert set(HANDLERS) <= tests


def named_in_diagrams() -> set[str]:
    diagrams = (ROOT.parent / "bpmn").glob("*/*.bpmn")
    return {name for path in diagrams for name in re.findall(r'oneseal:handler="([^"]*)"', path.read_text("utf-8"))}


def test_every_name_in_the_diagrams_exists_and_every_handler_is_used() -> None:
    assert named_in_diagrams() == set(HANDLERS)


def test_every_handler_is_described_beside_the_diagrams() -> None:
    text = (ROOT.parent / "bpmn" / "handlers.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == set(HANDLERS)


def test_every_fact_and_effect_exists_and_none_is_left_over() -> None:
    facts = {fact for handler in HANDLERS.values() for fact in handler.facts}
    effects = {effect for handler in HANDLERS.values() for effect in handler.effects}
    assert facts == set(FACTS)
    assert effects == set(EFFECTS)


def test_every_title_and_every_text_a_handler_says_is_in_the_catalogue() -> None:
    assert {handler.title for handler in HANDLERS.values()} <= set(TEXTS)
    said = re.compile(r'(?:say|Unreadable)\(\s*["\']([\w.]+)["\']')
    keys = {key for path in ROOT.rglob("*.py") for key in said.findall(path.read_text("utf-8"))}
    assert keys <= set(TEXTS)
    assert len(keys) > 20


def test_every_lease_is_of_a_sensible_length() -> None:
    assert all(5 <= handler.lease_seconds <= 600 for handler in HANDLERS.values())
