"""Signing in and out, and the front door."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import RedirectResponse

from service.actions.frame import Frame
from service.actions.sign_in import SignInFailed
from service.actions.sign_out import SignOut, sign_out
from service.api.identity import caller, cookie_name, must_be_same_origin
from service.api.sessions import give_session, try_sign_in, why_refused
from service.domain.errors import Invalid, NotSignedIn, OneSealError
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.given import faults_by_field
from service.pages.layout import layout_of, leave_notice, take_notice
from service.pages.names import Names
from service.pages.navigation import home_of
from service.pages.page import Done, Page, local
from service.pages.rendering import render

router = APIRouter()
Next = Annotated[str, Query(max_length=2_000)]


@router.get("/")
def front(door: Door) -> Response:
    """To the first page this person sees, or to sign in."""
    try:
        return RedirectResponse(door.read(lambda frame: home_of(frame.actor)), 303)
    except NotSignedIn:
        return RedirectResponse("/sign-in", 303)


@router.get("/sign-in")
def ask(door: Door, next: Next = "") -> Response:
    """Who is signed in already goes on."""
    if _signed_in(door):
        return RedirectResponse(local(next), 303)
    response = _page(door, next)
    take_notice(response, door.request, door.house)
    return response


@router.post("/sign-in")
def begin(door: Door) -> Response:
    """登录. A wrong password and an unknown login are told alike; the login stays in its field, the password does not."""
    must_be_same_origin(door.request, door.house)
    given = door.given
    login, password, next = given.text("login", most=64, required=True), given.secret("password"), given.text("next")
    if not password:
        given.wrong("password", "given.missing")
    try:
        given.check()
        outcome = try_sign_in(door.house, login, password, channel=door.channel)
    except Invalid as error:
        return _page(door, next, error=str(error), faults=faults_by_field(error.faults), status=422, login=login)
    except OneSealError as error:  # a storm of sign-ins, a database that is away
        return _page(door, next, error=str(error), status=503, login=login)
    if isinstance(outcome, SignInFailed):
        return _page(door, next, error=why_refused(outcome), status=401, login=login)
    response = RedirectResponse(local(next), 303)
    give_session(response, door.house, outcome)
    return response


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
        response = door.write(door.answer(act))
    except NotSignedIn:
        response = RedirectResponse("/sign-in", 303)
        leave_notice(response, door.house, say("notice.signed_out"))
    response.delete_cookie(name, path="/", secure=door.house.settings.secure, httponly=True)
    return response


@router.get("/me")
def me(door: Door) -> Response:
    """我的账户: name, posts and roles."""
    return door.show(lambda frame: Page("sessions/me.html", actor=frame.actor, names=Names(frame.tx)))


def _signed_in(door: PageDoor) -> bool:
    try:
        with door.house.database.read() as tx:
            caller(door.request, door.house, tx)
    except NotSignedIn:
        return False
    return True


def _page(
    door: PageDoor, next: str, *, error: str = "", faults: dict[str, list[str]] | None = None, status: int = 200,
    login: str = "",
) -> Response:  # fmt: skip
    page = Page("sessions/sign_in.html", status=status, next=local(next, ""), login=login)
    return render(page, layout_of(door.request, door.house), error=error, faults=faults or {})
