"""A county's identity provider for tests: OpenID Connect on the loopback, honest by itself and dishonest as told."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey

CLIENT, SECRET = "oneseal-test", "client-secret"
Claims = dict[str, Any]


class IdentityProvider:
    """``login``: who sits before it. ``now``: its clock. ``key``: what it signs with; ``header`` and ``claims`` change what it says."""

    def __init__(self, now: Callable[[], datetime], login: str = "clerk") -> None:
        self.now, self.login = now, login
        self.key: Key = _rsa_key()
        self.shown: list[Key] = [self.key]
        self.algorithm = "RS256"
        self.header: Claims = {}
        self.claims: Claims = {}
        self.discovery: Claims = {}
        self.token_of: Callable[[Claims], str] = self.signed
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def settings(self, **more: Any) -> dict[str, Any]:
        given = {
            "oidc_issuer": self.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET,
            "public_url": "http://oneseal.test",
        }  # fmt: skip
        return given | more

    def signed(self, claims: Claims) -> str:
        header = {"alg": self.algorithm, "kid": self.key.kid} | self.header
        return jwt.encode({k: v for k, v in header.items() if v is not None}, claims, self.key, [self.algorithm])

    def described(self) -> Claims:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
        } | self.discovery  # fmt: skip

    def keys(self) -> Claims:
        return {"keys": [key.as_dict(private=isinstance(key, OctKey)) for key in self.shown]}

    def said(self, path: str, given: dict[str, str], authorization: str) -> Claims:
        """What the address answers to a program."""
        if path == "/token":
            return self.token(given, authorization) or {"error": "invalid_grant"}
        return self.keys() if path == "/jwks" else self.described()

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent: the person has agreed."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def token(self, form: dict[str, str], authorization: str) -> Claims | None:
        """None for a code that is not known, is spent, or comes without what it was given for."""
        query = self.codes.pop(form.get("code", ""), None)
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if query is None or authorization != wanted or form.get("redirect_uri") != query["redirect_uri"]:
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if _text(digest) != query["code_challenge"]:
            return None
        at = int(self.now().timestamp())
        honest = {
            "iss": self.issuer, "aud": CLIENT, "sub": f"subject-{self.login}", "iat": at, "exp": at + 300,
            "nonce": query["nonce"], "preferred_username": self.login,
        }  # fmt: skip
        claims = {k: v for k, v in (honest | self.claims).items() if v is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token_of(claims)}

    def __enter__(self) -> "IdentityProvider":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


def unsigned(claims: Claims) -> str:
    """alg: none."""
    return _joined({"alg": "none"}, claims) + "."


def forged(claims: Claims, secret: bytes, kid: str) -> str:
    """HS256 by hand, with whatever secret: no library lends itself to it."""
    said = _joined({"alg": "HS256", "kid": kid}, claims)
    return f"{said}.{_text(hmac.digest(secret, said.encode(), 'sha256'))}"


def _joined(*parts: Claims) -> str:
    return ".".join(_text(json.dumps(part).encode()) for part in parts)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def redirecting(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
    handler.end_headers()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """More than anybody wants to hear."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(64):
            handler.wfile.write(b" " * 65536)
    except OSError:
        pass


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, each within the time-out of a read."""
    handler.send_response(200)
    handler.end_headers()
    ends = time.monotonic() + 30
    try:
        while time.monotonic() < ends:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.2)
    except OSError:
        pass


@cache
def _rsa_key() -> RSAKey:
    """Costs a second on a busy machine, so one for all."""
    return RSAKey.generate_key(2048, {"kid": "first"})


def ec_key() -> Key:
    return ECKey.generate_key("P-256", {"kid": "curve"})


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
            self._answer({k: v[0] for k, v in parse_qs(body).items()})

        def _answer(self, given: dict[str, str]) -> None:
            path = urlsplit(self.path).path
            provider.asked.append(path)
            if path in provider.answers:
                provider.answers[path](self)
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(given))
                self.end_headers()
            else:
                self._json(path, given)

        def _json(self, path: str, given: dict[str, str]) -> None:
            found = provider.said(path, given, self.headers.get("authorization", ""))
            self.send_response(400 if "error" in found else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
