"""The security administrator makes somebody one of the three administrators, or ends that."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import (
    Changed,
    end_access,
    lock_another,
    must_leave_one,
    must_not_be_maker,
    role_name,
    seal_change,
)
from service.domain.errors import Conflict
from service.domain.people import Role
from service.store import people


@dataclass(frozen=True, slots=True)
class GrantRole:
    """``role`` None: no administrator any more."""

    person_id: str
    role: Role | None
    if_match: int | None = None


def grant_role(frame: Frame, order: GrantRole) -> Changed:
    """三员 exclude each other and business: whoever holds a post or audits business gives that up first. The last of a kind stays."""
    row = lock_another(frame, "role.grant", order.person_id, if_match=order.if_match)
    must_not_be_maker(frame, row)
    if row.role is order.role:
        return Changed(row)
    if order.role and (row.auditor or people.holdings_of(frame.tx, [order.person_id])[order.person_id]):
        raise Conflict("role.of_officer", name=row.name, role=role_name(order.role))
    must_leave_one(frame, row)
    people.set_role(frame.tx, order.person_id, order.role)
    ended, revoked = end_access(frame, order.person_id, with_tokens=True)
    facts = {
        "role": order.role.value if order.role else "", "role_before": row.role.value if row.role else "",
        "sessions": ended, "tokens": revoked,
    }  # fmt: skip
    return Changed(seal_change(frame, order.person_id, "role.granted", facts=facts), ended, revoked)
