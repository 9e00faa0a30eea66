"""A person reads the course of a case (办理经过): what people did, in the order in which it happened on paper.

The history is in order of entry; a meeting of the 20th entered on the 25th (补录) belongs before what was done on the 22nd. An act dated
before one that was entered earlier is marked, so that an auditor sees where paper and record disagree.
"""

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.parts.acts import ActSeen, course_of


def look_at_acts(frame: Frame, case_id: str) -> tuple[ActSeen, ...]:
    """Ordered by act date, then by entry. NotFound when this person may not know of the case."""
    case, _ = see_case(frame, case_id)
    return course_of(frame, case, frame.bundles.get(frame.tx, case.bundle_digest))
