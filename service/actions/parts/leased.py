"""The second look at a leased job: the case first, then the job, then the fence."""

from service.actions.frame import Frame
from service.domain.cases import Case, CaseStatus, Job, JobStatus
from service.store import cases, jobs


def locked_job(frame: Frame, job_id: str, *, fence: int) -> tuple[Case, Job] | None:
    """Case and job, both locked; None when the lease was lost, the job is over, or the case does not run."""
    seen = jobs.get_job(frame.tx, job_id)
    case = cases.lock_case(frame.tx, seen.case_id) if seen else None
    job = jobs.lock_job(frame.tx, job_id)
    if case is None or job is None or job.fence != fence or job.status is not JobStatus.DUE:
        return None
    if case.status is not CaseStatus.ACTIVE:
        # Suspended while the handler ran: it is tried again after 恢复.
        jobs.give_back(frame.tx, job.id, fence=fence)
        return None
    return case, job
