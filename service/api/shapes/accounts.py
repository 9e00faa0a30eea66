"""The accounts the three administrators look after."""

from datetime import datetime

from pydantic import ConfigDict, Field

from service.api.shapes.base import Given, Names, Shown
from service.api.shapes.own import PostShown, posts
from service.domain.accounts import AccountState
from service.domain.people import Holding, Role
from service.domain.posts import HELD_IN, post_name
from service.store.accounts import AccountRow


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


def known_posts() -> list[KnownPost]:
    return [
        KnownPost(post=post, name=post_name(post), kinds=sorted(kind.value for kind in kinds))
        for post, kinds in HELD_IN.items()
    ]
