"""Names are the users' words, and escape hatches stay in the one room that needs them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from tests.house.source import Source, agree, python

EMPTY_WORDS = ("util", "utils", "helper", "helpers", "misc", "manager", "processor")
MAY_PRINT = ("service/cli.py", "service/demo/", "service/touring.py", "tools/", "tests/", "benchmarks/")
IGNORE = re.compile("#" + r"\s*type:\s*ignore")


def empty_names(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if set(PurePosixPath(source.path).stem.lower().split("_")) & set(EMPTY_WORDS):
            yield source.path
        for node in source.nodes:
            if isinstance(node, ast.ClassDef) and node.name.lower().endswith(EMPTY_WORDS):
                yield f"{source.path}:{node.lineno}: class {node.name}"


def relative_imports(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for node in source.nodes:
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{source.path}:{node.lineno}"


def untyped(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if source.path.startswith("service/engine/"):
            continue
        for number, line in enumerate(source.text.splitlines(), 1):
            if IGNORE.search(line):
                yield f"{source.path}:{number}"


def printed(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if source.path.startswith(MAY_PRINT):
            continue
        for call in source.calls():
            if isinstance(call.func, ast.Name) and call.func.id == "print":
                yield f"{source.path}:{call.lineno}"


def undocumented(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if source.text.strip() and not ast.get_docstring(source.tree):
            yield source.path


def test_no_name_is_an_empty_word() -> None:
    agree(empty_names(python()), "Name it after what somebody does or sees with it, not after being of use.")


def test_imports_say_the_whole_path() -> None:
    agree(relative_imports(python()), "Write the path from the room: `from service.store import cases`.")


def test_types_are_ignored_only_at_the_border_of_the_engine() -> None:
    agree(
        untyped(python()),
        "Give the value a type (a Protocol, a cast at the border, a stub); only service/engine may ignore.",
    )


def test_nothing_is_printed_in_service() -> None:
    agree(printed(python()), "Log it with structlog; only the command line and the demo speak to a terminal.")


def test_every_file_says_what_it_is_for() -> None:
    agree(undocumented(python()), "Begin the file with one sentence in the users' words: what is it for?")


def test_the_rules_see_bad_names() -> None:
    bad = Source(
        "service/actions/utils.py",
        "from . import x\nclass TaskManager: ...\nprint(1)\ny = x  #" + " type: ignore[name]\n",
    )
    assert list(empty_names([bad])) == ["service/actions/utils.py", "service/actions/utils.py:2: class TaskManager"]
    assert list(relative_imports([bad])) == ["service/actions/utils.py:1"]
    assert list(untyped([bad])) == ["service/actions/utils.py:4"]
    assert list(printed([bad])) == ["service/actions/utils.py:3"]
    assert list(undocumented([bad])) == ["service/actions/utils.py"]
