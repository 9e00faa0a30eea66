"""A case that has gone round ten thousand times costs what a young one costs: its state stays small, its steps stay quick.

The old case and a young one go round by turns, so that both meet the same machine.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.replay_case import replay_case
from service.actions.return_task import ReturnTask, return_task
from service.actions.verify_history import verify_history
from service.domain.cases import Act
from service.engine import run
from service.engine.model import Bundle, Command, Complete, FinishJob, Return, Start, Step, Wait, WakeTimer
from service.store.session import Database
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.databases import Folder
from tests.engine.case import AT
from tests.engine.diagram import (
    boundary,
    bundle,
    each,
    end,
    flow,
    parallel,
    path,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.long.conftest import Tell
from tests.long.lengths import LONG_SHARE, share

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
MOST = 1.5
SOME = share(100, LONG_SHARE, least=20)  # rounds of which the middle one is compared


def straight() -> Bundle:
    parts = (
        start(),
        user("draft"),
        service("check"),
        user("review"),
        end(),
        path("start", "draft", "check", "review", "end"),
    )
    return bundle(*parts)


def looped() -> Bundle:
    """Going back is a gateway's way, not 退回."""
    into, ask = xor("into"), xor("ask", "end")
    parts = (start(), into, user("draft"), service("check"), user("review"), ask, end(), flow("ask", "into", "= again"))
    return bundle(*parts, path("start", "into", "draft", "check", "review", "ask", "end"))


def forked() -> Bundle:
    """Branches, instances of a subprocess, and a reminder beside the main road in every round."""
    inside = sub(
        "departments", each("= [1, 2]", output="= opinion"), start("s"), user("sign"), end("e"), path("s", "sign", "e")
    )
    parts = (
        start(), user("draft"), parallel("fork"), user("a"), boundary("late", "a", timer(), interrupting=False), user("remind"),
        end("reminded"), inside, service("check"), parallel("join"), user("review"), end(),
        path("start", "draft", "fork", "a", "join", "review", "end"), path("fork", "departments", "join"), path("fork", "check", "join"),
        path("late", "remind", "reminded"),
    )  # fmt: skip
    return bundle(*parts)


@dataclass
class Worn:
    """A case of the engine that goes round and round; ``commands`` is its whole story."""

    bundle: Bundle
    back: Callable[[Wait], Command]
    commands: list[Command] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    step: Step | None = None
    rounds: int = 0

    def __post_init__(self) -> None:
        self._take(Start({"items": [{"item_id": str(n), "name": "事项"} for n in range(5)]}))

    def _take(self, command: Command) -> None:
        self.step = run.apply(self.bundle, self.step.state if self.step else None, command, at=AT)
        self.commands.append(command)
        self.digests.append(self.step.digest)

    def go_round(self) -> float:
        """One round; seconds of CPU a step."""
        self.rounds += 1
        begin, before = time.thread_time(), len(self.commands)
        while (wait := self._next()).element != "review":
            self._take(self._done(wait))
        self._take(self.back(wait))
        return (time.thread_time() - begin) / (len(self.commands) - before)

    def _next(self) -> Wait:
        assert self.step
        waits = run.waits(self.bundle, self.step.state)
        return next((w for w in waits if w.kind == "timer"), waits[0])

    def _done(self, wait: Wait) -> Command:
        if wait.kind == "timer":
            return WakeTimer(wait.number)
        data = {f"{wait.element}_round": self.rounds, "opinion": f"第{self.rounds}次"}
        return (FinishJob if wait.kind == "job" else Complete)(wait.number, data)

    @property
    def size(self) -> int:
        assert self.step
        return len(self.step.state)


def returned(wait: Wait) -> Command:
    return Return(wait.number, "draft", {"again": True})


def sent_back(wait: Wait) -> Command:
    return Complete(wait.number, {"again": True})


