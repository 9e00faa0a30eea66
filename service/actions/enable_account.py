"""The security administrator enables an account: what was proposed counts from now on, and a one-time password is handed over."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_another, must_not_be_maker, seal_change
from service.actions.parts.entering import told_posts
from service.actions.parts.passwords import set_one_time_password
from service.domain.accounts import AccountState
from service.domain.errors import Conflict
from service.store import accounts, people
from service.store.accounts import AccountRow


@dataclass(frozen=True, slots=True)
class EnableAccount:
    """``password_hash``: of a one-time password the door made and shows once."""

    person_id: str
    password_hash: str
    if_match: int | None = None


def enable_account(frame: Frame, order: EnableAccount) -> AccountRow:
    """A new account, or one that was taken out of use. Who made the account cannot; nobody enables himself."""
    row = lock_another(frame, "account.enable", order.person_id, if_match=order.if_match)
    must_not_be_maker(frame, row)
    if row.state is AccountState.ENABLED:
        raise Conflict("account.enabled_already", name=row.name)
    people.set_active(frame.tx, order.person_id, True)
    accounts.note_enabled(frame.tx, order.person_id, at=frame.now, by=frame.actor.person_id)
    until = set_one_time_password(frame, row.account, order.password_hash)
    held = people.holdings_of(frame.tx, [order.person_id])[order.person_id]
    facts = {
        "posts": told_posts(held), "auditor": row.auditor, "role": row.role.value if row.role else "",
        "one_time_until": until.isoformat(),
    }  # fmt: skip
    return seal_change(frame, order.person_id, "account.enabled", facts=facts)
