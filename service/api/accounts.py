"""Accounts as they are shown to administrators: with posts, and whether they are locked now."""

from service.actions.frame import Frame
from service.actions.parts.trials import login_hash
from service.api.shapes.accounts import AccountShown, account
from service.api.shapes.base import Listed, Names
from service.domain.accounts import LOCK_FOR, PAIR, AccountState
from service.domain.people import Role
from service.store import accounts, people, sign_ins
from service.store.accounts import AccountRow


def one_account(frame: Frame, row: AccountRow) -> AccountShown:
    return _shown(frame, [row])[0]


def some_accounts(
    frame: Frame, *, q: str | None = None, organisation_id: str | None = None, state: AccountState | None = None,
    role: Role | None = None, after: str | None = None, limit: int = 50,
) -> Listed[AccountShown]:  # fmt: skip
    """A page by login, whatever is wanted of them all holding."""
    page = accounts.list_rows(
        frame.tx, q=q, organisation_id=organisation_id, state=state, role=role, after=after, limit=limit
    )
    return Listed[AccountShown](items=_shown(frame, page.items), next=page.next)


def _shown(frame: Frame, rows: list[AccountRow]) -> list[AccountShown]:
    held = people.holdings_of(frame.tx, [row.account.person_id for row in rows])
    locked = sign_ins.locked_logins(frame.tx, since=frame.now - LOCK_FOR, most=PAIR.most)
    names = Names(frame.tx)
    return [
        account(row, held[row.account.person_id], locked=login_hash(row.account.login) in locked, names=names)
        for row in rows
    ]
