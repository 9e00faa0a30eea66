"""The real service as a process of its own, to be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

COMMAND = Path(sys.executable).parent / "oneseal"
UP_SECONDS = 150.0


def run(url: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One ``oneseal`` command against the database, to its end."""
    return subprocess.run(
        [COMMAND, *arguments],
        env=environment(url, **settings),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def environment(url: str, **settings: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ONESEAL_")}
    return kept | {"ONESEAL_DATABASE_URL": url, "ONESEAL_LOG_LEVEL": "error", "COLUMNS": "200"} | settings


class Service:
    """``oneseal serve`` on one port, demo clock on. ``stop`` asks politely; what still runs at the end is killed."""

    def __init__(self, url: str, **settings: str) -> None:
        self._url, self._settings = url, {"ONESEAL_DEMO": "true"} | settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def set(self, **settings: str) -> None:
        """For the next start."""
        self._settings = self._settings | settings

    def start(self) -> None:
        settings = self._settings | {"ONESEAL_PORT": str(self.port)}
        self._process = subprocess.Popen([COMMAND, "serve"], env=environment(self._url, **settings))
        deadline = time.monotonic() + UP_SECONDS
        while not self._ready():
            assert self._process.poll() is None, "the service ended by itself"
            assert time.monotonic() < deadline, "the service did not come up"
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def stop(self) -> int:
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", trust_env=False, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(30)
