"""The house as text: its files, their trees, and how a broken rule is told (where, and what to do about it)."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("service", "handlers", "tests", "tools", "benchmarks", "docs")
MIGRATIONS = "service/store/migrations/"


@dataclass(frozen=True)
class Source:
    """One Python file; ``path`` as the repository names it."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def python(*folders: str) -> tuple[Source, ...]:
    """Every Python file below the folders (all of ours when none is named)."""
    return tuple(_read(path) for folder in folders or CODE for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def _read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text())


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository, or will when it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    names = sorted(set(done.stdout.split("\0")) - {""})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """None for what is no text."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def called(call: ast.Call) -> str:
    """The last name of what is called: ``a.b.commit()`` -> ``commit``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def agree(broken: Iterable[str], advice: str) -> None:
    """Fails with every broken place and what to do."""
    found = sorted(broken)
    assert not found, "\n".join(["", *found, f"-> {advice}"])
