"""人员与账号: everybody with an account, and what the system administrator does: entering people, correcting, taking out of use."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.create_person import CreatePerson, create_person
from service.actions.deactivate_account import DeactivateAccount, deactivate_account
from service.actions.edit_person import EditPerson, edit_person
from service.actions.frame import Frame
from service.actions.parts.administering import administer, see_account
from service.api.accounts import one_account, some_accounts
from service.domain.accounts import AccountState
from service.domain.administration import may
from service.domain.people import OrgKind, Role
from service.domain.posts import HELD_IN, post_name
from service.domain.texts import say
from service.pages.browsers import browser_name
from service.pages.door import Door, Look
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import accounts, organisations, sessions, tokens

router = APIRouter()
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
ROWS = 50
STATES = {state.value: state for state in AccountState}
ROLES = {role.value: role for role in Role}


@router.get("/accounts")
def list_accounts(
    door: Door, q: Text = "", organisation: Text = "", state: Text = "", role: Text = "", after: After = ""
) -> Response:
    """By login; those that wait for 安全管理员 have a tab of their own."""

    query = {"q": q, "organisation": organisation, "state": state, "role": role}
    return door.show(lambda frame: list_page(frame, query, after))


@router.get("/new-account")
def new_account(door: Door) -> Response:
    return door.show(_new_page)


@router.post("/new-account")
def create(door: Door) -> Response:
    """新建人员: a disabled account; 安全管理员 does the rest."""
    given = door.given

    def act(frame: Frame) -> Done:
        login, name = given.text("login", most=64, required=True), given.text("name", most=50, required=True)
        organisation = given.text("organisation", most=64, required=True)
        given.check()
        row = create_person(frame, CreatePerson(login, name, organisation))
        return Done(f"/accounts/{row.account.person_id}", say("notice.account_created", name=row.name))

    return door.do(act, again=_new_page)


@router.get("/accounts/{person}")
def show(door: Door, person: str) -> Response:
    """One account, with the buttons of whoever looks."""
    return door.show(account_page(door, person))


@router.post("/accounts/{person}/person")
def edit(door: Door, person: str) -> Response:
    """Another name or organisation."""
    given = door.given

    def act(frame: Frame) -> Done:
        name, organisation = given.text("name", most=50, required=True), given.text("organisation", required=True)
        version = given.whole("version", least=0, most=1_000_000)
        given.check()
        row = edit_person(frame, EditPerson(person, name, organisation, version))
        return Done(f"/accounts/{person}", say("notice.account_edited", name=row.name))

    return door.do(act, again=account_page(door, person), thing=person)


@router.post("/accounts/{person}/deactivate")
def deactivate(door: Door, person: str) -> Response:
    """停用, with a reason."""
    given = door.given

    def act(frame: Frame) -> Done:
        reason, version = given.text("reason", required=True), given.whole("version", least=0, most=1_000_000)
        given.check()
        done = deactivate_account(frame, DeactivateAccount(person, reason, version))
        told = say("notice.account_deactivated", name=done.row.name, sessions=done.sessions, tokens=done.tokens)
        return Done(f"/accounts/{person}", told)

    return door.do(act, again=account_page(door, person), thing=person)


def list_page(frame: Frame, query: dict[str, str], after: str = "") -> Page:
    """``query``: q, organisation, state, role; empty where all are meant."""
    administer(frame, "account.read")
    page = some_accounts(
        frame, q=query["q"].strip() or None, organisation_id=query["organisation"] or None,
        state=STATES.get(query["state"]), role=ROLES.get(query["role"]), after=after or None, limit=ROWS,
    )  # fmt: skip
    return Page(
        "accounts/list.html", rows=page.items, next=page.next, first=not after, places=places(frame), query=query,
        states=list(AccountState), roles=list(Role), counts=accounts.count_states(frame.tx),
        may_create=_may(frame, "person.create"), may_enable=_may(frame, "account.enable"), me=frame.actor.person_id,
    )  # fmt: skip


def account_page(door: Door, person: str) -> Look:
    """What may be done is decided by the actions; the page shows the buttons of the role."""

    def look(frame: Frame) -> Page:
        row = see_account(frame, "account.read", person)
        account, own = one_account(frame, row), person == frame.actor.person_id
        inside = _may(frame, "session.read")
        return Page(
            "accounts/show.html", account=account, own=own, made_by_me=row.account.created_by == frame.actor.person_id,
            names=Names(frame.tx, [row.account.created_by, row.account.enabled_by]),
            may_edit=_may(frame, "person.edit"), may_grant=_may(frame, "post.grant"), places=places(frame),
            posts=_posts(), roles=list(Role), browser_name=browser_name,
            sessions=sessions.sessions_of(frame.tx, person, now=frame.now) if inside else [],
            tokens=tokens.tokens_of(frame.tx, person, now=frame.now) if inside else [],
        )  # fmt: skip

    return look


def places(frame: Frame) -> dict[str, dict[str, str]]:
    """Kind -> id -> name, for choosing an organisation."""
    found: dict[str, dict[str, str]] = {}
    for organisation in organisations.list_organisations(frame.tx):
        found.setdefault(say(f"organisation.kind.{organisation.kind.value}"), {})[organisation.id] = organisation.name
    return found


def _posts() -> dict[str, dict[str, str]]:
    """Where they are held -> post -> name."""
    found: dict[str, dict[str, str]] = {}
    for post, kinds in HELD_IN.items():
        where = say("list.comma").join(say(f"organisation.kind.{kind.value}") for kind in OrgKind if kind in kinds)
        found.setdefault(where, {})[post] = post_name(post)
    return found


def _new_page(frame: Frame) -> Page:
    administer(frame, "person.create")
    return Page("accounts/new.html", places=places(frame))


def _may(frame: Frame, verb: str) -> bool:
    return bool(may(frame.actor, verb))
