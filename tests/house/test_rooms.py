"""What each room may import from outside the house. The fences inside are import-linter's contracts in pyproject.toml."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest

from tests.house.source import ROOT, Source, agree, python

ALLOWED: dict[str, set[str]] = {
    "service/domain": set(),
    "service/engine": {"SpiffWorkflow", "lxml", "orjson"},
    "service/sheets": {"openpyxl", "handlers"},
    "service/store": {"sqlalchemy", "alembic", "psycopg"},
    "service/actions": set(),
    "service/api": {
        "fastapi",
        "starlette",
        "pydantic",
        "pydantic_core",
        "argon2",
        "structlog",
        "cryptography",
        "pyotp",
        "segno",  # second factors
        "authlib",
        "joserfc",
        "httpx",  # the county's identity provider
    },
    "service/pages": {"fastapi", "starlette", "jinja2", "markupsafe"},
    "service/commands": {"typer", "rich", "pydantic", "pydantic_core"},
    "service/worker": {"structlog", "handlers"},
    "service/demo": {"httpx", "rich"},
    "handlers": {"handlers"},
}


def strangers(sources: Iterable[Source], allowed: set[str]) -> Iterator[str]:
    """Imports of what is neither Python's own, nor the house's, nor allowed."""
    known = allowed | sys.stdlib_module_names | {"service"}
    for source in sources:
        for node in source.nodes:
            for name in imported(node):
                if name.partition(".")[0] not in known:
                    yield f"{source.path}:{node.lineno if isinstance(node, ast.stmt) else 0}: {name}"


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_it_imports_only_what_the_room_is_for(room: str) -> None:
    agree(
        strangers(python(room), ALLOWED[room]),
        "A foreign library lives in one room. Ask that room for what you need, as a value; or, when the room is right, "
        "allow the library in ALLOWED here and say why in docs/decisions.",
    )


def test_every_room_has_its_list() -> None:
    rooms = {"/".join(s.path.split("/")[:2]) for s in python("service") if s.path.count("/") > 1}
    assert rooms - set(ALLOWED) == set(), (
        "a new room: say in ALLOWED what it may import, and in pyproject.toml its fence"
    )


def test_the_rule_sees_a_stranger() -> None:
    bad = Source("service/domain/a.py", "import json\nfrom sqlalchemy import select\n")
    assert list(strangers([bad], set())) == ["service/domain/a.py:2: sqlalchemy"]


def test_a_command_that_serves_nobody_does_not_load_what_serves() -> None:
    """All routes with their models take seconds of every ``oneseal backup``."""
    told = "import service.cli, sys; print(*(name for name in ('fastapi', 'service.main', 'authlib') if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert found.strip() == ""
