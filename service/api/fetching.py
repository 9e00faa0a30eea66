"""Asking a server outside: a few seconds, a small answer, no redirects, no proxy of the environment. Never inside a transaction."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx
import structlog

from service.domain.errors import Unavailable

SECONDS = 5.0
MOST_BYTES = 1024 * 1024

log = structlog.get_logger("provider")


def fetch_json(url: str, *, form: Mapping[str, str] | None = None, auth: tuple[str, str] | None = None) -> Any:
    """What the server answers to GET, or to POST where there is a ``form``. Unavailable when that is no JSON with status 200 in time."""
    deadline = time.monotonic() + SECONDS
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            method = "GET" if form is None else "POST"
            headers = {"Accept": "application/json"}
            with client.stream(method, url, data=form, auth=auth, headers=headers) as answer:
                body = _read(answer, deadline)
                if answer.status_code != 200:
                    raise _Refused(f"status {answer.status_code}")
        return json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError, _Refused) as error:
        why = str(error) if isinstance(error, _Refused) else type(error).__name__
        log.warning("a server outside does not answer as it should", url=url.partition("?")[0], why=why)
        raise Unavailable("oidc.away") from error


class _Refused(Exception):
    """The answer is of no use."""


def _read(answer: httpx.Response, deadline: float) -> bytes:
    """A server that drips, or sends without end, is left."""
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > MOST_BYTES:
            raise _Refused("too large")
        if time.monotonic() > deadline:
            raise _Refused("too slow")
    return bytes(found)
