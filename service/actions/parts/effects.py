"""Effects handlers may ask for (being written)."""

from collections.abc import Callable
from typing import Any

EFFECTS: dict[str, Callable[..., Any]] = {}
