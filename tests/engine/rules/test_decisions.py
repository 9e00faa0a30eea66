"""Rule ``decisions``: a business rule task names a decision of the deployment, and a proper variable for its result."""

import pytest

from tests.engine.diagram import diagram, end, node, path, problems_of, process, start
from tests.engine.dmn.tables import decision, file, literal

DECISIONS = file(decision("eligibility", literal('"E1"')))


def texts(**attributes: str) -> list[tuple[str, str]]:
    judge = node("businessRuleTask", "judge", **attributes)
    drawn = diagram(process("main", start(), judge, end(), path("start", "judge", "end")))
    found = problems_of({"main.bpmn": drawn, "eligibility.dmn": DECISIONS})
    assert {p.rule for p in found} <= {"decisions"}
    return [(p.element, p.message) for p in found]


def test_it_accepts_a_decision_of_the_deployment() -> None:
    assert texts(camunda__decisionRef="eligibility", camunda__resultVariable="verdict") == []


def test_it_refuses_a_decision_that_is_not_there() -> None:
    found = texts(camunda__decisionRef="eligible", camunda__resultVariable="verdict")
    assert found == [("judge", "流程包里没有编号为“eligible”的决策。")]


@pytest.mark.parametrize("variable", ["", "a b", "__class__", "1st", "结 果"])
def test_it_refuses_a_result_without_a_proper_variable(variable: str) -> None:
    found = texts(camunda__decisionRef="eligibility", camunda__resultVariable=variable)
    assert found == [("judge", f"决策结果变量“{variable}”不是合法的变量名。")]


def test_it_tells_both_at_once() -> None:
    assert len(texts()) == 2
