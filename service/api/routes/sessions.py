"""Sign in, in one step or two; sign out; one's own sessions."""

from typing import Annotated

from fastapi import Depends, Request, Response

from service.actions.end_session import EndSession, end_session
from service.actions.end_sessions import EndSessions, end_sessions
from service.actions.frame import Frame
from service.actions.parts.sessions import SignedIn
from service.actions.show_second_factor import ShowSecondFactor, show_second_factor
from service.actions.sign_in import SignInFailed
from service.actions.sign_out import SignOut, sign_out
from service.api.door import Answer, Door, RequestDoor, respond
from service.api.identity import cookie_name, must_be_same_origin
from service.api.problems import problem
from service.api.routes.common import WRITE_PROBLEMS, new_router
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
from service.api.shapes import own as shapes
from service.api.shapes.accounts import EndedShown
from service.api.shapes.base import Listed
from service.domain.accounts import Pending
from service.store import sessions

router = new_router("accounts")
Slowed = Annotated[None, Depends(slowed)]


@router.post("/session", response_model=shapes.SessionShown, responses=WRITE_PROBLEMS)
def begin_session(door: Door, request: Request, body: shapes.SignInGiven, _slowed: Slowed) -> Response:
    """登录. Five failures lock the account for half an hour, for the address they came from. `pending` says what comes next."""
    if request.headers.get("origin"):
        must_be_same_origin(request, door.house)
    outcome = try_sign_in(request, door.house, body.login, body.password)
    if isinstance(outcome, SignInFailed):
        return problem("not-signed-in", why_refused(outcome))
    return _signed_in(door, outcome)


@router.get("/session")
def show_session(door: Door) -> shapes.SessionShown:
    """How far this sign-in is; an unfinished one may ask this too."""

    def look(frame: Frame) -> shapes.SessionShown:
        assert door.caller
        expires = door.caller.session.expires_at if door.caller.session else door.caller.ends
        assert expires
        return shapes.SessionShown(
            person=frame.actor.person_id, name=frame.actor.name, expires_at=expires, pending=door.caller.pending
        )

    return door.read(look, during=SIGNING_IN)


@router.post("/session/second-factor", response_model=shapes.SessionShown, responses=WRITE_PROBLEMS)
def finish_session(door: Door, request: Request, body: shapes.CodeGiven, _slowed: Slowed) -> Response:
    """登录第二步: the phone's code or a recovery code. Too many wrong ones end the sign-in."""
    terms, check = terms_of(request, door.house), code_check(door.house)
    outcome = in_person(
        door,
        lambda frame, session: show_second_factor(frame, ShowSecondFactor(body.code, check, session, terms)),
        during={Pending.SECOND_FACTOR},
    )
    if isinstance(outcome, SignedIn):
        return _signed_in(door, outcome)
    return problem("not-signed-in", why_code_refused(outcome))


@router.delete("/session", status_code=204, response_class=Response, responses=WRITE_PROBLEMS)
def end_this_session(door: Door, request: Request) -> Response:
    """退出: the session is over at once, everywhere."""
    token = request.cookies.get(cookie_name(door.house), "")

    def act(frame: Frame) -> Answer:
        if token:
            sign_out(frame, SignOut(token))
        return Answer(None)

    response = door.write(act, during=SIGNING_IN)
    take_session(response, door.house)
    return response


@router.get("/sessions")
def list_sessions(door: Door) -> Listed[shapes.OwnSessionShown]:
    """One's own live sessions, latest seen first."""

    def look(frame: Frame) -> Listed[shapes.OwnSessionShown]:
        assert door.caller
        found = sessions.sessions_of(frame.tx, frame.actor.person_id, now=frame.now)
        shown = [shapes.own_session(each, door.caller.session_hash) for each in found]
        return Listed[shapes.OwnSessionShown](items=shown, next=None)

    return door.read(look)


@router.delete("/sessions/{session_id}", status_code=204, response_class=Response, responses=WRITE_PROBLEMS)
def end_one_session(door: Door, session_id: str) -> Response:
    """One of one's own, on another computer perhaps."""
    in_person(door, lambda frame, _session: end_session(frame, EndSession(session_id)))
    return Response(status_code=204)


@router.delete("/sessions", response_model=EndedShown, responses=WRITE_PROBLEMS)
def end_all_sessions(door: Door) -> Response:
    """全部退出: every session of one's own, this one too."""
    ended = in_person(door, lambda frame, _session: end_sessions(frame, EndSessions()))
    response = respond(Answer(EndedShown(sessions=ended)))
    take_session(response, door.house)
    return response


def _signed_in(door: RequestDoor, outcome: SignedIn) -> Response:
    shown = shapes.SessionShown(
        person=outcome.person.id, name=outcome.person.name, expires_at=outcome.expires_at, pending=outcome.pending
    )
    response = respond(Answer(shown))
    give_session(response, door.house, outcome.token)
    return response
