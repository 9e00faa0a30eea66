"""Where a request came from, for lockouts, the log and the history. Behind our own proxy the address on the line is the proxy's."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

from service.settings import Settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
FORWARDED = "x-forwarded-for"
FARTHEST = 20  # proxies in a row; whoever sends a longer list is making it up


def client_address(request: HTTPConnection, settings: Settings) -> str:
    """The caller's address as text (``10.1.2.3``, ``2001:db8::7``); "" where there is none, as on a socket file.

    Anybody may send ``X-Forwarded-For``. Only what one of ONESEAL_TRUSTED_PROXIES added to it counts: read from the right, the first
    address that is no such proxy's. What no proxy of ours could have written ends the reading at the proxy before it.
    """
    found = _read(request.client.host if request.client else "")
    if found is None:
        return ""
    ours = _networks(settings.trusted_proxies)
    for said in reversed(_said(request)):
        if not _within(found, ours) or (further := _read(said)) is None:
            break
        found = further
    return str(found)


def _said(request: HTTPConnection) -> list[str]:
    """Of all headers of the name, in the order they came: HTTP lets a list be sent in several lines."""
    return ",".join(request.headers.getlist(FORWARDED)).split(",")[-FARTHEST:]


def _read(text: str) -> Address | None:
    """An address of version 4 that came over a socket of version 6 is still that address."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=8)
def _networks(setting: str) -> tuple[Network, ...]:
    """The settings have checked that each can be read."""
    return tuple(ip_network(part.strip()) for part in setting.split(",") if part.strip())
