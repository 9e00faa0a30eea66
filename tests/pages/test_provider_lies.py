"""统一身份认证 by a provider that lies, or by somebody who forges what it says: nobody gets in."""

from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.api.identity_provider import CLIENT, IdentityProvider, dripping, endless, forged, redirecting, unsigned
from tests.pages.visitor import Visit
from tests.pages.way_there import out, sign_in


def _other_key(provider: IdentityProvider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "first"})


def _brought_along(provider: IdentityProvider) -> None:
    """CVE-2026-27962: the token brings the key that fits its signature."""
    provider.key = RSAKey.generate_key(2048, {"kid": "mine"})
    provider.header = {"jwk": provider.key.as_dict(private=False)}


def _confused(provider: IdentityProvider) -> None:
    """CVE-2024-37568: signed with the public key as if it were a shared secret."""
    key = provider.shown[0]
    assert isinstance(key, RSAKey)
    public = key.as_pem(private=False)
    provider.token_of = lambda claims: forged(claims, public, "first")


def _shared_secret(provider: IdentityProvider) -> None:
    secret = OctKey.generate_key(256, parameters={"kid": "shared"})
    provider.shown = [*provider.shown, secret]
    provider.token_of = lambda claims: jwt.encode({"alg": "HS256", "kid": "shared"}, claims, secret, ["HS256"])


def _unsigned(provider: IdentityProvider) -> None:
    provider.token_of = unsigned


def _cut(provider: IdentityProvider) -> None:
    whole = provider.signed
    provider.token_of = lambda claims: whole(claims)[:-8] + "AAAAAAAA"


def _nonsense(provider: IdentityProvider) -> None:
    provider.token_of = lambda _claims: "a.b.c"


def _says(**claims: Any) -> Callable[[IdentityProvider], None]:
    def twist(provider: IdentityProvider) -> None:
        at = int(provider.now().timestamp())
        provider.claims = {k: at + v if k in ("iat", "exp", "nbf") and v is not None else v for k, v in claims.items()}

    return twist


def _heads(**header: Any) -> Callable[[IdentityProvider], None]:
    def twist(provider: IdentityProvider) -> None:
        provider.header = header

    return twist


HOSTILE: dict[str, Callable[[IdentityProvider], None]] = {
    "another nonce": _says(nonce="x" * 43),
    "no nonce": _says(nonce=None),
    "another audience": _says(aud="another-service"),
    "an audience of others": _says(aud=["a", "b"]),
    "several audiences for another party": _says(aud=[CLIENT, "b"], azp="b"),
    "no audience": _says(aud=None),
    "another issuer": _says(iss="https://evil.example"),
    "no issuer": _says(iss=None),
    "expired": _says(iat=-500, exp=-120),
    "without an end": _says(exp=None),
    "without a beginning": _says(iat=None),
    "of long ago": _says(iat=-700, exp=700),
    "of the future": _says(iat=300, exp=600),
    "not yet": _says(nbf=300),
    "no subject": _says(sub=None),
    "no login": _says(preferred_username=None),
    "a login that is no text": _says(preferred_username=["clerk"]),
    "an empty login": _says(preferred_username=""),
    "alg none": _unsigned,
    "signed by another key": _other_key,
    "a key brought along": _brought_along,
    "a key named by address": _heads(jku="http://127.0.0.1:1/jwks"),
    "a certificate brought along": _heads(x5c=["MIIB"]),
    "a critical extension": _heads(crit=["b64"], b64=True),
    "the public key as a secret": _confused,
    "a shared secret among the keys": _shared_secret,
    "a signature cut off": _cut,
    "no token at all": _nonsense,
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_the_provider_did_not_say_to_us_now_is_refused(
    at_provider: Visit, provider: IdentityProvider, how: str
) -> None:
    HOSTILE[how](provider)
    visitor = at_provider.stranger()
    page = sign_in(visitor)
    assert (page.status, page.heading) == (401, "登录一章通"), how
    assert "不能通过核验" in page.error
    assert out(visitor)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", redirecting), ("/.well-known/openid-configuration", endless),
        ("/jwks", redirecting), ("/jwks", endless), ("/token", redirecting), ("/token", endless),
    ],
)  # fmt: skip
def test_a_provider_that_misbehaves_is_left_and_people_are_told(
    at_provider: Visit, provider: IdentityProvider, path: str, answer: Any
) -> None:
    provider.answers[path] = answer
    visitor = at_provider.stranger()
    page = visitor.open("/sign-in/provider") if "well-known" in path else sign_in(visitor)
    assert page.status in (401, 503)
    assert page.heading == "登录一章通"
    assert out(visitor)


def test_a_provider_that_drips_is_left_after_five_seconds(at_provider: Visit, provider: IdentityProvider) -> None:
    provider.answers["/.well-known/openid-configuration"] = dripping
    page = at_provider.stranger().open("/sign-in/provider")
    assert (page.status, "暂时没有正常应答" in page.error) == (503, True)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "ftp://127.0.0.1/x"},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": None},
    ],
)  # fmt: skip
def test_a_provider_that_speaks_for_another_is_left(
    at_provider: Visit, provider: IdentityProvider, discovery: dict[str, Any]
) -> None:
    provider.discovery = discovery
    assert at_provider.stranger().open("/sign-in/provider").status == 503
