"""Somebody signs in by the county's identity provider, step by step."""

import httpx

from tests.pages.visitor import Sheet, Visitor


def leave(visitor: Visitor, next: str = "") -> str:
    """To the provider; answers the address there."""
    answer = visitor.client.get("/sign-in/provider", params={"next": next}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def agree(address: str) -> str:
    """The person agrees there; answers the address back."""
    return str(httpx.get(address, follow_redirects=False, trust_env=False).headers["location"])


def arrive(visitor: Visitor, address: str) -> Sheet:
    return Sheet(visitor.client.get(address))


def sign_in(visitor: Visitor, next: str = "") -> Sheet:
    return arrive(visitor, agree(leave(visitor, next)))


def out(visitor: Visitor) -> bool:
    return visitor.open("/tasks").heading == "登录一章通"
