"""A worker: claim in transaction one, handle with none open, finish in transaction two.

Any number of workers may run on one PostgreSQL; on SQLite one runs inside the service. A worker that dies leaves a lease behind;
when it ends another takes over with a higher fence, so a job's effects are stored exactly once.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from handlers.contract import Context, Handler, Output, TryLater

from service.actions.deliver_message import DeliverMessage, deliver_message
from service.actions.fail_job import FailJob, fail_job
from service.actions.finish_job import FinishJob, finish_job
from service.actions.frame import Frame
from service.actions.renew_lease import RenewLease, renew_lease
from service.actions.send_reminder import SendReminder, send_reminder
from service.actions.take_jobs import TakeJobs, TakenJob, gather_facts, step_name, take_jobs
from service.actions.tidy_up import tidy_up
from service.actions.wake_timer import WakeTimer, wake_timer
from service.domain.cases import Job, JobKind
from service.domain.errors import Conflict, OneSealError, StepFailed, in_short, way_to
from service.domain.keeping import Retention
from service.domain.texts import say
from service.store.failpoints import point
from service.store.listening import Listener
from service.store.session import Database, Transaction

POLL_SECONDS = 1.0
TIDY_SECONDS = 3600.0

log = structlog.get_logger("worker")
MakeFrame = Callable[[Transaction], Frame]

_MACHINE: Mapping[JobKind, tuple[Callable[..., Any], Callable[..., Any]]] = {
    JobKind.TIMER: (wake_timer, WakeTimer),
    JobKind.DELIVER: (deliver_message, DeliverMessage),
    JobKind.REMIND: (send_reminder, SendReminder),
}


class Worker:
    """One worker. ``frame(tx)`` makes the surroundings of a transaction; ``stop()`` lets it finish what it is doing.

    ``poll`` seconds at most pass before a timer that became due is seen; other work is told at once.
    """

    def __init__(
        self, database: Database, frame: MakeFrame, handlers: Mapping[str, Handler], *, name: str = "",
        poll: float = POLL_SECONDS, keep: Retention | None = None,
    ) -> None:  # fmt: skip
        self._database, self._frame, self._handlers = database, frame, handlers
        self._name = name or f"worker-{os.getpid()}-{threading.get_ident()}"
        self._poll, self._keep_for = poll, keep
        self._stopping = threading.Event()
        self.idle = False  # it found nothing to do and waits to be told
        self._listener: Listener | None = None
        self._tidy_at = time.monotonic() + TIDY_SECONDS

    def run(self) -> None:
        """Until ``stop``: do what is due, then wait to be told, with slow polling as the net."""
        with self._database.listening() as self._listener:
            while not self._stopping.is_set():
                self.idle = not self._careful_turn()
                if self.idle:
                    self._tidy()
                    self._listener.wait(self._poll)

    def stop(self) -> None:
        self._stopping.set()
        listener = self._listener
        if listener:
            listener.ring()

    def turn(self) -> int:
        """Do one due job; answers how many were taken (0 or 1)."""
        with self._database.begin() as tx:
            taken = take_jobs(self._frame(tx), TakeJobs(self._name))
        for job in taken:
            point("after_claim")
            self._work(job)
        return len(taken)

    def _careful_turn(self) -> int:
        """A lost database must not end the worker: say so, wait a little, try again."""
        try:
            return self.turn()
        except Exception:
            log.exception("turn failed", worker=self._name)
            self._stopping.wait(self._poll)
            return 0

    def _tidy(self) -> None:
        """Once an hour, when there is nothing better to do."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_SECONDS
        try:
            with self._database.begin() as tx:
                tidy_up(self._frame(tx), self._keep_for)
        except Exception:
            log.exception("not tidied", worker=self._name)

    def _work(self, taken: TakenJob) -> None:
        try:
            self._do(taken)
        except Conflict:
            log.info("another was first", job=taken.job.id)
        except StepFailed as error:
            element, expression = (str(error.values.get(name, "")) for name in ("element", "expression"))
            self._fail(taken.job, str(error), element=element, expression=expression)
        except (TryLater, OneSealError) as error:
            self._fail(taken.job, str(error))
        except Exception as error:
            log.error(
                "job failed", job=taken.job.id, handler=taken.job.handler, error=in_short(error), at=way_to(error)
            )
            self._fail(taken.job, in_short(error))

    def _do(self, taken: TakenJob) -> None:
        job = taken.job
        if job.attempts > job.max_attempts:
            # Its last try never came back: a job that kills its workers must not go on doing so.
            self._fail(job, say("worker.lost", tries=job.max_attempts), final=True)
        elif job.kind in _MACHINE:
            verb, order = _MACHINE[job.kind]
            self._in_transaction(verb, order(job.id, job.fence))
        elif taken.missing:
            self._fail(job, say("worker.unknown_handler", handler=taken.missing), final=True)
        else:
            output = self._handle(taken)
            point("after_handler")
            finish = FinishJob(job.id, job.fence, output.data, output.effects, output.error)
            self._in_transaction(finish_job, finish)

    def _handle(self, taken: TakenJob) -> Output:
        """Run the handler with no transaction open, its lease kept alive meanwhile."""
        job, handler = taken.job, self._handlers[taken.job.handler]
        with self._database.read() as tx:
            frame = self._frame(tx)
            facts, name = gather_facts(frame, taken), step_name(frame, taken)
        context = Context(taken.case.id, job.element_id, key=job.id, now=frame.now, facts=facts, say=say, name=name)
        done = threading.Event()
        lease = timedelta(seconds=handler.lease_seconds)
        keeper = threading.Thread(target=self._keep, args=(job, lease, done), daemon=True)
        keeper.start()
        try:
            return handler.handle(taken.input, context)
        except SystemExit as error:
            raise TryLater(say("worker.wanted_to_exit", handler=job.handler)) from error
        finally:
            done.set()
            keeper.join()

    def _keep(self, job: Job, lease: timedelta, done: threading.Event) -> None:
        """Renew the lease until ``done``, or until another worker has the job."""
        order = RenewLease(job.id, self._name, job.fence, lease)
        while not done.wait(lease.total_seconds() / 3):
            try:
                with self._database.begin() as tx:
                    kept = renew_lease(self._frame(tx), order)
            except Exception:
                log.exception("lease not renewed", job=job.id)
                continue
            if not kept:
                return

    def _fail(self, job: Job, error: str, *, final: bool = False, element: str = "", expression: str = "") -> None:
        failed = self._in_transaction(fail_job, FailJob(job.id, job.fence, error, final, element, expression))
        log.warning(
            "try failed", job=job.id, handler=job.handler, error=error, status=failed.status if failed else "lost"
        )

    def _in_transaction(self, verb: Callable[[Frame, Any], Any], order: object) -> Any:
        with self._database.begin() as tx:
            result = verb(self._frame(tx), order)
            point("before_commit")
        point("after_commit")
        return result
