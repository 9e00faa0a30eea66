"""我的账户: who I am, my password, second factor, sessions and tokens."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import RedirectResponse

from service.actions.change_password import PasswordWrong
from service.actions.end_session import EndSession, end_session
from service.actions.end_sessions import EndSessions, end_sessions
from service.actions.frame import Frame
from service.actions.issue_token import IssueToken, issue_token
from service.actions.parts.codes import CodeRefused
from service.actions.revoke_token import RevokeToken, revoke_token
from service.actions.sign_in import SignInFailed
from service.api.own_account import (
    begin_own_factor,
    change_own_password,
    confirm_own_factor,
    drop_own_factor,
    look_at_factor,
    renew_own_codes,
)
from service.api.sessions import give_session, in_person, take_session, why_code_refused, why_refused
from service.domain.accounts import Pending
from service.domain.errors import Conflict, Invalid, NotSignedIn
from service.domain.texts import say
from service.pages.browsers import browser_name
from service.pages.door import Door, Look, PageDoor
from service.pages.layout import leave_notice
from service.pages.names import Names
from service.pages.page import Done, Page, local
from service.store import sessions, tokens

router = APIRouter()
Next = Annotated[str, Query(max_length=2_000)]
SCOPES = ("read", "write")
CHANGING, SETTING_UP = frozenset({Pending.PASSWORD_CHANGE}), frozenset({Pending.ENROLMENT})


@router.get("/me")
def me(door: Door) -> Response:
    """Name, posts and roles."""
    return door.show(lambda frame: Page("sessions/me.html", actor=frame.actor, names=Names(frame.tx)))


@router.get("/me/password")
def ask_password(door: Door, next: Next = "") -> Response:
    return door.show(_password_page(door, next), during=CHANGING)


@router.post("/me/password")
def change_password(door: Door) -> Response:
    """修改密码: other sessions end, this one goes on."""
    given, again = door.given, _password_page(door, door.given.text("next"))
    current, new = given.secret("current"), given.secret("new")
    for name, value in (("current", current), ("new", new), ("repeated", given.secret("repeated"))):
        if not value:
            given.wrong(name, "given.missing")
    if new and new != given.secret("repeated"):
        given.wrong("repeated", "password.repeated")
    try:
        given.check()
        outcome = change_own_password(door, current, new)
    except Invalid as error:
        return door.refused(error, again, during=CHANGING)
    except NotSignedIn:
        return RedirectResponse("/sign-in", 303)
    if isinstance(outcome, PasswordWrong):
        locked = outcome.locked_until
        why = why_refused(SignInFailed(locked)) if locked else say("password.wrong")
        return door.again(again, why, status=403, faults={} if locked else {"current": [why]}, during=CHANGING)
    return _moved(door, outcome.token, local(given.text("next"), "/"), say("notice.password_changed"))


@router.get("/me/second-factor")
def second_factor(door: Door) -> Response:
    return door.show(_factor_page(door), during=SETTING_UP)


@router.post("/me/second-factor")
def begin_second_factor(door: Door) -> Response:
    """开始设置: the secret and its picture are shown this one time."""
    try:
        made = begin_own_factor(door)
    except Conflict as error:
        return door.refused(error, _factor_page(door), during=SETTING_UP)
    return door.finish(Page("me/new_factor.html", made=made), settled=_settled(door))


@router.post("/me/second-factor/confirm")
def confirm_second_factor(door: Door) -> Response:
    """The phone's first code; then the recovery codes, this one time."""
    try:
        outcome, codes = confirm_own_factor(door, door.given.text("code", most=40))
    except Conflict as error:
        return door.refused(error, _factor_page(door), during=SETTING_UP)
    if isinstance(outcome, CodeRefused):
        why, again = why_code_refused(outcome), Page("me/new_factor.html", made=None)
        return door.again(lambda _frame: again, why, status=403, faults={"code": [why]}, during=SETTING_UP)
    response = door.finish(Page("me/recovery_codes.html", codes=codes), settled=outcome.pending is None)
    give_session(response, door.house, outcome.token)
    return response


