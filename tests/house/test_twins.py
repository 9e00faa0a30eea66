"""One file for one thing, and its test beside it under the same name."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from handlers import HANDLERS

from service.engine.rules import RULES
from tests.house.source import ROOT, agree

SHARED = {"__init__", "frame"}
NO_HANDLER = {"__init__", "contract", "rows", "sandbox"}


def names(folder: str, but: Iterable[str] = ()) -> list[str]:
    return sorted(p.stem for p in (ROOT / folder).glob("*.py") if p.stem not in but)


def without_test(folder: str, tests: str, but: Iterable[str]) -> Iterator[str]:
    for name in names(folder, but):
        if not (ROOT / tests / f"test_{name}.py").exists():
            yield f"{folder}/{name}.py has no {tests}/test_{name}.py"


def test_every_action_has_its_test() -> None:
    agree(
        without_test("service/actions", "tests/actions", SHARED),
        "Test it on the stage, in the users' words: works, wrong organisation, done already, twice at once.",
    )


def test_every_handler_has_its_test() -> None:
    agree(
        without_test("handlers", "tests/handlers", {"__init__", "contract", "rows"}),
        "See docs/how-to-add-a-handler.md.",
    )


def test_every_rule_has_its_test() -> None:
    agree(
        without_test("service/engine/rules", "tests/engine/rules", {"__init__"}),
        "Show the rule a diagram it refuses and its nearest neighbour that it lets pass. See docs/how-to-add-a-rule.md.",
    )


def test_every_rule_shows_a_good_and_a_bad_example() -> None:
    texts = {
        name: import_module(f"service.engine.rules.{name}").__doc__ or "" for name in names("service/engine/rules")
    }
    del texts["__init__"]
    bare = (
        f"service/engine/rules/{name}.py" for name, text in texts.items() if "Good:" not in text or "Bad:" not in text
    )
    agree(bare, "End its docstring with an example it lets pass (Good: ...) and one it refuses (Bad: ...).")


def test_every_action_is_a_function_of_its_files_name() -> None:
    agree(
        (
            f"service/actions/{name}.py"
            for name in names("service/actions", SHARED)
            if not callable(getattr(import_module(f"service.actions.{name}"), name, None))
        ),
        "The file is named after what somebody does, and its first function is that.",
    )


def test_registries_hold_every_file() -> None:
    assert sorted(HANDLERS) == names("handlers", NO_HANDLER), "list it in handlers/__init__.py"
    assert sorted(getattr(rule, "__name__", "").rpartition(".")[2] for rule in RULES) == names(
        "service/engine/rules", {"__init__"}
    ), "list it in service/engine/rules/__init__.py"


def test_the_rule_sees_a_missing_test() -> None:
    (found,) = without_test("handlers", "tests/handlers", set(names("handlers")) - {"contract"})
    assert found == "handlers/contract.py has no tests/handlers/test_contract.py"
