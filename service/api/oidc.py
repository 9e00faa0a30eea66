"""Signing in with the county's identity provider: there with state, nonce and PKCE, back with a code, in by an enabled account.

Nothing is asked of the provider while a transaction is open. Nonce and verifier are made from a secret that only the browser's cookie
holds, so a copy of the database finishes nobody's sign-in.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from starlette.requests import Request
from starlette.responses import Response

from service.actions.parts.sessions import SignedIn
from service.actions.return_from_provider import ReturnFromProvider, return_from_provider
from service.actions.send_to_provider import SendToProvider, send_to_provider
from service.actions.sign_in_by_provider import ProviderRefused, SignInByProvider, sign_in_by_provider
from service.api.provider import claims_of, exchange, provider_of, refused
from service.api.sessions import terms_of
from service.domain.accounts import PROVIDER_LASTS
from service.domain.errors import NotFound, NotSignedIn
from service.wiring import House

CALLBACK = "/sign-in/provider/callback"
SCOPE = "openid profile"


@dataclass(frozen=True, slots=True)
class SentAway:
    """``address``: where the browser goes; ``browser``: what its cookie keeps until it comes back."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """``next_path``: where the person wanted to go."""

    outcome: SignedIn | ProviderRefused
    next_path: str


def callback_address(house: House) -> str:
    """What must be registered at the provider."""
    return house.settings.public_url + CALLBACK


def send_away(house: House, *, next_path: str, channel: str) -> SentAway:
    """``next_path`` is one of ours. NotFound where the county has no provider, Unavailable when it does not answer."""
    settings = house.settings
    if not settings.oidc_issuer:
        raise NotFound("oidc.off")
    provider = provider_of(settings)
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with house.database.begin() as tx:
        send_to_provider(house.frame(tx, channel=channel), SendToProvider(state, browser, next_path))
    address = prepare_grant_uri(
        provider.authorization, settings.oidc_client_id, "code", redirect_uri=callback_address(house), scope=SCOPE,
        state=state, nonce=_derived(browser, "nonce"), code_challenge_method="S256",
        code_challenge=create_s256_code_challenge(_derived(browser, "verifier")),
    )  # fmt: skip
    return SentAway(str(address), browser)


def come_back(request: Request, house: House, *, channel: str) -> CameBack:
    """NotSignedIn with the reason when the answer is not good. An identity without an enabled account is a refusal that is recorded."""
    settings, asked = house.settings, request.query_params
    if not settings.oidc_issuer:
        raise NotFound("oidc.off")
    browser = request.cookies.get(browser_cookie(house), "")
    with house.database.begin() as tx:
        order = ReturnFromProvider(asked.get("state", ""), browser)
        next_path = return_from_provider(house.frame(tx, channel=channel), order)
    if next_path is None or not browser:
        raise NotSignedIn("oidc.state")
    if asked.get("iss", settings.oidc_issuer) != settings.oidc_issuer:
        raise refused("another issuer in the answer")
    if "error" in asked or not asked.get("code"):
        raise NotSignedIn("oidc.cancelled")
    login = _login(house, code=asked["code"], browser=browser)
    with house.database.begin() as tx:
        order_in = SignInByProvider(login, settings.oidc_issuer, terms_of(request, house))
        outcome = sign_in_by_provider(house.frame(tx, channel=channel), order_in)
    return CameBack(outcome, next_path)


def browser_cookie(house: House) -> str:
    return "__Host-oneseal_provider" if house.settings.secure else "oneseal_provider"


def keep_browser(response: Response, house: House, browser: str) -> None:
    """Lax: the browser sends it along when the provider sends the person back."""
    response.set_cookie(
        browser_cookie(house), browser, max_age=int(PROVIDER_LASTS.total_seconds()), path="/",
        secure=house.settings.secure, httponly=True, samesite="lax",
    )  # fmt: skip


def forget_browser(response: Response, house: House) -> None:
    response.delete_cookie(
        browser_cookie(house), path="/", secure=house.settings.secure, httponly=True, samesite="lax"
    )  # fmt: skip


def _login(house: House, *, code: str, browser: str) -> str:
    """Whom the provider vouches for."""
    settings, provider = house.settings, provider_of(house.settings)
    token = exchange(
        provider, settings, code=code, verifier=_derived(browser, "verifier"), redirect=callback_address(house)
    )
    nonce = _derived(browser, "nonce")
    claims = claims_of(provider, settings, token, nonce=nonce, now=house.clock.real())
    login = claims.get(settings.oidc_login_claim)
    if not isinstance(login, str) or not login:
        raise refused("no claim with the login")
    if settings.oidc_login_claim == "email" and claims.get("email_verified") is not True:
        raise refused("an address that is not verified")
    return login


def _derived(browser: str, what: str) -> str:
    """43 characters of base64url, as PKCE wants them."""
    found = hmac.digest(browser.encode(), what.encode(), "sha256")
    return base64.urlsafe_b64encode(found).decode().rstrip("=")
