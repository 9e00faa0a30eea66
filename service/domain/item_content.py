"""What a version of an item says, as one value and one digest: the history holds the digest, so a row changed behind our back shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from service.domain.history import canonical
from service.domain.items import Item

STANDING = ("id", "version", "made_by", "made_at", "change_note", "marks")  # what is about a version and not said in it


def content(item: Item) -> dict[str, Any]:
    """Only elements that say something: one added to the tables later does not change the digest of older versions."""
    values: Mapping[str, Any] = asdict(item)
    return {
        f.name: _plain(values[f.name]) for f in fields(Item) if f.name not in STANDING and values[f.name] != f.default
    }


def content_digest(item: Item) -> str:
    """Hex of SHA-256 over the canonical text of ``content``."""
    return hashlib.sha256(canonical(content(item)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)
