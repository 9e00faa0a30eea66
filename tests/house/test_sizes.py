"""Files and functions stay small enough to be read on one screen or two."""

import tomllib
from collections.abc import Iterable, Iterator

from tests.house.source import MIGRATIONS, ROOT, Source, agree, python

FILE, FUNCTION, COMPLEXITY = 300, 40, 8
LONG_BY_NATURE = (MIGRATIONS, "service/store/tables/")


def long_files(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if source.lines > FILE and not source.path.startswith(LONG_BY_NATURE):
            yield f"{source.path}: {source.lines} lines, at most {FILE}"


def long_functions(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for function in source.functions():
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > FUNCTION and not source.path.startswith(MIGRATIONS):
                yield f"{source.path}:{function.lineno}: {function.name} has {lines} lines, at most {FUNCTION}"


def test_no_file_is_too_long() -> None:
    agree(
        long_files(python()),
        "Cut by verb, not by noun: move one story, with what only it needs, to a file named after it.",
    )


def test_no_function_is_too_long() -> None:
    agree(
        long_functions(python()), "Name the steps: each becomes a function below the one that tells the whole in order."
    )


def test_no_function_decides_too_much() -> None:
    """The linter counts (C901, at most 8 ways through a function); nobody may tell it to look away."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert project["mccabe"]["max-complexity"] == COMPLEXITY
    assert "C90" in project["select"]
    blind = (
        f"{s.path}:{n}"
        for s in python()
        for n, line in enumerate(s.text.splitlines(), 1)
        if "C9" + "01" in line and "noqa" in line
    )
    agree(blind, "Give each way through it a name: a table of functions, or a question that is its own function.")


def test_the_rules_see_what_is_too_long() -> None:
    body = "def f() -> None:\n" + "    pass\n" * FILE
    assert list(long_files([Source("service/a.py", body)])) == [f"service/a.py: {FILE + 1} lines, at most {FILE}"]
    assert len(list(long_functions([Source("service/a.py", body)]))) == 1
    assert not list(long_files([Source(MIGRATIONS + "a.py", body)]))
