"""Accounts: login, password, and how far an account has come. A person acts only while ``person.active``; the rest is told here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update

from service.domain.accounts import AccountState
from service.domain.paging import Page
from service.domain.people import Role
from service.store.rows import one_page, put
from service.store.session import Transaction
from service.store.tables import account, password_used, person, person_role, post_holding, second_factor


@dataclass(frozen=True, slots=True)
class Account:
    """``password_hash`` is argon2id, empty before the first one. ``password_set_at``: None for a password that does not age.

    ``one_time_until``: the password was made by the machine, must be changed, and opens nothing after this moment.
    """

    person_id: str
    login: str
    password_hash: str
    password_set_at: datetime | None = None
    must_change: bool = False
    one_time_until: datetime | None = None
    created_at: datetime | None = None
    created_by: str | None = None
    enabled_at: datetime | None = None
    enabled_by: str | None = None
    last_sign_in_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of 人员与账号: the account with its person. Posts are looked up apart."""

    account: Account
    name: str
    organisation_id: str
    fictional: bool
    active: bool
    auditor: bool
    role: Role | None
    second_factor: bool

    @property
    def state(self) -> AccountState:
        if self.active:
            return AccountState.ENABLED
        return AccountState.DISABLED if self.account.enabled_at else AccountState.WAITING


def any_account(tx: Transaction) -> bool:
    return tx.connection.execute(select(account.c.person_id).limit(1)).first() is not None


def add_account(tx: Transaction, value: Account) -> None:
    """A new account; the key refuses a login that is taken."""
    tx.connection.execute(insert(account).values(**{name: getattr(value, name) for name in Account.__slots__}))


def set_password(
    tx: Transaction, person_id: str, *, login: str, password_hash: str, at: datetime | None = None,
    one_time_until: datetime | None = None,
) -> None:  # fmt: skip
    """Create the person's account or replace its password. With ``one_time_until`` the person must change it."""
    row = {
        "person_id": person_id, "login": login, "password_hash": password_hash, "password_set_at": at,
        "one_time_until": one_time_until, "must_change": one_time_until is not None,
    }  # fmt: skip
    put(tx, account, row)


def rehash(tx: Transaction, person_id: str, *, old: str, new: str) -> None:
    """The same password under today's parameters; nothing when it was changed meanwhile."""
    same = (account.c.person_id == person_id) & (account.c.password_hash == old)
    tx.connection.execute(update(account).where(same).values(password_hash=new))


def account_by_login(tx: Transaction, login: str) -> Account | None:
    """Locks the row, so that sign-ins of one account come one after the other."""
    return _account(tx, select(account).where(account.c.login == login).with_for_update())


def account_of_login(tx: Transaction, login: str) -> Account | None:
    """The same without the lock, for looking only."""
    return _account(tx, select(account).where(account.c.login == login))


def account_of(tx: Transaction, person_id: str) -> Account | None:
    return _account(tx, select(account).where(account.c.person_id == person_id))


def lock_account(tx: Transaction, person_id: str) -> Account | None:
    """Locks account and person: nobody grants, enables or deactivates the same person at the same time."""
    tx.connection.execute(select(person.c.id).where(person.c.id == person_id).with_for_update())
    return _account(tx, select(account).where(account.c.person_id == person_id).with_for_update())


def note_enabled(tx: Transaction, person_id: str, *, at: datetime, by: str) -> None:
    _change(tx, person_id, enabled_at=at, enabled_by=by)


def note_sign_in(tx: Transaction, person_id: str, *, at: datetime) -> None:
    tx.connection.execute(update(account).where(account.c.person_id == person_id).values(last_sign_in_at=at))


def next_version(tx: Transaction, person_id: str) -> int:
    """Every change by an administrator counts; answers the new version."""
    statement = update(account).where(account.c.person_id == person_id).values(version=account.c.version + 1)
    return int(tx.connection.execute(statement.returning(account.c.version)).scalar_one())


def remember_password(tx: Transaction, id: str, *, person_id: str, password_hash: str, at: datetime) -> None:
    """A password that was replaced, so that it does not come again too soon."""
    row = {"id": id, "person_id": person_id, "password_hash": password_hash, "set_at": at}
    tx.connection.execute(insert(password_used).values(**row))


