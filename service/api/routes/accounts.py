"""人员与账号: the system administrator enters people, the security administrator gives accounts power, the audit administrator looks on."""

from typing import Annotated

from fastapi import Query, Response

from service.actions.create_person import CreatePerson, create_person
from service.actions.deactivate_account import DeactivateAccount, deactivate_account
from service.actions.edit_person import EditPerson, edit_person
from service.actions.enable_account import EnableAccount, enable_account
from service.actions.end_session import EndSession, end_session
from service.actions.end_sessions import EndSessions, end_sessions
from service.actions.frame import Frame
from service.actions.grant_posts import GrantPosts, grant_posts
from service.actions.grant_role import GrantRole, grant_role
from service.actions.parts.administering import administer, see_account
from service.actions.reset_password import ResetPassword, reset_password
from service.actions.reset_second_factor import ResetSecondFactor, reset_second_factor
from service.actions.revoke_token import RevokeToken, revoke_token
from service.actions.revoke_tokens import RevokeTokens, revoke_tokens
from service.actions.unlock_account import UnlockAccount, unlock_account
from service.api.accounts import one_account, some_accounts
from service.api.door import Answer, Door, respond
from service.api.passwords import hash_password, one_time_password
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import accounts as shapes
from service.api.shapes import own
from service.api.shapes.base import After, Limit, Listed, Reason
from service.domain.accounts import AccountState
from service.domain.people import Holding, Role
from service.store import sessions, tokens
from service.store.accounts import AccountRow

router = new_router("administration")
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/posts")
def list_posts(door: Door) -> Listed[shapes.KnownPost]:
    """The posts there are, with their Chinese names and the kinds of organisation they are held in."""
    return door.read(lambda _frame: Listed[shapes.KnownPost](items=shapes.known_posts(), next=None))


@router.get("/accounts")
def list_accounts(
    door: Door, q: Filter = None, organisation: Filter = None, state: AccountState | None = None,
    role: Role | None = None, after: After = None, limit: Limit = 50,
) -> Listed[shapes.AccountShown]:  # fmt: skip
    """By login. `q`: part of name or login. `organisation`: people of it, and people who hold a post there."""

    def look(frame: Frame) -> Listed[shapes.AccountShown]:
        administer(frame, "account.read")
        return some_accounts(frame, q=q, organisation_id=organisation, state=state, role=role, after=after, limit=limit)

    return door.read(look)


