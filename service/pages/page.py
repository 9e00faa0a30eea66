"""What a route of the pages gives back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


class Page:
    """A template with its values. ``islands``: parts of the page are built in the browser and set styles there."""

    def __init__(self, template: str, /, *, status: int = 200, islands: bool = False, **values: Any) -> None:
        self.template, self.status, self.islands = template, status, islands
        self.values: Mapping[str, Any] = values


class Done:
    """An act was done: where to go now, and the sentence to show there (already said)."""

    def __init__(self, location: str, notice: str = "") -> None:
        self.location, self.notice = location, notice


def local(address: str, otherwise: str = "/") -> str:
    """``address`` when it is a path of this service, else ``otherwise``: nobody is sent away by a link to our sign-in."""
    bare = address.strip()
    try:
        parts = urlsplit(bare) if address.isprintable() and "\\" not in address else None
    except ValueError:  # half of an IPv6 address
        return otherwise
    fits = parts and not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return bare if fits and not bare.startswith("//") else otherwise
