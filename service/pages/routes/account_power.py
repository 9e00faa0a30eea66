"""人员与账号, what the security administrator does: enabling, posts, roles, locks, passwords, second factors, sessions and tokens."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from service.actions.enable_account import EnableAccount, enable_account
from service.actions.end_session import EndSession, end_session
from service.actions.end_sessions import EndSessions, end_sessions
from service.actions.frame import Frame
from service.actions.grant_posts import GrantPosts, grant_posts
from service.actions.grant_role import GrantRole, grant_role
from service.actions.parts.administering import role_name, see_account
from service.actions.reset_password import ResetPassword, reset_password
from service.actions.reset_second_factor import ResetSecondFactor, reset_second_factor
from service.actions.revoke_token import RevokeToken, revoke_token
from service.actions.revoke_tokens import RevokeTokens, revoke_tokens
from service.actions.unlock_account import UnlockAccount, unlock_account
from service.api.passwords import hash_password, one_time_password
from service.domain.accounts import AccountState
from service.domain.people import Holding, Role
from service.domain.posts import post_name
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.names import Names
from service.pages.page import Done, Page
from service.pages.routes.accounts import ROLES, ROWS, account_page, list_page
from service.store import organisations, people
from service.store.accounts import AccountRow

router = APIRouter()
Change = Callable[[Frame, int | None], str]


@router.post("/accounts/{person}/enable")
def enable(door: Door, person: str) -> Response:
    """启用: the one-time password is shown this once."""
    password = one_time_password()
    hashed, version = hash_password(password), _version(door)

    def act(frame: Frame) -> Page:
        row = enable_account(frame, EnableAccount(person, hashed, version))
        return _passwords(frame, [(row, password)], "notice.accounts_enabled")

    return door.once(act, again=account_page(door, person), thing=person)


@router.post("/enable-accounts")
def enable_some(door: Door) -> Response:
    """启用所选: all of them or none; a page with their one-time passwords to print and cut."""
    chosen = door.given.many("person")[:ROWS]
    made = [(person, one_time_password()) for person in chosen]
    hashed = {person: hash_password(password) for person, password in made}

    def act(frame: Frame) -> Page:
        if not chosen:
            door.given.wrong("person", "given.missing")
        door.given.check()
        rows = [(enable_account(frame, EnableAccount(person, hashed[person])), password) for person, password in made]
        return _passwords(frame, rows, "notice.accounts_enabled")

    return door.once(act, again=_waiting)


@router.post("/accounts/{person}/password")
def renew_password(door: Door, person: str) -> Response:
    """重置密码: the one-time password is shown this once."""
    password = one_time_password()
    hashed, version = hash_password(password), _version(door)

    def act(frame: Frame) -> Page:
        done = reset_password(frame, ResetPassword(person, hashed, version))
        return _passwords(frame, [(done.row, password)], "notice.passwords_reset")

    return door.once(act, again=account_page(door, person), thing=person)


@router.post("/accounts/{person}/posts/add")
def add_post(door: Door, person: str) -> Response:
    """One more post, on top of those held."""
    given = door.given

    def change(frame: Frame, version: int | None) -> str:
        one = Holding(given.text("post", most=64, required=True), given.text("place", most=64, required=True))
        given.check()
        row, held = _held(frame, person)
        grant_posts(frame, GrantPosts(person, (*held, one), row.auditor, version))
        return say("notice.post_granted", name=row.name, post=_told(frame, one))

    return _do(door, person, change)


@router.post("/accounts/{person}/posts/remove")
def remove_post(door: Door, person: str) -> Response:
    """One post less."""
    given = door.given

    def change(frame: Frame, version: int | None) -> str:
        one = Holding(given.text("post", most=64), given.text("place", most=64))
        row, held = _held(frame, person)
        grant_posts(frame, GrantPosts(person, tuple(h for h in held if h != one), row.auditor, version))
        return say("notice.post_taken", name=row.name, post=_told(frame, one))

    return _do(door, person, change)


@router.post("/accounts/{person}/auditor")
def set_auditor(door: Door, person: str) -> Response:
    """业务审计: may read every case, or no longer."""
    wanted = door.given.flag("auditor")

    def change(frame: Frame, version: int | None) -> str:
        row, held = _held(frame, person)
        grant_posts(frame, GrantPosts(person, held, wanted, version))
        return say("notice.auditor_granted" if wanted else "notice.auditor_taken", name=row.name)

    return _do(door, person, change)


@router.post("/accounts/{person}/role")
def set_role(door: Door, person: str) -> Response:
    """One of the three administrators, or none."""
    given = door.given

    def change(frame: Frame, version: int | None) -> str:
        chosen = given.choice("role", [role.value for role in Role])
        given.check()
        done = grant_role(frame, GrantRole(person, ROLES.get(chosen), version))
        return say("notice.role_granted", name=done.row.name, role=role_name(done.row.role))

    return _do(door, person, change)


@router.post("/accounts/{person}/unlock")
def unlock(door: Door, person: str) -> Response:
    def change(frame: Frame, version: int | None) -> str:
        return say("notice.account_unlocked", name=unlock_account(frame, UnlockAccount(person, version)).name)

    return _do(door, person, change)


@router.post("/accounts/{person}/second-factor")
def take_factor_off(door: Door, person: str) -> Response:
    def change(frame: Frame, version: int | None) -> str:
        done = reset_second_factor(frame, ResetSecondFactor(person, version))
        return say("notice.factor_reset", name=done.row.name)

    return _do(door, person, change)


@router.post("/accounts/{person}/sessions/end")
def end_all(door: Door, person: str) -> Response:
    def change(frame: Frame, _version: int | None) -> str:
        return say("notice.sessions_ended", count=end_sessions(frame, EndSessions(person)))

    return _do(door, person, change)


@router.post("/accounts/{person}/sessions/{session_id}/end")
def end_one(door: Door, person: str, session_id: str) -> Response:
    def change(frame: Frame, _version: int | None) -> str:
        end_session(frame, EndSession(session_id, person))
        return say("notice.session_ended")

    return _do(door, person, change)


@router.post("/accounts/{person}/tokens/revoke")
def revoke_all(door: Door, person: str) -> Response:
    def change(frame: Frame, _version: int | None) -> str:
        return say("notice.tokens_revoked", count=revoke_tokens(frame, RevokeTokens(person)))

    return _do(door, person, change)


@router.post("/accounts/{person}/tokens/{token_id}/revoke")
def revoke_one(door: Door, person: str, token_id: str) -> Response:
    def change(frame: Frame, _version: int | None) -> str:
        revoke_token(frame, RevokeToken(token_id, person))
        return say("notice.token_revoked")

    return _do(door, person, change)


def _do(door: PageDoor, person: str, change: Change) -> Response:
    """A change of one account as it was seen; back to its page with what was done."""

    def act(frame: Frame) -> Done:
        return Done(f"/accounts/{person}", change(frame, _version(door)))

    return door.do(act, again=account_page(door, person), thing=person)


def _version(door: PageDoor) -> int | None:
    return door.given.whole("version", least=0, most=1_000_000)


def _held(frame: Frame, person: str) -> tuple[AccountRow, tuple[Holding, ...]]:
    """What the list on the page was; a change in between is found by the version."""
    row = see_account(frame, "post.grant", person)
    return row, people.holdings_of(frame.tx, [person])[person]


def _told(frame: Frame, held: Holding) -> str:
    place = organisations.get_organisation(frame.tx, held.organisation_id)
    return f"{place.name if place else held.organisation_id} {post_name(held.post)}"


def _passwords(frame: Frame, rows: list[tuple[AccountRow, str]], told: str) -> Page:
    return Page(
        "accounts/passwords.html", rows=rows, told=say(told, count=len(rows)), names=Names(frame.tx),
        until=rows[0][0].account.one_time_until,
    )  # fmt: skip


def _waiting(frame: Frame) -> Page:
    return list_page(frame, {"q": "", "organisation": "", "state": AccountState.WAITING.value, "role": ""})
