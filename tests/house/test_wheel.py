"""What is installed holds everything that is needed beside the code."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True,
        capture_output=True,
    )  # fmt: skip
    (made,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(made).namelist())


def _names(folder: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in tracked() if path.is_relative_to(ROOT / folder)}


def test_it_holds_the_service_and_its_handlers_with_their_data(wheel: set[str]) -> None:
    assert _names("service") | _names("handlers") <= wheel


def test_it_holds_the_diagrams_where_an_installed_service_looks(wheel: set[str]) -> None:
    assert {f"service/shipped/{name}" for name in _names("bpmn")} <= wheel
    assert "service/shipped/bpmn/bundles.toml" in wheel


def test_it_holds_the_migrations_and_the_texts(wheel: set[str]) -> None:
    assert any(name.startswith("service/store/migrations/versions/0001_") for name in wheel)
    assert "service/domain/texts/actions.py" in wheel


def test_it_holds_the_built_pages(wheel: set[str]) -> None:
    """Whatever tools/build_web.py has built; git does not keep it, so the project's file must name it."""
    built = {path.name for path in (ROOT / "service/pages/static/dist").glob("*")}
    assert {f"service/pages/static/dist/{name}" for name in built} <= wheel
    assert "service/pages/templates/layout.html" in wheel


def test_it_holds_no_tests_and_no_tools(wheel: set[str]) -> None:
    tops = {Path(name).parts[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"service", "handlers"}


def test_the_command_is_installed(wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
