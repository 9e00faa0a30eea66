"""The county's identity provider (OpenID Connect): what it says of itself, its keys, and whether a token is one of its own.

Only a client: authorization code with PKCE, nonce and state. Signatures by RS256 or ES256 and keys of the configured issuer's JWKS; a key
that a token brings along is no key. Authlib judges the claims, joserfc the signature.
"""

import hmac
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from service.api.fetching import fetch_json
from service.domain.errors import NotSignedIn, Unavailable
from service.settings import Settings

ALGORITHMS = ("RS256", "ES256")
BROUGHT_ALONG = frozenset({"jwk", "jku", "x5u", "x5c", "crit", "b64"})
SKEW_SECONDS = 60
OLDEST_SECONDS = 600  # a token is used at once, whatever its own end says
KEEP_SECONDS = 600.0

REGISTRY = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)

log = structlog.get_logger("provider")


@dataclass(frozen=True, slots=True)
class Provider:
    """``basic``: the client's secret goes into the Authorization header, else into the form."""

    issuer: str
    authorization: str
    token: str
    jwks: str
    basic: bool


_lock = threading.Lock()
_kept: dict[tuple[str, str], tuple[float, Any]] = {}


def provider_of(settings: Settings) -> Provider:
    """What the provider says of itself. Unavailable when it does not answer, or speaks for another issuer."""
    issuer = settings.oidc_issuer
    found = _fetched("discovery", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if not isinstance(found, dict) or found.get("issuer") != issuer:
        raise _unusable("issuer of the discovery document")
    ends = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(end, str) and _fits(end, issuer) for end in ends):
        raise _unusable("addresses of the discovery document")
    ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Provider(issuer, str(ends[0]), str(ends[1]), str(ends[2]), basic="client_secret_basic" in ways)


def exchange(provider: Provider, settings: Settings, *, code: str, verifier: str, redirect: str) -> str:
    """The ID token for a code. NotSignedIn when the provider answers without one."""
    secret = settings.oidc_client_secret.get_secret_value()
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier,
        "client_id": settings.oidc_client_id,
    }  # fmt: skip
    auth = (settings.oidc_client_id, secret) if secret and provider.basic else None
    if secret and not provider.basic:
        form["client_secret"] = secret
    try:
        found = fetch_json(provider.token, form=form, auth=auth)
    except Unavailable as error:
        raise NotSignedIn("oidc.refused") from error
    token = found.get("id_token") if isinstance(found, dict) else None
    if not isinstance(token, str):
        raise refused("no ID token")
    return token


def claims_of(provider: Provider, settings: Settings, token: str, *, nonce: str, now: datetime) -> Mapping[str, Any]:
    """What the token says, when it is the provider's, for us, for this sign-in and of this moment. NotSignedIn otherwise."""
    try:
        header = jws.extract_compact(token.encode()).headers()
        if header.get("alg") not in ALGORITHMS or BROUGHT_ALONG & set(header):
            raise refused(f"header of the token: {header.get('alg')!r}"[:80])
        found = _verified(provider, token, header.get("kid"))
        _judge(found, provider, settings, nonce=nonce, now=now)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused(type(error).__name__) from error
    return dict(found.claims)


def refused(why: str) -> NotSignedIn:
    """The person learns that it did not work, the log why."""
    log.warning("a sign-in by the provider is refused", why=why)
    return NotSignedIn("oidc.refused")


def forget_provider() -> None:
    """Ask anew: its keys or addresses changed."""
    with _lock:
        _kept.clear()


def _verified(provider: Provider, token: str, kid: str | None) -> jwt.Token:
    """With the keys known; when none of them is meant, with those of this moment."""
    for name in ("jwks", "jwks now"):
        keys = KeySet.import_key_set(_signing(_fetched(name, provider.jwks)))
        try:
            return jwt.decode(token, keys.get_by_kid(kid), registry=REGISTRY)
        except InvalidKeyIdError:
            if name == "jwks now":
                raise
            with _lock:
                _kept.pop(("jwks", provider.jwks), None)
    raise AssertionError  # pragma: no cover


def _judge(found: jwt.Token, provider: Provider, settings: Settings, *, nonce: str, now: datetime) -> None:
    options: dict[str, Any] = {"iss": {"essential": True, "value": provider.issuer}}
    params = {"nonce": nonce, "client_id": settings.oidc_client_id}
    CodeIDToken(found.claims, found.header, options, params).validate(now=int(now.timestamp()), leeway=SKEW_SECONDS)
    audience, issued = found.claims["aud"], found.claims["iat"]
    meant = audience if isinstance(audience, list) else [audience]
    if settings.oidc_client_id not in meant:
        raise refused("another audience")
    if not hmac.compare_digest(str(found.claims["nonce"]), nonce):
        raise refused("another nonce")
    if not now.timestamp() - OLDEST_SECONDS <= float(issued) <= now.timestamp() + SKEW_SECONDS:
        raise refused("not of this moment")


def _signing(found: Any) -> Any:
    """Keys for signatures alone: a shared secret or a key for encryption is none."""
    keys = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(keys, list):
        raise _unusable("keys")
    usable = [k for k in keys if isinstance(k, dict) and k.get("kty") in ("RSA", "EC") and k.get("use", "sig") == "sig"]
    return {"keys": usable}


def _fetched(name: str, url: str) -> Any:
    with _lock:
        kept = _kept.get((name, url))
    if kept and time.monotonic() - kept[0] < KEEP_SECONDS and name != "jwks now":
        return kept[1]
    found = fetch_json(url)
    with _lock:
        _kept[(name if name != "jwks now" else "jwks", url)] = (time.monotonic(), found)
    return found


def _fits(url: str, issuer: str) -> bool:
    """Over TLS, unless the issuer itself is on the loopback."""
    found = urlsplit(url)
    return bool(found.hostname) and found.scheme in ("https", urlsplit(issuer).scheme)


def _unusable(why: str) -> Unavailable:
    log.warning("the provider says what it should not", why=why)
    return Unavailable("oidc.away")