@pytest.mark.parametrize(
    ("made", "back", "rounds"),
    [(straight, returned, 10_000), (looped, sent_back, 10_000), (forked, returned, 3_000)],
    ids=["straight", "looped", "forked"],
)
def test_a_state_and_a_step_cost_no_more_after_many_rounds(
    made: Callable[[], Bundle], back: Callable[[Wait], Command], rounds: int, tell: Tell
) -> None:
    old = Worn(made(), back)
    sizes = []
    for _ in range(share(rounds, LONG_SHARE)):
        old.go_round()
        sizes.append(old.size)
    young = Worn(old.bundle, back)
    cpu = [(old.go_round(), young.go_round()) for _ in range(SOME)]
    now, then = median(o for o, _ in cpu), median(y for _, y in cpu)
    tell(
        f"{made.__name__}: {old.rounds} rounds, {len(old.commands)} steps; state {max(sizes[:SOME])} -> {max(sizes[-SOME:])} bytes; "
        f"CPU a step {then * 1000:.2f} -> {now * 1000:.2f} ms ({now / then:.2f})"
    )
    assert max(sizes[-SOME:]) <= MOST * max(sizes[:SOME])
    assert now <= MOST * then
    replays(old)


def replays(case: Worn) -> None:
    state = None
    for number, (command, digest) in enumerate(zip(case.commands, case.digests, strict=True)):
        step = run.apply(case.bundle, state, command, at=AT)
        state = step.state
        assert step.digest == digest, f"step {number}: {command}"
    assert case.step
    assert state == case.step.state


def go_round(stage: Stage, case_id: str) -> float:
    """Draft, check, review and 退回, as people and the machine do it; seconds of CPU."""
    begin = time.thread_time()
    stage.do("clerk", stage.open_task(case_id).id, {"batch_name": "第一批"})
    stage.work()
    review = stage.open_task(case_id).id
    stage.act("director", claim_task, ClaimTask(review))
    stage.act("director", return_task, ReturnTask(review, "draft", Act(opinion="请补正")))
    return time.thread_time() - begin


def test_an_act_costs_no_more_after_many_rounds(folder: Folder, tell: Tell) -> None:
    url = folder.fresh("stage", prepare)
    database = Database(url)
    stage = Stage(database)
    old = stage.start().case.id
    sizes = []
    for _ in range(share(1_000, LONG_SHARE)):
        go_round(stage, old)
        sizes.append(len(stage.case(old).state))
    young = stage.start().case.id
    cpu = [(go_round(stage, old), go_round(stage, young)) for _ in range(SOME)]
    now, then = median(o for o, _ in cpu), median(y for _, y in cpu)
    tell(
        f"actions: {len(sizes) + SOME} rounds; state {max(sizes[:SOME])} -> {max(sizes[-SOME:])} bytes; "
        f"CPU a round {then * 1000:.1f} -> {now * 1000:.1f} ms ({now / then:.2f})"
    )
    with database.read() as tx:
        replayed = replay_case(tx, old, bundles=stage.bundles)
        assert replayed.same, replayed
        assert verify_history(tx).breaks == ()
    database.close()
    folder.drop(url)
    assert max(sizes[-SOME:]) <= MOST * max(sizes[:SOME])
    assert now <= MOST * then


def test_an_act_costs_no_more_in_a_full_register(folder: Folder, tell: Tell) -> None:
    """Thousands of other cases with open tasks, timers and reminders, on the database that plans without statistics."""
    urls = [folder.fresh("stage", prepare) for _ in range(2)]
    full, empty = (Stage(Database(url)) for url in urls)
    others = share(3_000, LONG_SHARE, least=200)
    for number in range(others):
        case_id = full.start().case.id
        full.do("clerk", full.open_task(case_id).id, {"batch_name": "第一批"})
        full.work()
        if number % 2:
            full.do("director", full.open_task(case_id).id, {"decision": "agree"})
    one, other = full.start().case.id, empty.start().case.id
    cpu = [(go_round(full, one), go_round(empty, other)) for _ in range(SOME)]
    now, then = median(f for f, _ in cpu), median(e for _, e in cpu)
    tell(f"register: {others} other cases; CPU a round {then * 1000:.1f} -> {now * 1000:.1f} ms ({now / then:.2f})")
    for stage in (full, empty):
        stage.database.close()
    for url in urls:
        folder.drop(url)
    assert now <= 1.2 * then, "a statement looks at other cases' rows: see its plan on SQLite"