@router.post("/me/second-factor/drop")
def drop_second_factor(door: Door) -> Response:
    """停用, by a code."""
    return _by_code(door, lambda code: (drop_own_factor(door, code), []))


@router.post("/me/recovery-codes")
def renew_recovery_codes(door: Door) -> Response:
    """重新生成恢复码, by a code."""
    return _by_code(door, lambda code: renew_own_codes(door, code))


@router.get("/me/sessions")
def own_sessions(door: Door) -> Response:
    """Where I am signed in."""

    def look(frame: Frame) -> Page:
        found = sessions.sessions_of(frame.tx, frame.actor.person_id, now=frame.now)
        current = door.caller.session_hash if door.caller else ""
        return Page("me/sessions.html", rows=found, current=current, browser_name=browser_name)

    return door.show(look)


@router.post("/me/sessions/{session_id}/end")
def end_one(door: Door, session_id: str) -> Response:
    def act(frame: Frame) -> Done:
        end_session(frame, EndSession(session_id))
        return Done("/me/sessions", say("notice.session_ended"))

    return door.do(act, thing=session_id)


@router.post("/me/sessions/end")
def end_all(door: Door) -> Response:
    """全部退出, here too."""

    def act(frame: Frame) -> Done:
        ended = end_sessions(frame, EndSessions())
        return Done("/sign-in", say("notice.sessions_ended", count=ended))

    response = door.do(act)
    take_session(response, door.house)
    return response


@router.get("/me/tokens")
def own_tokens(door: Door) -> Response:
    """令牌 for programs that act in my name."""
    return door.show(_tokens_page)


@router.post("/me/tokens")
def make_token(door: Door) -> Response:
    """The token is shown this one time."""
    given = door.given
    name, scopes = given.text("name", most=100, required=True), given.many("scopes", SCOPES)
    days = given.whole("days", least=1, most=366, required=True)
    if not scopes:
        given.wrong("scopes", "given.missing")
    try:
        given.check()
        made = in_person(
            door,
            lambda frame, _session: issue_token(
                frame,
                IssueToken(name, scopes, frame.now + timedelta(days=days or 0), lambda: secrets.token_urlsafe(32)),
            ),
        )
    except Invalid as error:
        return door.refused(error, _tokens_page)
    return door.finish(Page("me/new_token.html", name=name, made=made))


@router.post("/me/tokens/{token_id}/revoke")
def take_token_back(door: Door, token_id: str) -> Response:
    def act(frame: Frame) -> Done:
        revoke_token(frame, RevokeToken(token_id))
        return Done("/me/tokens", say("notice.token_revoked"))

    return door.do(act, thing=token_id)


def _password_page(door: PageDoor, next: str) -> Look:
    profile = door.house.settings.password

    def look(_frame: Frame) -> Page:
        pending = door.caller.pending if door.caller else None
        return Page("me/password.html", profile=profile, next=local(next, ""), forced=pending in CHANGING)

    return look


def _factor_page(door: PageDoor) -> Look:
    return lambda frame: Page("me/second_factor.html", seen=look_at_factor(door, frame))


def _tokens_page(frame: Frame) -> Page:
    found = tokens.tokens_of(frame.tx, frame.actor.person_id, now=frame.now)
    return Page("me/tokens.html", rows=found)


def _by_code(door: PageDoor, do: Callable[[str], tuple[CodeRefused | None, list[str]]]) -> Response:
    """Something that a code of the second factor allows; answers new recovery codes, or goes back with a notice."""
    try:
        refused, codes = do(door.given.text("code", most=40))
    except Conflict as error:
        return door.refused(error, _factor_page(door))
    if refused:
        return door.again(_factor_page(door), why_code_refused(refused), status=403)
    if codes:
        return door.finish(Page("me/recovery_codes.html", codes=codes))
    response = RedirectResponse("/me/second-factor", 303)
    leave_notice(response, door.house, say("notice.factor_dropped"))
    return response


def _moved(door: PageDoor, token: str, where: str, notice: str) -> Response:
    response = RedirectResponse(where, 303)
    give_session(response, door.house, token)
    leave_notice(response, door.house, notice)
    return response


def _settled(door: PageDoor) -> bool:
    return door.caller is not None and door.caller.pending is None
