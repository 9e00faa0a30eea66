"""How many statements a page costs: no more than agreed, and no more when much lies behind the case."""

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.return_task import ReturnTask, return_task
from service.domain.cases import Act
from tests.actions.stage import Stage
from tests.actions.test_statement_count import statements, story
from tests.pages.visitor import Visit

MOST = {"task": 18, "case": 37, "tasks": 12, "cases": 14, "ledger": 13, "notifications": 12}


def test_a_long_case_costs_what_a_short_one_does(visit: Visit, stage: Stage) -> None:
    case = stage.start().case.id
    costs: dict[str, list[int]] = {}

    def look(name: str, path: str) -> None:
        visit.of("director").open(path)  # the session's idle limit may be pushed on here
        with statements() as sent:
            page = visit.of("director").open(path)
        assert page.status == 200
        assert len(sent) <= MOST[name], f"{name}: {len(sent)}\n{story(sent)}"
        costs.setdefault(name, []).append(len(sent))

    for _ in range(8):
        stage.do("clerk", stage.open_task(case).id, {"batch_name": "x"})
        stage.work()
        task = stage.open_task(case).id
        stage.act("director", claim_task, ClaimTask(task))
        look("task", f"/tasks/{task}")
        look("case", f"/cases/{case}")
        look("tasks", "/tasks?view=done")
        look("cases", "/cases")
        stage.act("director", return_task, ReturnTask(task, "draft", Act(opinion="请补正")))
    assert {name: len(set(found)) for name, found in costs.items()} == dict.fromkeys(costs, 1), costs


def test_registers_and_notices_cost_little(visit: Visit) -> None:
    for name in ("ledger", "notifications"):
        visit.of("director").open(f"/{name}")
        with statements() as sent:
            visit.of("director").open(f"/{name}")
        assert len(sent) <= MOST[name], f"{name}: {len(sent)}\n{story(sent)}"
