"""The one filter of visibility for lists of cases, tasks and incidents."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true

from service.domain.permission import Visible
from service.store.tables import case_, case_access, task


def case_is_visible(scope: Visible, case_id: Any = case_.c.id) -> ColumnElement[bool]:
    """True for cases of ``scope``: opened to its organisations, begun or worked on by its person. Needs case_ in FROM."""
    if scope.everything:
        return true()
    opened = exists().where(
        and_(case_access.c.case_id == case_id, case_access.c.organisation_id.in_(sorted(scope.organisations)))
    )
    other = task.alias("worked")
    worked = exists().where(
        and_(
            other.c.case_id == case_id, or_(other.c.ended_by == scope.person_id, other.c.assignee_id == scope.person_id)
        )
    )
    return or_(opened, worked, case_.c.initiator_id == scope.person_id)
