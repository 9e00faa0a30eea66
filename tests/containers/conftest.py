"""The program installed from its wheel, as the image has it, and a PostgreSQL that is reached by a file instead of a network."""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.room import Room, needed
from tests.house.source import ROOT
from tools.postgres import Cluster, binaries, cluster


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """Where user 10001 may look: a test's own folder is for its user alone."""
    folder = Path(tempfile.mkdtemp(prefix="oneseal-room-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def installed(open_folder: Path) -> Path:
    """The folder of ``oneseal`` in an environment of its own; what it depends on is taken from ours."""
    needed()
    wheel, place = open_folder / "wheel", open_folder / "opt"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheel)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (made,) = wheel.glob("*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(place / "bin/python"),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, "--no-compile", "--disable-pip-version-check", str(made)], check=True)
    (libraries,) = (place / "lib").glob("python*/site-packages")
    (libraries / "beside.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return place / "bin"


@pytest.fixture(scope="session")
def server_by_file() -> Iterator[Cluster]:
    found = binaries()
    if not found:
        pytest.skip("no PostgreSQL binaries: `make test` fetches them")
    with cluster(found) as running:
        running.folder.chmod(0o711)  # its socket may be reached, its data not
        yield running


@pytest.fixture
def room(installed: Path, open_folder: Path) -> Iterator[Room]:
    """An empty one; ``writable`` holds what would be volumes and tmpfs."""
    place = Path(tempfile.mkdtemp(prefix="room-", dir=open_folder))
    place.chmod(0o755)
    for name in ("secrets", "rw", "rw/data", "rw/backups", "rw/tmp"):
        (place / name).mkdir()
    for name in ("rw/data", "rw/backups", "rw/tmp"):
        shutil.chown(place / name, 10001)
    (place / "secrets/none").write_text("")
    made = Room(place / "secrets", place / "rw", place / "rw")
    yield made
    made.end()
