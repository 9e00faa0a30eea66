"""nginx for tests of the shipped proxy: from PATH, or Debian's package unpacked beside the tools. Nothing is installed or started."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PLACE = Path(sys.prefix) / "nginx"


def binary() -> Path | None:
    """What answers to ``nginx -v``, or None."""
    named = shutil.which("nginx")
    candidates = [Path(named)] if named else []
    return next((path for path in (*candidates, PLACE / "usr/sbin/nginx") if _runs(path)), None)


def fetch() -> str:
    """ "" when it is there, else how to get it."""
    if not binary() and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        with tempfile.TemporaryDirectory() as folder:
            package = _downloaded(Path(folder))
            if package:
                subprocess.run(["dpkg-deb", "-x", package, PLACE], check=False)
    return "" if binary() else "no nginx: apt-get install nginx-light, or unpack Debian's package where PATH finds it"


def _downloaded(folder: Path) -> Path | None:
    """The package file; the lists of packages are renewed only when it is not to be had without."""
    for command in (["apt-get", "download", "nginx"], ["apt-get", "update", "-qq"], ["apt-get", "download", "nginx"]):
        print("$", *command, flush=True)
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if found := list(folder.glob("nginx_*.deb")):
            return found[0]
    return None


def _runs(path: Path) -> bool:
    try:
        return subprocess.run([path, "-v"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
