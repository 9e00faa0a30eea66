"""Named places where a test can let the process die, to prove that nothing is lost and nothing done twice.

``ONESEAL_FAILPOINT=before_commit:3`` kills the process the third time it comes by. Unset, a point costs one dictionary look-up.
"""

import os
import signal
from collections import Counter

PLACES = {
    "case_locked": "the case is locked and read, nothing is done yet",
    "number_given": "a numbering rule has counted",
    "case_added": "a new case has its row and nothing else",
    "step_run": "the engine has answered, nothing is written",
    "step_opened": "tasks, jobs and waits are written, not the state",
    "event_half": "an event is written without its payload",
    "step_sealed": "the event is sealed, the state still the old one",
    "step_saved": "the state is written, the transaction is open",
    "task_claimed": "a claim is written, its event not",
    "key_remembered": "the answer to a repeated request is kept, the transaction is open",
    "tx_ready": "all of a transaction is written, before the commit",
    "tx_committed": "after the commit, before anybody is told",
    "jobs_added": "jobs are written",
    "jobs_leased": "jobs are leased to a worker that has not got them yet",
    "after_claim": "a worker has its jobs",
    "after_handler": "a handler is done, its result is nowhere",
    "job_effects": "a handler's effects are written, its step is not taken",
    "before_commit": "a worker has done everything, before the commit",
    "after_commit": "after the commit of a worker",
    "incident_half": "an incident is written, its job still tries",
    "message_sent": "the sender's history tells of a message, nobody is to get it",
    "message_taken": "a message has moved its case, its delivery is still to be done",
    "timer_taken": "a timer has moved its case, its job is still to be done",
    "file_half": "the content of a file is written, nothing points to it",
    "bundle_half": "the files of a deployment are written, no version of the process",
    "job_finished": "a job is marked as done, before the commit",
    "notice_added": "somebody is told, before the commit",
    "import_half": "the rows of one sheet of an import are written, not those of the next",
    "tidied_half": "what is too old is deleted, the history does not tell of it",
    "backup_half": "a table is in the backup's file, not the next",
    "schema_half": "one migration of the schema is done, not the next",
}
_seen: Counter[str] = Counter()


def point(name: str) -> None:
    """Die here when the environment says so, without cleaning up, as a power cut would. ValueError for a place that is none."""
    wanted = os.environ.get("ONESEAL_FAILPOINT")
    if not wanted:
        return
    at, _, times = wanted.partition(":")
    if at not in PLACES:
        raise ValueError(f"ONESEAL_FAILPOINT={wanted}: no such place; there are {', '.join(PLACES)}")
    if at == name:
        _seen[name] += 1
        if _seen[name] >= int(times or 1):
            os.kill(os.getpid(), signal.SIGKILL)
