"""The caller's address: what our own proxies say counts, what anybody else says does not."""

import pytest
from pydantic import ValidationError
from starlette.requests import Request

from service.api.client import client_address
from service.settings import Settings

PROXY, OTHER, CALLER = "10.9.0.2", "10.9.0.3", "192.0.2.7"


def address(peer: str | None, *forwarded: str, trusted: str = "10.9.0.0/24") -> str:
    headers = [(b"x-forwarded-for", line.encode("latin-1")) for line in forwarded]
    client = (peer, 4711) if peer is not None else None
    request = Request({"type": "http", "client": client, "headers": headers})
    return client_address(request, Settings(trusted_proxies=trusted))


@pytest.mark.parametrize(
    ("found", "peer", "forwarded"),
    [
        (CALLER, PROXY, [CALLER]),
        (CALLER, PROXY, [f"{CALLER}, {OTHER}"]),
        (CALLER, PROXY, [CALLER, OTHER]),
        (CALLER, PROXY, [f"198.51.100.1, {CALLER}"]),  # the caller wrote the first one itself
        ("2001:db8::7", PROXY, ["2001:DB8:0::7"]),
        (CALLER, f"::ffff:{PROXY}", [f"::ffff:{CALLER}"]),
        (PROXY, PROXY, []),
        (PROXY, PROXY, ["unknown"]),
        (PROXY, PROXY, [f"{CALLER}, somebody"]),
        (OTHER, PROXY, [OTHER]),
        ("", None, [CALLER]),
        ("", "testclient", [CALLER]),
    ],
)
def test_it_is_the_first_address_that_is_no_proxy_of_ours(found: str, peer: str | None, forwarded: list[str]) -> None:
    assert address(peer, *forwarded) == found


def test_what_a_stranger_claims_is_not_believed() -> None:
    assert address(CALLER, "203.0.113.5") == CALLER
    assert address(PROXY, "203.0.113.5", trusted="") == PROXY


def test_an_endless_list_is_not_followed() -> None:
    assert address(PROXY, ", ".join([CALLER, *[OTHER] * 5000])) == OTHER


@pytest.mark.parametrize("wrong", ["proxy", "10.9.0.0/33", "10.9.0.1/24", "10.9.0.2;10.9.0.3"])
def test_a_setting_that_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="不是地址或网段"):
        Settings(trusted_proxies=f"127.0.0.1, {wrong}")
