"""nginx with the shipped configuration: only its ports, its folders and the services' addresses are others."""

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from tests.house.source import ROOT
from tools.nginx import binary

TEMPLATE = ROOT / "deploy/nginx/nginx.conf.template"
PAGES = ROOT / "deploy/nginx"
HOST = "localhost"
UP_SECONDS = 20.0


def needed() -> Path:
    """nginx, or a loud skip; a failure where it counts."""
    found = binary()
    if found is None:
        message = "no nginx: `make test` fetches Debian's, or apt-get install nginx-light"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def certificate(folder: Path) -> None:
    """As tools/secrets.sh makes one."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "tls_key"), "-out", str(folder / "tls_certificate")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)


def configuration(folder: Path, services: Sequence[str], *, tls: int, plain: int, body_mib: int = 51) -> str:
    """The template filled in as the image does it, then moved to this machine."""
    text = TEMPLATE.read_text().replace("${ONESEAL_BODY_MIB}", str(body_mib))
    text = re.sub(r"service(\d):8000", lambda found: services[int(found[1]) - 1], text)
    moved = {
        " /tmp/": f" {folder}/",  # the first: other folders may lie below it
        "listen 8080": f"listen 127.0.0.1:{plain}",
        "listen 8443": f"listen 127.0.0.1:{tls}",
        "/run/secrets/": f"{folder}/",
        "/etc/nginx/oneseal": str(PAGES),
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
    }
    for shipped, here in moved.items():
        assert shipped in text, shipped
        text = text.replace(shipped, here)
    return text


class Proxy:
    """``url`` is what browsers open. ``log`` gives the lines of its access log."""

    def __init__(self, folder: Path, services: Sequence[str], **more: Any) -> None:
        self._binary = needed()
        # Its workers run as nobody when root begins it, and must reach their folders.
        self.folder = folder
        self.tls, self.plain = free_port(), free_port()
        self.url = f"https://{HOST}:{self.tls}"
        certificate(folder)
        (folder / "nginx.conf").write_text(configuration(folder, services, tls=self.tls, plain=self.plain, **more))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def trust(self) -> ssl.SSLContext:
        """Trusts the certificate of this proxy and no other."""
        return ssl.create_default_context(cafile=self.folder / "tls_certificate")

    def check(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)

    def start(self) -> None:
        self._process = subprocess.Popen(self._command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + UP_SECONDS
        while not self._listens():
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < until, "the proxy did not come up"
            time.sleep(0.02)

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "access.log").read_text("utf-8").splitlines()]

    def _command(self) -> list[str]:
        user = " user root;" if os.geteuid() == 0 else ""
        return [str(self._binary), "-e", "stderr", "-c", str(self.folder / "nginx.conf"), "-g", f"daemon off;{user}"]

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.tls)) == 0

    def _said(self) -> str:
        log = self.folder / "error.log"
        return log.read_text() if log.exists() else "it ended without a word"

    def __enter__(self) -> "Proxy":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.terminate()  # fast: connections that are kept alive do not hold it
                self._process.wait(10)
        if kind and (self.folder / "error.log").exists():
            print((self.folder / "error.log").read_text()[-3000:])


def openssl() -> str:
    return shutil.which("openssl") or pytest.skip("openssl is not installed")
