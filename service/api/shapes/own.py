"""Signing in, and what is one's own: sessions, tokens, the second factor."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.api.shapes.base import Given, Names, Shown
from service.domain.accounts import Pending
from service.domain.people import Actor, Holding
from service.domain.posts import post_name
from service.store.sessions import Session
from service.store.tokens import ApiToken


class SignInGiven(Given):
    """Login and password."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"login": "huotian-clerk", "password": "…"}]}
    )

    login: str = Field(max_length=64)
    password: str = Field(max_length=200)


class CodeGiven(Given):
    """Six digits of the phone, or a recovery code."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": "123456"}]})

    code: str = Field(max_length=40)


class PasswordGiven(Given):
    """The one in use and the one to come."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"current": "…", "new": "…"}]})

    current: str = Field(max_length=200)
    new: str = Field(max_length=200)


class SessionShown(Shown):
    """The cookie carries the session; it is not shown to scripts. `pending`: what must be done before anything else."""

    person: str
    name: str
    expires_at: datetime
    pending: Pending | None = Field(
        None,
        description="second-factor-needed: POST /session/second-factor; password-change-needed: POST /me/password; "
        "second-factor-setup-needed: POST /me/second-factor.",
    )


class OwnSessionShown(Shown):
    """One of a person's live sessions. `agent`: what the browser calls itself."""

    id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    method: str
    current: bool


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


class ApiTokenShown(Shown):
    """A live token; its secret is kept by whoever it was shown to. `last_used_at` is exact to the minute."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class SecondFactorShown(Shown):
    """`state`: none, begun (a code must still prove it), in_use."""

    state: Literal["none", "begun", "in_use"]
    confirmed_at: datetime | None
    recovery_codes_left: int
    offered: bool = Field(description="Whether one can be set up on this server.")
    demanded: bool = Field(description="Whether the county demands one of this person.")


class NewSecondFactorShown(Shown):
    """Shown this one time. `picture` is an SVG as a data URI; `address` is what it says (otpauth://)."""

    secret: str
    address: str
    picture: str


class RecoveryCodesShown(Shown):
    """Shown this one time; each opens once when the phone is lost."""

    codes: list[str]
    pending: Pending | None = None


def me(actor: Actor, names: Names) -> MeShown:
    return MeShown(
        id=actor.person_id, name=actor.name, organisation=actor.organisation_id,
        organisation_name=names.of(actor.organisation_id), posts=posts(actor.holdings, names),
        roles=sorted(r.value for r in actor.roles), auditor=actor.auditor,
    )  # fmt: skip


def posts(holdings: tuple[Holding, ...], names: Names) -> list[PostShown]:
    return [
        PostShown(
            post=h.post, post_name=post_name(h.post), organisation=h.organisation_id,
            organisation_name=names.of(h.organisation_id),
        )
        for h in holdings
    ]  # fmt: skip


def own_session(found: Session, current: str) -> OwnSessionShown:
    """``current``: token hash of the session that asks."""
    return OwnSessionShown(
        id=found.id, created_at=found.created_at, seen_at=found.seen_at, expires_at=found.expires_at,
        address=found.address, agent=found.agent, method=found.method, current=found.token_hash == current,
    )  # fmt: skip


def api_token(found: ApiToken) -> ApiTokenShown:
    return ApiTokenShown(
        id=found.id, name=found.name, scopes=list(found.scopes), created_at=found.created_at,
        expires_at=found.expires_at, last_used_at=found.last_used_at,
    )  # fmt: skip
