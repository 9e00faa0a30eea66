"""Pure ASGI round every request: an id, a limit to its body, one log line, and headers that keep browsers careful."""

import re
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.identity import caller, must_be_settled
from service.domain.errors import OneSealError, TooLarge
from service.wiring import House

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
STORE = (b"cache-control", b"no-store")
MIB = 1024 * 1024
BODY_LIMIT = 2 * MIB
FORM_AROUND = 64 * 1024  # what multipart adds to the file itself
FILES = "/api/v1/files"
LIMITS: Mapping[str, int] = dict.fromkeys(("/api/v1/definitions", "/api/v1/imports", "/imports", "/deploy"), 10 * MIB)
LARGE = frozenset({FILES, *LIMITS})
GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
QUIET = frozenset({"/healthz", "/readyz"})

Tell = Callable[[Request, OneSealError], Awaitable[Response]]

log = structlog.get_logger("http")


class Guard:
    """The caller's ``X-Request-Id`` is taken over when it is harmless. ``tell``: a refusal as whoever asks can read it."""

    def __init__(self, app: ASGIApp, tell: Tell) -> None:
        self.app, self.tell = app, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id = given if GOOD_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        begun, seen = time.perf_counter(), {"status": 0}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = _with_ours(message["headers"], request_id)
            await send(message)

        try:
            await self._limited(scope, receive, guarded)
        finally:
            if scope["path"] not in QUIET:
                took = round((time.perf_counter() - begun) * 1000, 1)
                log.info("request", method=scope["method"], path=_template(scope), status=seen["status"], ms=took)
            structlog.contextvars.unbind_contextvars("request_id")

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body announced too large is refused unread; one that lies about its size is cut off while it is read."""
        limit = _limit(scope)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            answer = await self.tell(Request(scope), TooLarge("body.too_large", limit=limit))
            await answer(scope, receive, send)
            return
        if scope["method"] == "POST" and scope["path"] in LARGE and (refused := await _refused(scope)):
            await (await self.tell(Request(scope), refused))(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def _template(scope: Scope) -> str:
    """The route, not the address: an address may hold anything, a person's name too."""
    return str(getattr(scope.get("route"), "path", "")) or "-"


async def _refused(scope: Scope) -> OneSealError | None:
    """Why nobody is known to be asking (or the database does not say); asked before a large body is taken in."""
    house: House = scope["app"].state.house

    def ask() -> None:
        with house.database.read() as tx:
            must_be_settled(caller(Request(scope), house, tx))

    try:
        await run_in_threadpool(ask)
    except OneSealError as error:
        return error
    return None


def _limit(scope: Scope) -> int:
    """In bytes; files as large as the setting lets them be."""
    if scope["path"] == FILES:
        return int(scope["app"].state.house.settings.upload_mib) * MIB + FORM_AROUND
    return LIMITS.get(scope["path"], BODY_LIMIT)


def _with_ours(headers: list[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
    """A route's own policy stays."""
    have = {name.lower() for name, _ in headers}
    added = [pair for pair in (*HEADERS, POLICY, STORE) if pair[0] not in have]
    return [*headers, *added, (b"x-request-id", request_id.encode())]
