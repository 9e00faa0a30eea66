"""Who am I, and what is mine alone: password, second factor, tokens for programs."""

import secrets
from datetime import timedelta
from typing import Any

from fastapi import Response

from service.actions.change_password import PasswordWrong
from service.actions.frame import Frame
from service.actions.issue_token import SCOPES, IssueToken, issue_token
from service.actions.parts.codes import CodeRefused
from service.actions.revoke_token import RevokeToken, revoke_token
from service.actions.sign_in import SignInFailed
from service.api.door import Answer, Door, respond
from service.api.own_account import (
    begin_own_factor,
    change_own_password,
    confirm_own_factor,
    drop_own_factor,
    look_at_factor,
    renew_own_codes,
)
from service.api.problems import problem
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.sessions import give_session, why_code_refused, why_refused
from service.api.shapes import own as shapes
from service.api.shapes.base import Listed, Names
from service.domain.texts import say
from service.store import tokens

router = new_router("accounts")
GONE: dict[str, Any] = {"status_code": 204, "response_class": Response, "responses": WRITE_PROBLEMS}


@router.get("/me")
def me(door: Door) -> shapes.MeShown:
    """Name, posts and roles of whoever asks."""
    return door.read(lambda frame: shapes.me(frame.actor, Names(frame.tx)))


@router.post("/me/password", **GONE)
def change_password(door: Door, body: shapes.PasswordGiven) -> Response:
    """修改密码. Every other session ends; this one goes on under a new cookie. Wrong current passwords count as failed sign-ins."""
    outcome = change_own_password(door, body.current, body.new)
    if isinstance(outcome, PasswordWrong):
        locked = outcome.locked_until
        return problem("not-allowed", why_refused(SignInFailed(locked)) if locked else say("password.wrong"))
    response = Response(status_code=204)
    give_session(response, door.house, outcome.token)
    return response


@router.get("/me/second-factor")
def show_second_factor(door: Door) -> shapes.SecondFactorShown:
    """Whether there is one, and how many recovery codes are left."""

    def look(frame: Frame) -> shapes.SecondFactorShown:
        found = look_at_factor(door, frame)
        return shapes.SecondFactorShown(
            state=found.state, confirmed_at=found.factor.confirmed_at if found.factor else None,
            recovery_codes_left=found.codes_left, offered=found.offered, demanded=found.demanded,
        )  # fmt: skip

    return door.read(look)


@router.post("/me/second-factor", response_model=shapes.NewSecondFactorShown, status_code=201, responses=WRITE_PROBLEMS)
def begin_second_factor(door: Door) -> Response:
    """A secret for the phone, shown this one time. It counts once a code of it was confirmed."""
    made = begin_own_factor(door)
    shown = shapes.NewSecondFactorShown(secret=made.secret, address=made.address, picture=made.picture)
    return respond(Answer(shown, 201))


@router.post("/me/second-factor/confirm", response_model=shapes.RecoveryCodesShown, responses=WRITE_PROBLEMS)
def confirm_second_factor(door: Door, body: shapes.CodeGiven) -> Response:
    """The first code of the phone. Answers the recovery codes; other sessions end, this one goes on under a new cookie."""
    outcome, codes = confirm_own_factor(door, body.code)
    if isinstance(outcome, CodeRefused):
        return problem("not-allowed", why_code_refused(outcome))
    response = respond(Answer(shapes.RecoveryCodesShown(codes=codes, pending=outcome.pending)))
    give_session(response, door.house, outcome.token)
    return response


@router.post("/me/second-factor/drop", **GONE)
def drop_second_factor(door: Door, body: shapes.CodeGiven) -> Response:
    """Give it up, by a code of it."""
    refused = drop_own_factor(door, body.code)
    return problem("not-allowed", why_code_refused(refused)) if refused else Response(status_code=204)


@router.post("/me/recovery-codes", response_model=shapes.RecoveryCodesShown, responses=WRITE_PROBLEMS)
def renew_recovery_codes(door: Door, body: shapes.CodeGiven) -> Response:
    """New ones, by a code; the old ones open nothing any more."""
    refused, codes = renew_own_codes(door, body.code)
    if refused:
        return problem("not-allowed", why_code_refused(refused))
    return respond(Answer(shapes.RecoveryCodesShown(codes=codes)))


@router.get("/tokens")
def list_tokens(door: Door) -> Listed[shapes.ApiTokenShown]:
    """One's own live tokens, newest first."""

    def look(frame: Frame) -> Listed[shapes.ApiTokenShown]:
        found = tokens.tokens_of(frame.tx, frame.actor.person_id, now=frame.now)
        return Listed[shapes.ApiTokenShown](items=[shapes.api_token(each) for each in found], next=None)

    return door.read(look)


@router.post("/tokens", response_model=shapes.TokenShown, status_code=201, responses=WRITE_PROBLEMS)
def make_token(door: Door, body: shapes.TokenGiven) -> Response:
    """The secret is kept only as its hash, so there is no second showing and no Idempotency-Key here."""

    def act(frame: Frame) -> Answer:
        assert door.caller
        order = IssueToken(
            body.name, tuple(body.scopes), frame.now + timedelta(days=body.days), lambda: secrets.token_urlsafe(32),
            within=door.caller.scopes or SCOPES, not_after=door.caller.ends,
        )  # fmt: skip
        made = issue_token(frame, order)
        return Answer(shapes.TokenShown(id=made.id, token=made.token, expires_at=made.expires_at), 201)

    return door.write(act, remember=False)


@router.delete("/tokens/{token_id}", **GONE)
def take_token_back(door: Door, token_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """The program that holds it is out at once."""

    def act(frame: Frame) -> Answer:
        revoke_token(frame, RevokeToken(token_id))
        return Answer(None)

    return door.write(act, thing=token_id)
