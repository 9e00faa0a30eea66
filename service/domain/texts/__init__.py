"""The one catalogue of Chinese texts. Each room adds its part in a file of its own; a key stands once.

``say("task.claimed_by_other", name="…")`` fills the placeholders; an unknown key is a programming error and raises KeyError.
"""

from importlib import import_module
from typing import Any

PARTS = (
    "accounts", "actions", "api", "calendars", "cli", "columns", "demo", "diagrams", "dmn", "domain", "elements", "engine",
    "feel", "forms", "handlers", "items", "keeping", "library", "pages", "readiness", "records", "repair", "sheets", "worker",
)  # fmt: skip


def _collect() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in PARTS:
        for key, text in import_module(f"{__name__}.{part}").TEXTS.items():
            if key in found:
                raise RuntimeError(f"text {key!r} of {part} stands twice in the catalogue")
            found[key] = text
    return found


TEXTS = _collect()


def say(key: str, /, **values: Any) -> str:
    """The Chinese text of ``key`` with its ``{placeholders}`` filled."""
    return TEXTS[key].format_map(values) if values else TEXTS[key]
