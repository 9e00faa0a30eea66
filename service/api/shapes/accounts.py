"""Sessions, tokens, second factors, and the accounts the three administrators look after."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.api.shapes.base import Given, Names, Shown
from service.domain.accounts import AccountState, Pending
from service.domain.people import Actor, Holding, Role
from service.domain.posts import HELD_IN, post_name
from service.store.accounts import AccountRow
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


class AccountShown(Shown):
    """An account with its person. `role`: of the three administrators, or null. `locked`: too many failures from some address."""

    person: str
    login: str
    name: str
    fictional: bool
    organisation: str
    organisation_name: str
    state: AccountState
    posts: list[PostShown]
    auditor: bool
    role: Role | None
    second_factor: bool
    locked: bool
    must_change: bool
    created_at: datetime | None
    created_by: str | None
    enabled_at: datetime | None
    enabled_by: str | None
    last_sign_in_at: datetime | None
    version: int


class OneTimePasswordShown(Shown):
    """`password` is shown this one time, opens nothing after `valid_until` and must be changed at the first sign-in."""

    account: AccountShown
    password: str
    valid_until: datetime


class EndedShown(Shown):
    """How many sessions ended, how many tokens were revoked."""

    sessions: int = 0
    tokens: int = 0


class PersonGiven(Given):
    """A new person. `login` becomes the person's id and never changes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"login": "huotian-lin", "name": "林一（虚构）", "organisation": "huotian-center"}]
        },
    )

    login: str = Field(max_length=64)
    name: str = Field(max_length=200)
    organisation: str = Field(max_length=64)


class PersonEdited(Given):
    """Name and organisation, both whole."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "林一（虚构）", "organisation": "huotian-center"}]}
    )

    name: str = Field(max_length=200)
    organisation: str = Field(max_length=64)


class PostGiven(Given):
    """A post in an organisation."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"post": "center_clerk", "organisation": "huotian-center"}]}
    )

    post: str = Field(max_length=64)
    organisation: str = Field(max_length=64)


class PostsGiven(Given):
    """The whole list: what is not in it is taken away."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"posts": [{"post": "center_clerk", "organisation": "huotian-center"}], "auditor": False}]
        },
    )

    posts: list[PostGiven] = Field(max_length=50)
    auditor: bool = False


class RoleGiven(Given):
    """One of the three administrators, or null: none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "audit_admin"}]})

    role: Role | None


class KnownPost(Shown):
    """A post there is, and the kinds of organisation it may be held in."""

    post: str
    name: str
    kinds: list[str]


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


def account(row: AccountRow, holdings: tuple[Holding, ...], *, locked: bool, names: Names) -> AccountShown:
    known = row.account
    return AccountShown(
        person=known.person_id, login=known.login, name=row.name, fictional=row.fictional,
        organisation=row.organisation_id, organisation_name=names.of(row.organisation_id), state=row.state,
        posts=posts(holdings, names), auditor=row.auditor, role=row.role, second_factor=row.second_factor,
        locked=locked, must_change=known.must_change, created_at=known.created_at, created_by=known.created_by,
        enabled_at=known.enabled_at, enabled_by=known.enabled_by, last_sign_in_at=known.last_sign_in_at,
        version=known.version,
    )  # fmt: skip


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


def known_posts() -> list[KnownPost]:
    return [
        KnownPost(post=post, name=post_name(post), kinds=sorted(kind.value for kind in kinds))
        for post, kinds in HELD_IN.items()
    ]
