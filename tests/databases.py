"""Databases for tests: a fresh one for every test, on SQLite and on PostgreSQL, real ones only.

PostgreSQL comes from ONESEAL_TEST_POSTGRES (a URL of a server where databases may be made), else from Debian's binaries started
in a temporary folder. Without either the PostgreSQL tests are skipped loudly, and fail when CI is set.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.store.schema import migrate
from service.store.session import Database, normal_url

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@dataclass
class Server:
    """A PostgreSQL server; ``url`` ends with a slash. Test databases are copies of a migrated template."""

    url: str
    names: Iterator[int] = field(default_factory=lambda: count(1))
    mark: str = field(default_factory=lambda: f"t{os.getpid()}")

    def prepare(self) -> None:
        self._run(f"CREATE DATABASE {self.mark}_template")
        migrate(f"{self.url}{self.mark}_template")

    def fresh(self) -> str:
        """The URL of a new, migrated, empty database."""
        name = f"{self.mark}_{next(self.names)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self.mark}_template STRATEGY FILE_COPY")
        return f"{self.url}{name}"

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(normal_url(self.url + "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def postgresql() -> Iterator[Server | None]:
    """The server for a whole test run, or None where there is none."""
    given = os.environ.get("ONESEAL_TEST_POSTGRES")
    if given:
        server = Server(given.rstrip("/") + "/")
        server.prepare()
        yield server
    elif _BINARIES:
        with _started(_BINARIES[0]) as url:
            server = Server(url)
            server.prepare()
            yield server
    else:
        yield None


@contextmanager
def _started(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="oneseal-pg-"))
    user = _server_user(folder)
    process = None
    try:
        _run_as(user, [binaries / "initdb", "-D", folder / "data", "-U", "oneseal", "-A", "trust", "-E", "UTF8",
                       "--locale=C.UTF-8", "--no-sync"], cwd=folder)  # fmt: skip
        port = _free_port()
        options = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120"]
        command = [binaries / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", "-k", folder]
        for option in options:
            command += ["-c", option]
        process = subprocess.Popen([str(part) for part in command], cwd=folder, user=user, stderr=subprocess.DEVNULL)
        url = f"postgresql://oneseal@127.0.0.1:{port}/"
        _wait_for(url, process)
        yield url
    finally:
        if process:
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _server_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root lends the folder to the user ``postgres``."""
    if os.geteuid():
        return None
    pwd.getpwnam("postgres")
    shutil.chown(folder, "postgres", "postgres")
    return "postgres"


def _run_as(user: str | None, command: list[object], *, cwd: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, user=user, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout[-500:]} {done.stderr[-500:]}")


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            create_engine(normal_url(url + "postgres"), poolclass=NullPool).connect().close()
            return
        except Exception as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the test server did not come up") from error
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def tamper(database: Database, chain: str, seq: int) -> None:
    """What a dishonest database administrator can do: triggers off, one byte of an event changed, triggers on."""
    engine = create_engine(database.url, poolclass=NullPool)
    change = text("UPDATE event SET body = replace(body, :old, :new) WHERE chain = :chain AND seq = :seq")
    with engine.begin() as connection:
        if database.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER event_no_update"))
        else:
            connection.execute(text("ALTER TABLE event DISABLE TRIGGER event_no_change"))
        assert connection.execute(change, {"chain": chain, "seq": seq, "old": '"v":1', "new": '"v":2'}).rowcount == 1
