"""Beginning a session, for the API and the pages alike: the check of the password, the cookie, and the words for a refusal."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from service.actions.sign_in import SignedIn, SignIn, SignInFailed, sign_in
from service.api.identity import cookie_name
from service.api.passwords import verify_password
from service.domain.calendar import SHANGHAI
from service.domain.texts import say
from service.store import accounts
from service.wiring import House


def try_sign_in(house: House, login: str, password: str, *, channel: str = "api") -> SignedIn | SignInFailed:
    """The slow hash is computed with no transaction open; inside, the answer counts only for the hash it was computed for."""
    with house.database.read() as tx:
        account = accounts.account_of_login(tx, login)
    checked = account.password_hash if account else ""
    right = verify_password(checked, password)
    order = SignIn(
        login, password,
        verify=lambda hashed, password: right if hashed == checked else verify_password(hashed, password),
        new_token=lambda: secrets.token_urlsafe(32),
        lasts=timedelta(hours=house.settings.session_hours),
        idle=timedelta(minutes=house.settings.session_idle_minutes),
    )  # fmt: skip
    with house.database.begin() as tx:
        return sign_in(house.frame(tx, channel=channel), order)


def give_session(response: Response, house: House, begun: SignedIn) -> None:
    """The cookie carries the session; it is not shown to scripts."""
    response.set_cookie(
        cookie_name(house), begun.token, max_age=house.settings.session_hours * 3600, path="/",
        secure=house.settings.secure, httponly=True, samesite="lax",
    )  # fmt: skip


def why_refused(outcome: SignInFailed) -> str:
    """The same sentence for a wrong password and an unknown login."""
    if outcome.locked_until:
        until = outcome.locked_until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        return say("session.locked", until=until)
    return say("session.refused")
