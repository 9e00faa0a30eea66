"""Cases, tasks, jobs, waits and incidents as the store hands them out: frozen values, times UTC-aware."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class CaseStatus(StrEnum):
    """See docs/states.md. Only ACTIVE cases take steps."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Case:
    """One running or ended process. ``version`` counts steps and is the ETag; ``state`` is the engine's blob.

    ``stage`` is the business word of the moment (草拟, 会签中, ...) from the diagram's ``oneseal:caseStatus``.
    ``township_id`` / ``department_id`` answer ``@township`` and ``@department`` of assignments.
    """

    id: str
    business_key: str
    title: str
    process_key: str
    definition_version: int
    bundle_digest: str
    status: CaseStatus
    stage: str
    township_id: str | None
    department_id: str | None
    initiator_id: str
    parent_case_id: str | None
    started_at: datetime
    ended_at: datetime | None
    version: int
    event_seq: int  # number of the last event of the chain case/<id>
    event_hash: str  # hex of that event
    state: bytes = b""
    state_digest: str = ""


class TaskStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may take a task: holders of ``post`` in ``organisation_id``."""

    post: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class Task:
    """A user task. ``id`` is ``<case id>.<number>``; ``number`` is the engine's. ``version`` is the ETag.

    ``input`` is the data the task was opened with; ``draft`` what the assignee saved without completing. ``due_at`` was counted from
    ``due_workdays`` in the calendar of ``due_organisation``; ``provisional``: over days that no notice has settled yet.
    """

    id: str
    case_id: str
    number: int
    element_id: str
    name: str
    lane: str
    form_key: str
    status: TaskStatus
    assignee_id: str | None
    created_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    version: int
    candidates: tuple[Candidate, ...] = ()
    input: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] | None = None
    due_workdays: int | None = None
    due_organisation: str | None = None
    provisional: bool = False


class JobKind(StrEnum):
    HANDLER = "handler"  # a service task's handler
    TIMER = "timer"  # wake a timer event
    DELIVER = "deliver"  # hand a message or signal to one waiting case
    REMIND = "remind"  # 80 % and 100 % of a task's due time


class JobStatus(StrEnum):
    DUE = "due"  # waits for due_at and a worker; also while leased
    DONE = "done"
    FAILED = "failed"  # tries used up, an incident is open
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the machine. ``fence`` grows with every lease; finishing compares it, so a slow worker cannot overwrite."""

    id: str
    case_id: str
    kind: JobKind
    number: int  # the engine's number of the waiting node; 0 for REMIND
    element_id: str
    handler: str
    payload: Mapping[str, Any]
    due_at: datetime
    status: JobStatus
    attempts: int
    max_attempts: int
    fence: int
    lease_owner: str | None
    lease_until: datetime | None
    last_error: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MessageWait:
    """A case waits for message or signal ``name`` with correlation ``key`` (empty: any)."""

    case_id: str
    number: int
    element_id: str
    kind: str  # "message" or "signal"
    name: str
    key: str
    created_at: datetime


class IncidentStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Incident:
    """``kind``: of the job (handler, timer, deliver, remind), or step for what a person wanted to do; empty in old rows.

    ``element_id`` is where the work stands; ``cause_element`` and ``expression`` are what failed, a gateway behind it for example.
    It failed ``times`` times between ``first_at`` and ``last_at``; None in old rows.
    """

    id: str
    case_id: str
    job_id: str | None
    task_id: str | None
    element_id: str
    handler: str
    message: str
    created_at: datetime
    status: IncidentStatus
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    kind: str = ""
    cause_element: str = ""
    expression: str = ""
    first_at: datetime | None = None
    last_at: datetime | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """One deployed version of a process; ``bundle_digest`` names the exact files."""

    process_key: str
    version: int
    name: str
    bundle_digest: str
    deployed_at: datetime
    deployed_by: str


@dataclass(frozen=True, slots=True)
class Blob:
    """A file by content. ``sha256`` is hex of the whole content."""

    sha256: str
    size: int
    media_type: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file; ``case_id`` is None until an act refers to it."""

    id: str
    case_id: str | None
    task_id: str | None
    sha256: str
    file_name: str
    media_type: str
    size: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """What every human step carries: the decision, the words, the paper behind it, and both dates.

    ``act_date`` is the day the act happened on paper; a day before the entry needs ``late_reason`` (补录).
    """

    decision: str = ""
    opinion: str = ""
    paper_number: str = ""
    act_date: date | None = None
    late_reason: str = ""
    attachments: tuple[str, ...] = ()  # ids of uploaded attachments
