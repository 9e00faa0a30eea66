"""Three-way merge of variables: what a branch changed against the fork counts, what it only carried along does not."""

from collections.abc import Mapping, Sequence
from typing import Any

_GONE = object()


def merge(base: Mapping[str, Any], branches: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``base`` with the changes of every branch.

    Contexts are merged key by key, lists that branches only added to keep all that was added. Where two branches changed the same
    value otherwise, the later branch has the last word.
    """
    merged = dict(base)
    for branch in branches:
        for key in {**base, **branch}:
            _take(merged, key, before=base.get(key, _GONE), now=branch.get(key, _GONE))
    return merged


def _take(merged: dict[str, Any], key: str, *, before: Any, now: Any) -> None:
    if _same(before, now):
        return
    theirs = merged.get(key, _GONE)
    if now is _GONE:
        merged.pop(key, None)
    elif isinstance(now, dict) and isinstance(before, dict) and isinstance(theirs, dict):
        merged[key] = merge(before, [theirs, now])
    elif _added_to(before, theirs) and _added_to(before, now):
        merged[key] = theirs + now[len(before) :]
    else:
        merged[key] = now


def _added_to(before: Any, now: Any) -> bool:
    """Whether ``now`` is the list ``before`` with more at its end."""
    return isinstance(before, list) and isinstance(now, list) and _same(before, now[: len(before)])


def _same(one: Any, other: Any) -> bool:
    """Equal in kind too: to Python 1 is True, to a form it is not."""
    if one is other:
        return True
    if type(one) is not type(other) or one is _GONE:
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