@router.post("/accounts", response_model=shapes.AccountShown, status_code=201, responses=WRITE_PROBLEMS)
def add_account(door: Door, body: shapes.PersonGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """系统管理员: a new person. The account opens nothing until the security administrator enables it."""

    def act(frame: Frame) -> Answer:
        row = create_person(frame, CreatePerson(body.login, body.name, body.organisation))
        return _answer(frame, row, status=201)

    return door.write(act, thing=body.login)


@router.get("/accounts/{person}", response_model=shapes.AccountShown)
def show_account(door: Door, person: str) -> Response:
    """One account, with its version as ETag."""

    def look(frame: Frame) -> Answer:
        return _answer(frame, see_account(frame, "account.read", person))

    return respond(door.read(look))


@router.put("/accounts/{person}", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def change_person(
    door: Door, person: str, body: shapes.PersonEdited, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """系统管理员: another name or organisation."""

    def act(frame: Frame) -> Answer:
        return _answer(frame, edit_person(frame, EditPerson(person, body.name, body.organisation, door.if_match)))

    return door.write(act, thing=person)


@router.post("/accounts/{person}/deactivate", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def take_out_of_use(
    door: Door, person: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """系统管理员停用: sessions and tokens are dead at once. Not one's own, not the last administrator of a kind."""

    def act(frame: Frame) -> Answer:
        done = deactivate_account(frame, DeactivateAccount(person, body.reason, door.if_match))
        return _answer(frame, done.row)

    return door.write(act, thing=person)


@router.post("/accounts/{person}/enable", response_model=shapes.OneTimePasswordShown, responses=WRITE_PROBLEMS)
def enable(door: Door, person: str, if_match: IfMatch = None) -> Response:
    """安全管理员启用. Answers a one-time password, shown this once, to be handed to the person."""
    password = one_time_password()
    hashed = hash_password(password)

    def act(frame: Frame) -> Answer:
        row = enable_account(frame, EnableAccount(person, hashed, door.if_match))
        return _one_time(frame, row, password)

    return door.write(act, thing=person, remember=False)


@router.put("/accounts/{person}/posts", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def set_posts(
    door: Door, person: str, body: shapes.PostsGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """安全管理员: the whole list of posts, and whether the person may read every case. Changed: the person's sessions end."""

    def act(frame: Frame) -> Answer:
        held = tuple(Holding(p.post, p.organisation) for p in body.posts)
        return _answer(frame, grant_posts(frame, GrantPosts(person, held, body.auditor, door.if_match)).row)

    return door.write(act, thing=person)


@router.put("/accounts/{person}/role", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def set_role(
    door: Door, person: str, body: shapes.RoleGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """安全管理员: one of the three administrators, or none. Sessions end and tokens are revoked."""

    def act(frame: Frame) -> Answer:
        return _answer(frame, grant_role(frame, GrantRole(person, body.role, door.if_match)).row)

    return door.write(act, thing=person)


@router.post("/accounts/{person}/unlock", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def unlock(door: Door, person: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None) -> Response:
    """安全管理员解锁: failures so far are forgotten."""

    def act(frame: Frame) -> Answer:
        return _answer(frame, unlock_account(frame, UnlockAccount(person, door.if_match)))

    return door.write(act, thing=person)


@router.post("/accounts/{person}/password", response_model=shapes.OneTimePasswordShown, responses=WRITE_PROBLEMS)
def renew_password(door: Door, person: str, if_match: IfMatch = None) -> Response:
    """安全管理员重置密码. Answers a one-time password, shown this once; the person's sessions end."""
    password = one_time_password()
    hashed = hash_password(password)

    def act(frame: Frame) -> Answer:
        done = reset_password(frame, ResetPassword(person, hashed, door.if_match))
        return _one_time(frame, done.row, password)

    return door.write(act, thing=person, remember=False)


@router.delete("/accounts/{person}/second-factor", response_model=shapes.AccountShown, responses=WRITE_PROBLEMS)
def take_factor_off(
    door: Door, person: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """安全管理员重置第二因素: the phone is lost."""

    def act(frame: Frame) -> Answer:
        return _answer(frame, reset_second_factor(frame, ResetSecondFactor(person, door.if_match)).row)

    return door.write(act, thing=person)


@router.get("/accounts/{person}/sessions")
def list_sessions_of(door: Door, person: str) -> Listed[own.OwnSessionShown]:
    """安全管理员: where somebody is signed in."""

    def look(frame: Frame) -> Listed[own.OwnSessionShown]:
        see_account(frame, "session.read", person)
        found = sessions.sessions_of(frame.tx, person, now=frame.now)
        current = door.caller.session_hash if door.caller else ""
        shown = [own.own_session(each, current) for each in found]
        return Listed[own.OwnSessionShown](items=shown, next=None)

    return door.read(look)


@router.delete("/accounts/{person}/sessions", response_model=shapes.EndedShown, responses=WRITE_PROBLEMS)
def end_sessions_of(door: Door, person: str, idempotency_key: IdempotencyKey = None) -> Response:
    """安全管理员: sign somebody out everywhere."""

    def act(frame: Frame) -> Answer:
        return Answer(shapes.EndedShown(sessions=end_sessions(frame, EndSessions(person))))

    return door.write(act, thing=person)


@router.delete(
    "/accounts/{person}/sessions/{session_id}", status_code=204, response_class=Response, responses=WRITE_PROBLEMS
)
def end_session_of(door: Door, person: str, session_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """安全管理员: one session of somebody."""

    def act(frame: Frame) -> Answer:
        end_session(frame, EndSession(session_id, person))
        return Answer(None)

    return door.write(act, thing=person)


@router.get("/accounts/{person}/tokens")
def list_tokens_of(door: Door, person: str) -> Listed[own.ApiTokenShown]:
    """安全管理员: the live tokens of somebody."""

    def look(frame: Frame) -> Listed[own.ApiTokenShown]:
        see_account(frame, "session.read", person)
        found = tokens.tokens_of(frame.tx, person, now=frame.now)
        return Listed[own.ApiTokenShown](items=[own.api_token(each) for each in found], next=None)

    return door.read(look)


@router.delete("/accounts/{person}/tokens", response_model=shapes.EndedShown, responses=WRITE_PROBLEMS)
def revoke_tokens_of(door: Door, person: str, idempotency_key: IdempotencyKey = None) -> Response:
    """安全管理员: every token of somebody."""

    def act(frame: Frame) -> Answer:
        return Answer(shapes.EndedShown(tokens=revoke_tokens(frame, RevokeTokens(person))))

    return door.write(act, thing=person)


@router.delete(
    "/accounts/{person}/tokens/{token_id}", status_code=204, response_class=Response, responses=WRITE_PROBLEMS
)
def revoke_token_of(door: Door, person: str, token_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """安全管理员: one token of somebody."""

    def act(frame: Frame) -> Answer:
        revoke_token(frame, RevokeToken(token_id, person))
        return Answer(None)

    return door.write(act, thing=person)


def _answer(frame: Frame, row: AccountRow, *, status: int = 200) -> Answer:
    return Answer(one_account(frame, row), status, version=row.account.version)


def _one_time(frame: Frame, row: AccountRow, password: str) -> Answer:
    assert row.account.one_time_until
    shown = shapes.OneTimePasswordShown(
        account=one_account(frame, row), password=password, valid_until=row.account.one_time_until
    )
    return Answer(shown, version=row.account.version)
