"""A worker still busy with a long handler keeps its lease."""

from dataclasses import dataclass
from datetime import timedelta

from service.actions.frame import Frame
from service.store import jobs


@dataclass(frozen=True, slots=True)
class RenewLease:
    job_id: str
    owner: str
    fence: int
    lease: timedelta


def renew_lease(frame: Frame, order: RenewLease) -> bool:
    """False when another worker has taken the job over; the handler's result will then be thrown away."""
    until = frame.now + order.lease
    return jobs.renew_lease(frame.tx, order.job_id, owner=order.owner, fence=order.fence, until=until)
