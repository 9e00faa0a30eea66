"""Signing in and out, and the front door."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from starlette.responses import RedirectResponse

from service.actions.frame import Frame
from service.actions.parts.sessions import SignedIn
from service.actions.show_second_factor import ShowSecondFactor, show_second_factor
from service.actions.sign_in import SignInFailed
from service.actions.sign_out import SignOut, sign_out
from service.api.identity import caller, cookie_name, must_be_same_origin
from service.api.second_factors import code_check
from service.api.sessions import (
    SIGNING_IN,
    give_session,
    in_person,
    slowed,
    take_session,
    terms_of,
    try_sign_in,
    why_code_refused,
    why_refused,
)
from service.domain.accounts import Pending
from service.domain.errors import Conflict, Invalid, NotSignedIn, OneSealError
from service.domain.texts import say
from service.pages.door import NEXT_STEP, UNFINISHED, Door, PageDoor
from service.pages.given import faults_by_field
from service.pages.layout import layout_of, leave_notice, take_notice
from service.pages.navigation import home_of
from service.pages.page import Done, Page, local
from service.pages.rendering import address, render

router = APIRouter()
Next = Annotated[str, Query(max_length=2_000)]


@router.get("/")
def front(door: Door) -> Response:
    """To the first page this person sees, or to sign in."""
    try:
        return RedirectResponse(door.read(lambda frame: home_of(frame.actor)), 303)
    except NotSignedIn:
        return RedirectResponse("/sign-in", 303)
    except UNFINISHED as error:
        return RedirectResponse(NEXT_STEP[error.code], 303)


@router.get("/sign-in")
def ask(door: Door, next: Next = "") -> Response:
    """Who is signed in already goes on."""
    if _signed_in(door):
        return RedirectResponse(local(next), 303)
    response = sign_in_page(door, next)
    take_notice(response, door.request, door.house)
    return response


@router.post("/sign-in", dependencies=[Depends(slowed)])
def begin(door: Door) -> Response:
    """登录. A wrong password and an unknown login are told alike; the login stays in its field, the password does not."""
    must_be_same_origin(door.request, door.house)
    given = door.given
    login, password, next = given.text("login", most=64, required=True), given.secret("password"), given.text("next")
    if not password:
        given.wrong("password", "given.missing")
    try:
        given.check()
        outcome = try_sign_in(door.request, door.house, login, password, channel=door.channel)
    except Invalid as error:
        return sign_in_page(door, next, error=str(error), faults=faults_by_field(error.faults), status=422, login=login)
    except OneSealError as error:  # a storm of sign-ins, a database that is away
        return sign_in_page(door, next, error=str(error), status=503, login=login)
    if isinstance(outcome, SignInFailed):
        return sign_in_page(door, next, error=why_refused(outcome), status=401, login=login)
    return signed_in_as(door, outcome, next)


@router.get("/sign-in/code")
def ask_code(door: Door, next: Next = "") -> Response:
    """登录第二步: who is signed in wholly has nothing to do here."""
    response = door.show(lambda _frame: _code_page(next), during={Pending.SECOND_FACTOR})
    whole = door.caller is not None and door.caller.pending is not Pending.SECOND_FACTOR
    return RedirectResponse(local(next), 303) if whole else response


@router.post("/sign-in/code", dependencies=[Depends(slowed)])
def take_code(door: Door) -> Response:
    """The phone's code or a recovery code; after too many wrong ones the sign-in begins anew."""
    code, next = door.given.text("code", most=40), door.given.text("next")
    terms, check = terms_of(door.request, door.house), code_check(door.house)
    try:
        outcome = in_person(
            door,
            lambda frame, session: show_second_factor(frame, ShowSecondFactor(code, check, session, terms)),
            during={Pending.SECOND_FACTOR},
        )
    except (NotSignedIn, Conflict):
        return RedirectResponse("/sign-in", 303)
    if isinstance(outcome, SignedIn):
        return signed_in_as(door, outcome, next)
    if outcome.locked_until:
        return sign_in_page(door, next, error=why_code_refused(outcome), status=401)
    return door.again(
        lambda _frame: _code_page(next), why_code_refused(outcome), status=401, during={Pending.SECOND_FACTOR}
    )


@router.post("/sign-out")
def end(door: Door) -> Response:
    """退出: the session is over at once, everywhere."""
    name = cookie_name(door.house)
    token = door.request.cookies.get(name, "")

    def act(frame: Frame) -> Done:
        sign_out(frame, SignOut(token))
        return Done("/sign-in", say("notice.signed_out"))

    response: Response
    try:
        response = door.write(door.answer(act), during=SIGNING_IN)
    except NotSignedIn:
        response = RedirectResponse("/sign-in", 303)
        leave_notice(response, door.house, say("notice.signed_out"))
    take_session(response, door.house)
    return response


def signed_in_as(door: PageDoor, outcome: SignedIn, next: str) -> Response:
    """To what was wanted, or first to what this sign-in still has to do."""
    where = local(next)
    if outcome.pending:
        where = address(NEXT_STEP[outcome.pending.value], next=where if where != "/" else "")
    response = RedirectResponse(where, 303)
    give_session(response, door.house, outcome.token)
    return response


def _code_page(next: str) -> Page:
    return Page("sessions/code.html", next=local(next, ""))


def _signed_in(door: PageDoor) -> bool:
    try:
        with door.house.database.read() as tx:
            caller(door.request, door.house, tx)
    except NotSignedIn:
        return False
    return True


def sign_in_page(
    door: PageDoor, next: str, *, error: str = "", faults: dict[str, list[str]] | None = None, status: int = 200,
    login: str = "",
) -> Response:  # fmt: skip
    provider = door.house.settings.oidc_name if door.house.settings.oidc_issuer else ""
    page = Page("sessions/sign_in.html", status=status, next=local(next, ""), login=login, provider=provider)
    return render(page, layout_of(door.request, door.house), error=error, faults=faults or {})
