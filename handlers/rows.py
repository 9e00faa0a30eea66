"""Rows of lists as handlers pass them on: copied, never changed in place, never losing a field another handler needs."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
MAY_STAY = frozenset({"accept_only", "legal_review"})  # outcomes other than eligible that may stay in a batch as judged
SHANGHAI = ZoneInfo("Asia/Shanghai")


def rows_of(given: Mapping[str, Any], name: str) -> list[Row]:
    """The list variable ``name`` as copies of its rows; a missing one is empty."""
    found = given.get(name) or []
    return [dict(row) for row in found if isinstance(row, Mapping)]


def by(rows: Iterable[Mapping[str, Any]], key: str) -> dict[Any, Mapping[str, Any]]:
    """Rows by one of their fields; the last one wins."""
    return {row.get(key): row for row in rows}


def dropped(item: Mapping[str, Any], *, step: str, reason: str) -> Row:
    """A line of ``dropped_items``: which item left the batch, where, and why."""
    return {
        "item_id": item.get("item_id"),
        "name": item.get("name"),
        "item_class": item.get("item_class", ""),
        "step": step,
        "reason": reason,
    }


def legal_rows(items: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Lines for the legal review: every item whose result may need the organ's own seal (E8)."""
    return [
        {
            "item_id": i["item_id"],
            "name": i["name"],
            "basis": i.get("basis", ""),
            "ruling": "",
            "article": "",
            "note": "",
        }
        for i in items
        if i.get("scope") == "legal_review"
    ]


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def local_day(moment: datetime) -> date:
    """The Shanghai date of an aware moment."""
    return moment.astimezone(SHANGHAI).date()
