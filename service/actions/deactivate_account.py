"""The system administrator takes an account out of use: sessions and tokens are dead at once, the history keeps the person."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import reason_given
from service.actions.parts.administering import Changed, end_access, lock_another, must_leave_one, seal_change
from service.domain.accounts import AccountState
from service.domain.errors import Conflict
from service.domain.texts import say
from service.store import people


@dataclass(frozen=True, slots=True)
class DeactivateAccount:
    person_id: str
    reason: str
    if_match: int | None = None


def deactivate_account(frame: Frame, order: DeactivateAccount) -> Changed:
    """Not one's own, and not the last administrator of a kind. What the person had claimed, others of the post may take."""
    row = lock_another(frame, "account.deactivate", order.person_id, if_match=order.if_match)
    if row.state is not AccountState.ENABLED:
        raise Conflict("account.not_enabled", name=row.name, state=say(f"account.state.{row.state.value}"))
    reason = reason_given(order.reason)
    must_leave_one(frame, row)
    people.set_active(frame.tx, order.person_id, False)
    sessions, tokens = end_access(frame, order.person_id, with_tokens=True)
    facts = {"sessions": sessions, "tokens": tokens}
    after = seal_change(
        frame, order.person_id, "account.deactivated", facts=facts, personal={"reason": reason}
    )  # fmt: skip
    return Changed(after, sessions, tokens)
