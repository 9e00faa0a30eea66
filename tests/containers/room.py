"""A container without Docker: namespaces of its own, a read-only root, no capabilities, no network but its own loopback.

Only what compose.yaml gives it may be written; the secrets lie in /run/secrets. Needs root (the kernel's rule, not ours).
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

USER = "10001"
TOOLS = ("unshare", "nsenter", "setpriv", "mount")
# Up to the exec the shell is root in its own mount and network; then nobody in particular, for good.
SCRIPT = """
set -eu
mount --make-rprivate /
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir /run/secrets
cp "$1"/* /run/secrets/
chmod 0444 /run/secrets/*
mount --bind "$2" "$2"
mount -o remount,ro,bind /
python3 -c 'import fcntl, socket, struct
with socket.socket() as s: fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 1 | 64))'
cd "$3"
shift 3
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


def needed() -> None:
    """A loud skip where it cannot be; a failure where it counts."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    message = f"cannot make a room: {', '.join(lacking)} not found" if lacking else ""
    if os.geteuid():
        message = "cannot make a room: only root may"
    elif not lacking:
        done = subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True, check=False)
        message = "the kernel lets nobody make a room" if done.returncode else ""
    if message and os.environ.get("CI"):
        pytest.fail(message)
    if message:
        pytest.skip(message)


@dataclass
class Room:
    """``writable``: the one folder that may be written, with what volumes and tmpfs stand for below it. ``cwd`` as WORKDIR."""

    secrets: Path
    writable: Path
    cwd: Path
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, argv: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
        places = [str(place) for place in (self.secrets, self.writable, self.cwd)]
        command = ["unshare", "--mount", "--net", "sh", "-c", SCRIPT, "room", *places, *argv]
        process: subprocess.Popen[str] = subprocess.Popen(
            command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.processes.append(process)
        return process

    def run(self, argv: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        process = self.start(argv, environment)
        out, err = process.communicate(timeout=100)
        return subprocess.CompletedProcess(list(argv), process.returncode, out, err)

    def beside(
        self, process: subprocess.Popen[str], argv: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run in the room of a process that runs, as Docker runs a health check."""
        enter = ["nsenter", "--target", str(process.pid), "--mount", "--net", "--wd"]
        less = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--no-new-privs"]
        return subprocess.run(
            [*enter, *less, *argv], env=dict(environment), capture_output=True, text=True, check=False, timeout=60
        )

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(40)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(10)
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()
