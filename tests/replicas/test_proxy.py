"""The shipped configuration of nginx: it is one, it speaks TLS as it should, and it hides nothing from the service nor adds to it."""

import http.server
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.settings import Settings
from tests.replicas.proxy import HOST, Proxy, openssl
from tests.store.together import until

MIB = 1 << 20


class Upstream(http.server.ThreadingHTTPServer):
    daemon_threads = True
    cut = 0


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what reached it; ``/cut`` ends the connection without an answer, as a process that dies."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        left = size
        while left and (piece := self.rfile.read(min(left, MIB))):
            left -= len(piece)
        assert isinstance(self.server, Upstream)
        if self.path.endswith("/cut"):
            self.server.cut += 1
            self.close_connection = True
            self.connection.close()
            return
        told = {"method": self.command, "path": self.path, "headers": dict(self.headers.items()), "size": size}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-port", str(self.server.server_port))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def upstreams() -> Iterator[list[Upstream]]:
    servers = [Upstream(("127.0.0.1", 0), Echo) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def proxy(folder: Path, upstreams: list[Upstream]) -> Iterator[Proxy]:
    with Proxy(folder, [f"127.0.0.1:{server.server_port}" for server in upstreams]) as running:
        yield running


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxy.url, verify=proxy.trust, trust_env=False, timeout=30) as opened:
        yield opened


def test_nginx_itself_finds_nothing_wrong_with_it(folder: Path) -> None:
    done = Proxy(folder, ["127.0.0.1:1", "127.0.0.1:2"]).check()
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.lower(), done.stderr


def test_it_says_whom_it_speaks_for_and_believes_no_caller(client: httpx.Client, proxy: Proxy) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Request-Id": "x" * 8}
    seen = {k.lower(): v for k, v in client.get("/tasks?q=张三", headers=forged).json()["headers"].items()}
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert seen["host"] == f"{HOST}:{proxy.tls}"
    (line,) = until(proxy.log)  # it is written when the answer has gone
    assert line["request_id"] == seen["x-request-id"] != "x" * 8
    assert (line["client"], line["method"], line["path"], line["status"]) == ("127.0.0.1", "GET", "/tasks", 200)
    assert "张三" not in json.dumps(line, ensure_ascii=False)


def test_plain_http_only_sends_to_tls_and_browsers_remember(client: httpx.Client, proxy: Proxy) -> None:
    answer = httpx.get(f"http://{HOST}:{proxy.plain}/tasks?view=mine", trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"https://{HOST}/tasks?view=mine")
    assert "max-age=31536000" in client.get("/").headers["strict-transport-security"]
    assert client.get("/").headers["server"] == "nginx", "without its version"


@pytest.mark.parametrize(
    ("version", "good"), [("-tls1", False), ("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)]
)
def test_old_tls_is_refused(proxy: Proxy, version: str, good: bool) -> None:
    command = [openssl(), "s_client", "-connect", f"127.0.0.1:{proxy.tls}", version, "-cipher", "ALL:@SECLEVEL=0"]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode == 0 and "BEGIN CERTIFICATE" in done.stdout) == good, done.stdout[-500:] + done.stderr


@pytest.mark.parametrize("cipher", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"])
def test_ciphers_without_forward_secrecy_or_with_cbc_are_refused(proxy: Proxy, cipher: str) -> None:
    command = [openssl(), "s_client", "-connect", f"127.0.0.1:{proxy.tls}", "-tls1_2", "-cipher", cipher]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode != 0


@pytest.mark.parametrize("path", ["/api/v1/files", "/items/import"])
def test_what_the_service_takes_passes_and_more_does_not(client: httpx.Client, path: str) -> None:
    """A form is a little larger than the file in it."""
    largest = Settings().upload_mib * MIB + 64 * 1024
    assert client.post(path, content=bytes(largest)).json()["size"] == largest
    refused = client.post(path, content=bytes(53 * MIB))
    assert refused.status_code == 413


def test_a_request_whose_replica_died_is_sent_again_only_when_that_is_safe(
    client: httpx.Client, proxy: Proxy, upstreams: list[Upstream]
) -> None:
    def asked(method: str, path: str, **headers: str) -> int:
        """How often a replica was asked before the proxy gave up."""
        before = sum(server.cut for server in upstreams)
        answer = client.request(method, path, headers=headers, content=b"x" if method != "GET" else None)
        assert answer.status_code == 502
        return sum(server.cut for server in upstreams) - before

    assert asked("POST", "/api/v1/cases/cut") == 1, "the first one may have done it"
    assert asked("PUT", "/api/v1/files/cut") > 1, "putting twice is putting once"
    assert asked("POST", "/api/v1/cases/cut", **{"Idempotency-Key": "k"}) > 1
    assert asked("GET", "/api/v1/cases/cut") > 1
    assert asked("POST", "/tasks/cut") > 1, "forms of pages carry a key in their body"
    for path in ("/sign-in/cut", "/me/cut", "/me/tokens/cut"):  # accounts too, see tests/house/test_container.py
        assert asked("POST", path) == 1, "but not those with secrets"
    assert asked("POST", "/meetings/cut") > 1


def test_both_resting_are_asked_all_the_same(client: httpx.Client) -> None:
    """Each failed once within five seconds, and lives."""
    for path in ("/api/v1/cut", "/api/v1/cut"):
        assert client.post(path, content=b"x").status_code == 502
    assert [client.get("/ok").status_code for _ in range(6)] == [200] * 6


def test_when_nobody_answers_people_and_programs_are_told_what_is_known(
    folder: Path, client: httpx.Client, upstreams: list[Upstream]
) -> None:
    page = client.post("/tasks/1/cut", content=b"x")
    assert page.status_code == 502
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "可能已经办成，也可能没有" in page.text
    unsure = client.post("/me/password/cut", content=b"x")
    assert "请不要重新提交" in unsure.text
    for headers in ({}, {"Idempotency-Key": "k"}):
        problem = client.post("/api/v1/tasks/1/cut", content=b"x", headers=headers)
        assert problem.status_code == 502
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["code"] == "unavailable"
        assert "Idempotency-Key" in problem.json()["detail"]
        for answer in (page, unsure, problem):
            assert answer.headers["retry-after"] == "5"
            assert answer.headers["cache-control"] == "no-store"
            assert "max-age" in answer.headers["strict-transport-security"]


def test_its_certificate_is_the_one_of_the_secrets(proxy: Proxy) -> None:
    found = ssl.get_server_certificate((HOST, proxy.tls))
    assert found.strip() == (proxy.folder / "tls_certificate").read_text().strip()
