"""The two kinds of model, and the page."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from service.domain.paging import Page
from service.store import organisations
from service.store.session import Transaction

T = TypeVar("T")
S = TypeVar("S")
MOST = 200

After = Annotated[str | None, Query(max_length=600, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows on a page.")]


class Given(BaseModel):
    """Comes in: a field we do not know is a mistake of the sender, never ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Shown(BaseModel):
    """Goes out."""

    model_config = ConfigDict(extra="forbid")


class Listed(Shown, Generic[T]):
    """A page; `next` is null on the last one."""

    items: list[T]
    next: str | None = Field(None, description="Give it back as `after` for the following page.")


class Reason(Given):
    """An intervention says why."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "上级文件调整，暂停办理"}]})

    reason: str = Field(max_length=4_000)


def listed(page: Page[S], show: Callable[[S], T]) -> Listed[T]:
    return Listed[T](items=[show(found) for found in page.items], next=page.next)


class Names:
    """Names of organisations, each looked up once in a request."""

    def __init__(self, tx: Transaction) -> None:
        self._tx, self._known = tx, dict[str, str]()

    def of(self, organisation_id: str | None) -> str:
        if not organisation_id:
            return ""
        if organisation_id not in self._known:
            found = organisations.get_organisation(self._tx, organisation_id)
            self._known[organisation_id] = found.name if found else organisation_id
        return self._known[organisation_id]


def json_value(value: Any) -> Any:
    """Values of a case as JSON: dates and durations as ISO text, decimals as numbers."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, dict):
        return {key: json_value(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(entry) for entry in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "as_integer_ratio"):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