def earlier_passwords(tx: Transaction, person_id: str, *, limit: int) -> list[str]:
    """Hashes of replaced passwords, newest first."""
    statement = select(password_used.c.password_hash).where(password_used.c.person_id == person_id)
    ordered = statement.order_by(password_used.c.set_at.desc(), password_used.c.id.desc()).limit(limit)
    return list(tx.connection.execute(ordered).scalars())


def forget_passwords(tx: Transaction, person_id: str, *, keep: int) -> None:
    """Hashes nobody compares with any more are a danger and nothing else."""
    kept = select(password_used.c.id).where(password_used.c.person_id == person_id)
    newest = kept.order_by(password_used.c.set_at.desc(), password_used.c.id.desc()).limit(keep)
    old = (password_used.c.person_id == person_id) & password_used.c.id.not_in(newest)
    tx.connection.execute(delete(password_used).where(old))


def get_row(tx: Transaction, person_id: str) -> AccountRow | None:
    row = tx.connection.execute(_rows().where(account.c.person_id == person_id)).first()
    return _row(row) if row else None


def list_rows(
    tx: Transaction, *, q: str | None = None, organisation_id: str | None = None, state: AccountState | None = None,
    role: Role | None = None, auditor: bool | None = None, after: str | None = None, limit: int = 50,
) -> Page[AccountRow]:  # fmt: skip
    """By login. ``q``: part of the name or login, read as it stands."""
    wanted: list[ColumnElement[bool]] = []
    if q:
        wanted.append(or_(person.c.name.contains(q, autoescape=True), account.c.login.contains(q, autoescape=True)))
    if organisation_id:
        held = select(post_holding.c.person_id).where(post_holding.c.organisation_id == organisation_id)
        wanted.append(or_(person.c.organisation_id == organisation_id, person.c.id.in_(held)))
    if state:
        wanted.append(_of_state(state))
    if role:
        wanted.append(person_role.c.role == role.value)
    if auditor is not None:
        wanted.append(person.c.auditor.is_(auditor))
    return one_page(
        tx, _rows().where(*wanted), _row, order=[account.c.login], after=after, limit=limit, newest_first=False
    )


@dataclass(frozen=True, slots=True)
class Made:
    """Who made an account, and whether it still waits to be enabled for the first time."""

    created_by: str | None
    waiting: bool


def makers(tx: Transaction) -> dict[str, Made]:
    """Of every account, by person."""
    columns = (account.c.person_id, account.c.created_by, account.c.enabled_at, person.c.active)
    rows = tx.connection.execute(select(*columns).join(person, person.c.id == account.c.person_id))
    return {row.person_id: Made(row.created_by, not row.active and row.enabled_at is None) for row in rows}


def count_states(tx: Transaction) -> dict[AccountState, int]:
    joined = select(func.count()).select_from(account.join(person, person.c.id == account.c.person_id))
    return {state: tx.connection.execute(joined.where(_of_state(state))).scalar_one() for state in AccountState}


def _of_state(state: AccountState) -> ColumnElement[bool]:
    if state is AccountState.ENABLED:
        return person.c.active
    been = account.c.enabled_at.is_not(None) if state is AccountState.DISABLED else account.c.enabled_at.is_(None)
    return and_(~person.c.active, been)


def _change(tx: Transaction, person_id: str, **values: Any) -> None:
    tx.connection.execute(update(account).where(account.c.person_id == person_id).values(**values))


def _account(tx: Transaction, statement: Select[Any]) -> Account | None:
    row = tx.connection.execute(statement).first()
    return Account(**row._mapping) if row else None


def _rows() -> Select[Any]:
    confirmed = second_factor.c.confirmed_at.label("confirmed_at")
    joined = account.join(person, person.c.id == account.c.person_id)
    joined = joined.outerjoin(person_role, person_role.c.person_id == account.c.person_id)
    joined = joined.outerjoin(second_factor, second_factor.c.person_id == account.c.person_id)
    of_person: Sequence[Any] = (
        person.c.name, person.c.organisation_id, person.c.fictional, person.c.active, person.c.auditor
    )  # fmt: skip
    return select(*account.c, *of_person, person_role.c.role, confirmed).select_from(joined)


def _row(row: Any) -> AccountRow:
    return AccountRow(
        Account(**{name: getattr(row, name) for name in Account.__slots__}), row.name, row.organisation_id,
        fictional=row.fictional, active=row.active, auditor=row.auditor, role=Role(row.role) if row.role else None,
        second_factor=row.confirmed_at is not None,
    )  # fmt: skip
