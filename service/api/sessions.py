"""Signing in at the door: what the request tells of itself, the slow hash with no transaction open, the cookie. For the API and the pages."""

import asyncio
import secrets
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TypeVar

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from service.actions.frame import Frame
from service.actions.parts.codes import CodeRefused
from service.actions.parts.sessions import SessionTerms
from service.actions.sign_in import SignedIn, SignIn, SignInFailed, sign_in
from service.api.client import client_address
from service.api.door import Answer, RequestDoor
from service.api.identity import cookie_name, must_be_in_person
from service.api.passwords import fresh_hash, verify_password
from service.domain.accounts import Pending, slow_down
from service.domain.calendar import SHANGHAI
from service.domain.errors import Unavailable
from service.domain.texts import say
from service.store import accounts, sign_ins
from service.store.sessions import Session
from service.wiring import House

R = TypeVar("R")
AGENT_LIMIT = 200
MINUTE = timedelta(minutes=1)
MOST_WAITING = 100
SIGNING_IN = frozenset(Pending)
"""Every step of an unfinished sign-in, for what all of them may do: sign out, see how far they are."""

_waiting = 0


def terms_of(request: Request, house: House) -> SessionTerms:
    """What a session of this browser is like."""
    settings = house.settings
    agent = "".join(c for c in request.headers.get("user-agent", "") if c.isprintable())
    return SessionTerms(
        new_token=lambda: secrets.token_urlsafe(32), lasts=timedelta(hours=settings.session_hours),
        idle=timedelta(minutes=settings.session_idle_minutes), address=client_address(request, settings),
        agent=agent[:AGENT_LIMIT], before=request.cookies.get(cookie_name(house), ""), alone=settings.one_session,
        rules=settings.sign_in_rules,
    )  # fmt: skip


def try_sign_in(
    request: Request, house: House, login: str, password: str, *, channel: str = "api"
) -> SignedIn | SignInFailed:
    """The slow hash is computed with no transaction open; inside, the answer counts only for the hash it was computed for."""
    with house.database.read() as tx:
        account = accounts.account_of_login(tx, login)
    checked = account.password_hash if account else ""
    right = verify_password(checked, password)
    fresh = fresh_hash(checked, password) if right else ""
    order = SignIn(
        login, password,
        verify=lambda hashed, given: right if hashed == checked else verify_password(hashed, given),
        terms=terms_of(request, house), fresh_hash=lambda hashed: fresh if hashed == checked else "",
    )  # fmt: skip
    with house.database.begin() as tx:
        return sign_in(house.frame(tx, channel=channel), order)


def in_person(door: RequestDoor, do: Callable[[Frame, Session], R], *, during: Collection[Pending] = ()) -> R:
    """Do something that is a person's own, by session. What comes back may hold a secret or a refusal that counts, so it is committed
    and never kept for an Idempotency-Key.
    """
    found: list[R] = []

    def act(frame: Frame) -> Answer:
        found.append(do(frame, must_be_in_person(door.caller)))
        return Answer(None, headers={"location": "/"})  # nobody sees it: the caller answers by what came back

    door.write(act, remember=False, during=during)
    return found[0]


def why_refused(outcome: SignInFailed) -> str:
    """For people; the same for a wrong password, an unknown login and an account that is not enabled."""
    if outcome.locked_until:
        until = outcome.locked_until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        return say("session.locked", until=until)
    return say("session.expired") if outcome.expired else say("session.refused")


def why_code_refused(outcome: CodeRefused) -> str:
    if outcome.locked_until:
        until = outcome.locked_until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        return say("second-factor.locked", until=until)
    return say("second-factor.wrong")


def give_session(response: Response, house: House, token: str) -> None:
    """The session's cookie: no script reads it, no other site sends it along with a change."""
    response.set_cookie(
        cookie_name(house), token, max_age=house.settings.session_hours * 3600, path="/",
        secure=house.settings.secure, httponly=True, samesite="lax",
    )  # fmt: skip


def take_session(response: Response, house: House) -> None:
    name = cookie_name(house)
    response.delete_cookie(name, path="/", secure=house.settings.secure, httponly=True, samesite="lax")


async def slowed(request: Request) -> None:
    """Before a sign-in: while many fail, everyone waits a little. It costs no thread; who comes when too many wait is told so."""
    global _waiting
    wait = await run_in_threadpool(_wait, request.app.state.house)
    if not wait:
        return
    if _waiting >= MOST_WAITING:
        raise Unavailable("session.storm")
    _waiting += 1
    try:
        await asyncio.sleep(wait)
    finally:
        _waiting -= 1


def _wait(house: House) -> float:
    with house.database.read() as tx:
        return slow_down(sign_ins.failures(tx, since=house.clock.now(tx) - MINUTE).count)
