"""Facts handlers may ask for (being written)."""

from collections.abc import Callable
from typing import Any

FACTS: dict[str, Callable[..., Any]] = {}
