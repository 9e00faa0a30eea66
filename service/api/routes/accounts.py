"""Sign in, sign out, who am I, and tokens for programs."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from fastapi import Request, Response
from pydantic import ConfigDict, Field

from service.actions.frame import Frame
from service.actions.issue_token import SCOPES, IssueToken, issue_token
from service.actions.revoke_token import RevokeToken, revoke_token
from service.actions.sign_in import SignInFailed
from service.actions.sign_out import SignOut, sign_out
from service.api.door import Answer, Door, respond
from service.api.identity import cookie_name, must_be_same_origin
from service.api.problems import problem
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.sessions import give_session, try_sign_in, why_refused
from service.api.shapes.base import Given, Names, Shown
from service.domain.people import Actor
from service.domain.texts import say

router = new_router("accounts")


class SignInGiven(Given):
    """Login and password."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"login": "huotian-clerk", "password": "…"}]}
    )

    login: str = Field(max_length=64)
    password: str = Field(max_length=200)


class SessionShown(Shown):
    """The cookie carries the session; it is not shown to scripts."""

    person: str
    name: str
    expires_at: datetime


class PostShown(Shown):
    """A post held in an organisation."""

    post: str
    post_name: str
    organisation: str
    organisation_name: str


class MeShown(Shown):
    """Who asks."""

    id: str
    name: str
    organisation: str
    organisation_name: str
    posts: list[PostShown]
    roles: list[str]
    auditor: bool


class TokenGiven(Given):
    """A token acts in the person's name, with no more rights than the person has."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "审批系统接口", "scopes": ["read", "write"], "days": 30}]},
    )

    name: str = Field(min_length=1, max_length=100)
    scopes: list[Literal["read", "write"]] = Field(min_length=1, max_length=2)
    days: int = Field(30, ge=1, le=366)


class TokenShown(Shown):
    """`token` is shown this one time."""

    id: str
    token: str
    expires_at: datetime


@router.post("/session", response_model=SessionShown, responses=WRITE_PROBLEMS)
def begin_session(door: Door, request: Request, body: SignInGiven) -> Response:
    """登录. Five failures lock the account for half an hour."""
    house = door.house
    if request.headers.get("origin"):
        must_be_same_origin(request, house)
    outcome = try_sign_in(house, body.login, body.password)
    if isinstance(outcome, SignInFailed):
        return problem("not-signed-in", why_refused(outcome))
    shown = SessionShown(person=outcome.person.id, name=outcome.person.name, expires_at=outcome.expires_at)
    response = respond(Answer(shown))
    give_session(response, house, outcome)
    return response


@router.delete("/session", status_code=204, response_class=Response, responses=WRITE_PROBLEMS)
def end_session(door: Door, request: Request) -> Response:
    """退出: the session is over at once, everywhere."""
    name = cookie_name(door.house)
    token = request.cookies.get(name, "")

    def act(frame: Frame) -> Answer:
        if token:
            sign_out(frame, SignOut(token))
        return Answer(None)

    response = door.write(act)
    response.delete_cookie(name, path="/")
    return response


@router.get("/me")
def me(door: Door) -> MeShown:
    """Name, posts and roles of whoever asks."""
    return door.read(lambda frame: _me(frame.actor, Names(frame.tx)))


@router.post("/tokens", response_model=TokenShown, status_code=201, responses=WRITE_PROBLEMS)
def make_token(door: Door, body: TokenGiven) -> Response:
    """The secret is kept only as its hash, so there is no second showing and no Idempotency-Key here."""

    def act(frame: Frame) -> Answer:
        assert door.caller
        order = IssueToken(
            body.name, tuple(body.scopes), frame.now + timedelta(days=body.days), lambda: secrets.token_urlsafe(32),
            within=door.caller.scopes or SCOPES, not_after=door.caller.ends,
        )  # fmt: skip
        made = issue_token(frame, order)
        return Answer(TokenShown(id=made.id, token=made.token, expires_at=made.expires_at), 201)

    return door.write(act, remember=False)


@router.delete("/tokens/{token_id}", status_code=204, response_class=Response, responses=WRITE_PROBLEMS)
def end_token(door: Door, token_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """The token stops working at once."""

    def act(frame: Frame) -> Answer:
        revoke_token(frame, RevokeToken(token_id))
        return Answer(None)

    return door.write(act, thing=token_id)


def _me(actor: Actor, names: Names) -> MeShown:
    posts = [
        PostShown(
            post=h.post, post_name=say(f"post.{h.post}"), organisation=h.organisation_id,
            organisation_name=names.of(h.organisation_id),
        )
        for h in actor.holdings
    ]  # fmt: skip
    return MeShown(
        id=actor.person_id, name=actor.name, organisation=actor.organisation_id,
        organisation_name=names.of(actor.organisation_id), posts=posts,
        roles=sorted(r.value for r in actor.roles), auditor=actor.auditor,
    )  # fmt: skip
