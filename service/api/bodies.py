"""Reading JSON strictly: what could not be kept, or could mean two things, is refused at the door and nothing is guessed.

Numbers with a fraction become Decimal, so that 0.1 stays 0.1. Refused: NaN and Infinity, NUL characters, half surrogates, a key twice
in one object, nesting deeper than 32, numbers beyond 10^60.
"""

import json
from collections.abc import Callable, Coroutine
from decimal import Decimal, InvalidOperation
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from service.api.problems import BadBody
from service.domain.errors import Invalid

DEEPEST = 32
LONGEST_NUMBER = 80
FARTHEST_POWER = 60
MOST_MEMBERS = 10_000  # of one object; one list may be longer


def read_json(body: bytes) -> Any:
    """The value of ``body``; Invalid says what is wrong with it."""
    try:
        text = body.decode("utf-8")
        value = json.loads(
            text, parse_float=_decimal, parse_int=_integer, parse_constant=_constant, object_pairs_hook=_object
        )
    except UnicodeDecodeError as error:
        raise Invalid("body.not_utf8") from error
    except json.JSONDecodeError as error:
        raise Invalid("body.not_json", line=error.lineno, column=error.colno, why=error.msg) from error
    except RecursionError as error:
        raise Invalid("body.too_deep", limit=DEEPEST) from error
    _check(value, depth=0)
    return value


class StrictRequest(Request):
    """A request whose JSON is read by ``read_json``."""

    async def json(self) -> Any:
        try:
            return read_json(await self.body())
        except Invalid as error:
            raise BadBody(error) from error


class StrictRoute(APIRoute):
    """Every route of the API reads its body this way."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await inner(StrictRequest(request.scope, request.receive))

        return handle


def _decimal(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise Invalid("body.number", number=text[:40])
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise Invalid("body.number", number=text[:40]) from error
    if abs(found.adjusted()) > FARTHEST_POWER:
        raise Invalid("body.number", number=text[:40])
    return found


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Invalid("body.number", number=text[:40])
    return int(text)


def _constant(text: str) -> Any:
    raise Invalid("body.constant", found=text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_MEMBERS:
        raise Invalid("body.too_many", limit=MOST_MEMBERS)
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Invalid("body.key_twice", key=key[:60])
        found[key] = value
    return found


def _check(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise Invalid("body.too_deep", limit=DEEPEST)
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list):
        for entry in value:
            _check(entry, depth=depth + 1)
    elif isinstance(value, dict):
        for key, entry in value.items():
            _check_text(key)
            _check(entry, depth=depth + 1)


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Invalid("body.character")
