"""The security administrator lets somebody try again who was locked out by failures."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_another, seal_change
from service.actions.parts.codes import forget_codes
from service.actions.parts.trials import login_hash
from service.domain.errors import Conflict
from service.store import sign_ins
from service.store.accounts import AccountRow


@dataclass(frozen=True, slots=True)
class UnlockAccount:
    person_id: str
    if_match: int | None = None


def unlock_account(frame: Frame, order: UnlockAccount) -> AccountRow:
    """From every address at once, wrong codes of a second factor too. Conflict when there is nothing to forget."""
    row = lock_another(frame, "account.unlock", order.person_id, if_match=order.if_match)
    gone = sign_ins.clear_failures(frame.tx, login_hash=login_hash(row.account.login))
    gone += forget_codes(frame, order.person_id)
    if not gone:
        raise Conflict("account.not_locked", name=row.name)
    return seal_change(frame, order.person_id, "account.unlocked", facts={"failures": gone})
