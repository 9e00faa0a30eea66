"""Pages of lists: a cursor is opaque to the caller and names the last row seen, so new rows never shift a page."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from service.domain.errors import Invalid

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``next`` is the cursor of the following page, None at the end."""

    items: list[T]
    next: str | None = None


def write_cursor(values: Sequence[Any]) -> str:
    """Moments, numbers and texts of the last row as one URL-safe word."""
    marked = [["t", v.isoformat()] if isinstance(v, datetime) else ["v", v] for v in values]
    return base64.urlsafe_b64encode(json.dumps(marked).encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> list[Any]:
    """The values of ``write_cursor``; Invalid when the word was not made by us for this list."""
    try:
        marked = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [datetime.fromisoformat(v) if kind == "t" else v for kind, v in marked]
    except (ValueError, TypeError, UnicodeError) as error:
        raise Invalid("cursor.unreadable") from error
    if len(values) != length or not all(isinstance(v, (str, int, datetime)) for v in values):
        raise Invalid("cursor.unreadable")
    return values
