"""Three-way merge of variables: what a branch changed against the fork counts, what it only carried along does not."""

from collections.abc import Mapping, Sequence
from typing import Any

_GONE = object()


def merge(base: Mapping[str, Any], branches: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``base`` with the changes of every branch; where two changed the same value, the later branch has the last word."""
    merged = dict(base)
    for branch in branches:
        for key in {**base, **branch}:
            _take(merged, key, before=base.get(key, _GONE), now=branch.get(key, _GONE))
    return merged


def _take(merged: dict[str, Any], key: str, *, before: Any, now: Any) -> None:
    if _same(before, now):
        return
    if now is _GONE:
        merged.pop(key, None)
    elif isinstance(now, dict) and isinstance(before, dict) and isinstance(merged.get(key), dict):
        merged[key] = merge(before, [merged[key], now])
    else:
        merged[key] = now


def _same(one: Any, other: Any) -> bool:
    if one is _GONE or other is _GONE:
        return one is other
    return type(one) is type(other) and bool(one == other)
