"""Values written by hand: a FEEL expression that reads no variable. JSON is nearly all of it; dates are ``date("2026-12-01")``."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from service.domain.texts import say
from service.engine import codec, feel
from service.engine.expressions import plain
from service.engine.feel.operators import kind_text

SHOWN = 500


class BadLiteral(Exception):
    """The message is Chinese."""


def read_literal(text: str, *, at: datetime) -> Any:
    """The value as a variable keeps it; BadLiteral for what cannot be read, reads a variable, or cannot be kept."""
    try:
        expression = feel.compile(feel.strip_equals(text))
        if expression.names:
            raise BadLiteral(say("literal.names", names=say("list.comma").join(sorted(expression.names))))
        return codec.settled({"value": plain(expression.evaluate({}, at=at))})["value"]
    except feel.FeelError as error:
        raise BadLiteral(error.message) from error
    except ValueError as error:
        raise BadLiteral(say("engine.data", why=str(error))) from error


def kind_of(value: Any) -> str:
    """The Chinese word for its kind."""
    return kind_text(_of_feel(value))


def names_read(expression: str) -> tuple[str, ...]:
    """The variables an expression reads, in order; none when it cannot be read."""
    try:
        return tuple(sorted(feel.compile(feel.strip_equals(expression)).names))
    except feel.FeelError:
        return ()


def shown(value: Any) -> str:
    """The beginning of a value as it would be written."""
    return feel.shown(_of_feel(value), limit=SHOWN)


def _of_feel(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, list):
        return [_of_feel(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _of_feel(entry) for key, entry in value.items()}
    return value
