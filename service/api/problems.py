"""Errors as RFC 9457 problems. This table is the only place where a code meets an HTTP status."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service.domain.errors import Fault, Invalid, OneSealError
from service.domain.texts import say

STATUS: Mapping[str, int] = {
    "not-signed-in": 401,
    "not-allowed": 403,
    "second-factor-needed": 403,
    "password-change-needed": 403,
    "second-factor-setup-needed": 403,
    "not-found": 404,
    "conflict": 409,
    "step-failed": 409,
    "stale": 412,
    "too-large": 413,
    "invalid": 422,
    "diagram-refused": 422,
    "idempotency-key-reused": 422,
    "error": 500,
    "schema-newer": 503,
    "unavailable": 503,
}
CODE_OF: Mapping[int, str] = {400: "invalid", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}
MEDIA_TYPE = "application/problem+json"


class Problem(JSONResponse):
    """A refusal may quote what was sent; what is no UTF-8 shows as ``?`` there."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def problem(
    code: str, detail: str, *, faults: Sequence[Fault] = (), status: int = 0, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """One problem. ``detail`` is for people, ``code`` for programs, ``faults`` lists every single thing that is wrong."""
    found = status or STATUS.get(code, 500)
    content: dict[str, Any] = {
        "type": f"urn:oneseal:problem:{code}",
        "title": say(f"problem.{code}"),
        "status": found,
        "code": code,
        "detail": detail,
    }
    if faults:
        content["faults"] = [{"code": f.code, "message": f.message, "where": plain(dict(f.where))} for f in faults]
    extra = dict(headers or {})
    if found == 401:
        extra["WWW-Authenticate"] = "Bearer"
    if found == 503:
        extra["Retry-After"] = "1"
    return Problem(content, found, headers=extra)


def of_error(error: OneSealError) -> JSONResponse:
    return problem(error.code, str(error), faults=error.faults)


async def on_http(_request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: unknown paths, methods, bodies over the limit, our own strict reading of JSON."""
    assert isinstance(error, HTTPException)
    if isinstance(error, BadBody):
        return of_error(error.why)
    code = CODE_OF.get(error.status_code, "invalid")
    return problem(code, say(f"problem.{code}"), status=error.status_code, headers=error.headers)


async def on_validation(_request: Request, error: Exception) -> JSONResponse:
    """Fields of the request that are missing, unknown or of the wrong type, all at once."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(found) for found in error.errors()]
    return problem("invalid", say("request.invalid", count=len(faults)), faults=faults)


class BadBody(HTTPException):
    """The body is no JSON we accept; ``why`` is the whole story."""

    def __init__(self, why: Invalid) -> None:
        super().__init__(422, str(why))
        self.why = why


def _fault(found: Mapping[str, Any]) -> Fault:
    where = [str(part) for part in found["loc"]]
    kind = str(found["type"])
    known = {"missing": "request.missing", "extra_forbidden": "request.unknown-field"}
    text = (
        say(known[kind], field=where[-1]) if kind in known else say("request.wrong", field=where[-1], why=found["msg"])
    )
    return Fault(kind.replace("_", "-"), text, {"field": ".".join(where[1:]) or where[0], "in": where[0]})


def plain(value: Any) -> Any:
    """Whatever a fault carries, as JSON."""
    return json.loads(json.dumps(value, default=str))
