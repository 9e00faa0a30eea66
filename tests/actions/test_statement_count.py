"""How many statements a step costs. The number may fall; when it grows, somebody must say why and raise it here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.finish_job import FinishJob, finish_job
from service.actions.return_task import ReturnTask, return_task
from service.actions.take_jobs import TakeJobs, take_jobs
from service.actions.wake_timer import WakeTimer, wake_timer
from service.domain.cases import Act
from tests.actions.stage import Stage


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement any engine sends meanwhile; an insert of many rows is one."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def story(sent: list[str]) -> str:
    return "\n".join(f"{n:3} {statement[:150]}" for n, statement in enumerate(sent, start=1))


# PostgreSQL: one more to tell workers, one more (an advisory lock) to take a job.
MOST = {
    "claim": 12,
    "complete to a job": 19,
    "take": 5,
    "finish to a task": 21,
    "complete to a timer": 19,
    "wake": 10,
    "nothing to take": 1,
}


def test_no_step_sends_more_statements_than_agreed(stage: Stage) -> None:
    case = stage.start().case
    draft = stage.open_task(case.id).id
    costs: dict[str, list[str]] = {}

    @contextmanager
    def cost(name: str) -> Iterator[None]:
        with statements() as sent:
            yield
        costs[name] = list(sent)

    with cost("claim"), stage.frame("clerk") as frame:
        claim_task(frame, ClaimTask(draft))
    with cost("complete to a job"), stage.frame("clerk") as frame:
        complete_task(frame, CompleteTask(draft, {"batch_name": "x"}))
    with cost("take"), stage.frame("system") as frame:
        (taken,) = take_jobs(frame, TakeJobs("w"))
    with cost("finish to a task"), stage.frame("system") as frame:
        finish_job(frame, FinishJob(taken.job.id, taken.job.fence, {"checked": True}))
    review = stage.open_task(case.id).id
    stage.act("director", claim_task, ClaimTask(review))
    with cost("complete to a timer"), stage.frame("director") as frame:
        complete_task(frame, CompleteTask(review, {"decision": "agree"}))
    stage.later(timedelta(days=31))
    (timer,) = stage.act("system", take_jobs, TakeJobs("w"))
    with cost("wake"), stage.frame("system") as frame:
        wake_timer(frame, WakeTimer(timer.job.id, timer.job.fence))
    with cost("nothing to take"), stage.frame("system") as frame:
        assert take_jobs(frame, TakeJobs("w")) == ()
    over = [f"{name}: {len(sent)}\n{story(sent)}" for name, sent in costs.items() if len(sent) > MOST[name]]
    assert not over, "\n\n".join(over)
    assert set(costs) == set(MOST)


def test_a_case_with_many_acts_behind_it_costs_no_more(stage: Stage) -> None:
    """A step of the tenth round sends what the same step of the first round sent."""
    case = stage.start().case

    def round_trip() -> int:
        draft = stage.open_task(case.id).id
        stage.act("clerk", claim_task, ClaimTask(draft))
        with statements() as sent, stage.frame("clerk") as frame:
            complete_task(frame, CompleteTask(draft, {"batch_name": "x"}))
        stage.work()
        review = stage.open_task(case.id).id
        stage.act("director", claim_task, ClaimTask(review))
        act = Act(opinion="请补正")
        stage.act("director", return_task, ReturnTask(review, "draft", act))
        return len(sent)

    costs = [round_trip() for _ in range(10)]
    assert costs == costs[:1] * 10
