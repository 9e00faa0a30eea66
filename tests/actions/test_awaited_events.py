"""Events a diagram waits for, through the store: timers, messages and signals of gateways, event subprocesses and cycles."""

from datetime import timedelta

from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.actions.deploy import Deploy, deploy
from service.actions.start_case import StartCase, start_case
from service.domain.cases import CaseStatus
from service.store import tasks
from tests.actions.stage import Stage
from tests.engine.diagram import (
    FORM,
    boundary,
    catch,
    diagram,
    end,
    event_sub,
    message,
    node,
    parallel,
    path,
    process,
    signal,
    start,
    throw,
    timer,
    user,
)

STARTERS = {"camunda__candidateStarterGroups": "center_clerk@center"}
SENT = {"oneseal__correlationKey": '= "k"', "oneseal__senders": "initiator"}
GATE = (
    start(), node("eventBasedGateway", "gate"), catch("news", message(), **SENT), catch("soon", timer("PT1H")),
    catch("late", timer("PT2H")), user("heard"), user("first"), user("second"), end(),
    path("start", "gate", "news", "heard", "end"), path("gate", "soon", "first", "end"),
    path("gate", "late", "second", "end"),
)  # fmt: skip


def begun(stage: Stage, *parts: str, id: str = "tried") -> str:
    made = diagram(process(id, *parts, **STARTERS))
    stage.act("sysadmin", deploy, Deploy({f"{id}.bpmn": made, "form.form": FORM}))
    return stage.act("clerk", start_case, StartCase(id, {}, township_id="huotian")).case.id


def open_at(stage: Stage, case_id: str) -> list[str]:
    with stage.database.read() as tx:
        return sorted(t.element_id for t in tasks.tasks_of_case(tx, case_id, open_only=True))


def test_a_gateway_takes_the_timer_that_is_due_first(stage: Stage) -> None:
    case_id = begun(stage, *GATE)
    stage.later(timedelta(minutes=59))
    assert (stage.work(), open_at(stage, case_id)) == (0, [])
    stage.later(timedelta(minutes=1))
    assert (stage.work(), open_at(stage, case_id)) == (1, ["first"])
    stage.later(timedelta(hours=9))
    assert (stage.work(), open_at(stage, case_id)) == (0, ["first"])


def test_a_message_and_a_timer_of_one_moment_move_the_case_once(stage: Stage) -> None:
    case_id = begun(stage, *GATE)
    stage.later(timedelta(hours=3))
    assert stage.act("clerk", correlate_message, CorrelateMessage("news", "k", {}))
    stage.work()
    assert len(open_at(stage, case_id)) == 1
    assert stage.case(case_id).status is CaseStatus.ACTIVE


def test_a_cycle_fires_each_round_once_and_makes_up_for_none(stage: Stage) -> None:
    edge = boundary("edge", "x", timer("R3/PT10M", "timeCycle"), interrupting=False)
    case_id = begun(
        stage, start(), user("x"), edge, user("told"), end(), path("start", "x", "end"), path("edge", "told", "end")
    )
    stage.later(timedelta(hours=5))
    assert stage.work() == 1, "the rounds missed are not made up for"
    for rounds in (2, 3):
        stage.later(timedelta(minutes=10))
        assert stage.work() == 1
        assert open_at(stage, case_id) == ["told"] * rounds + ["x"]
    stage.later(timedelta(days=9))
    assert stage.work() == 0


def test_a_signal_reaches_event_subprocesses_of_other_cases_and_its_own(stage: Stage) -> None:
    other = begun(
        stage, start(), user("x"), end(), path("start", "x", "end"), event_sub("handler", signal()), id="other"
    )
    own = begun(
        stage, start(), throw("tell", signal()), user("a"), end(), path("start", "tell", "a", "end"),
        event_sub("beside", signal(), interrupting=False), id="own",
    )  # fmt: skip
    stage.work()
    assert open_at(stage, other) == ["handler_task"]
    assert open_at(stage, own) == ["a", "beside_task"]


def test_a_message_reaches_every_place_of_a_case_that_waits_for_it(stage: Stage) -> None:
    case_id = begun(
        stage, start(), parallel("fork"), catch("one", message(), **SENT), catch("two", message(), **SENT), user("a"),
        user("b"), end(), path("start", "fork", "one", "a", "end"), path("fork", "two", "b", "end"),
    )  # fmt: skip
    assert len(stage.act("clerk", correlate_message, CorrelateMessage("news", "k", {}))) == 2
    stage.work()
    assert open_at(stage, case_id) == ["a", "b"]
