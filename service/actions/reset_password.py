"""The security administrator gives somebody a new one-time password; on the server's console anybody who may use it can."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import Changed, end_access, lock_another, seal_change
from service.actions.parts.passwords import set_one_time_password
from service.domain.accounts import AccountState
from service.domain.errors import Conflict
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """``password_hash``: of a one-time password the door made and shows once."""

    person_id: str
    password_hash: str
    if_match: int | None = None


def reset_password(frame: Frame, order: ResetPassword) -> Changed:
    """Sessions end, locks are forgotten; tokens of programs stay. An account that is not enabled stays so."""
    row = lock_another(frame, "password.reset", order.person_id, if_match=order.if_match)
    if row.state is not AccountState.ENABLED:
        raise Conflict("account.not_enabled", name=row.name, state=say(f"account.state.{row.state.value}"))
    until = set_one_time_password(frame, row.account, order.password_hash)
    ended, _ = end_access(frame, order.person_id, with_tokens=False)
    facts = {"one_time_until": until.isoformat(), "sessions": ended}
    return Changed(seal_change(frame, order.person_id, "password.reset", facts=facts), ended)
