"""A business rule task: the decision over the variables of the case, its result in a variable, its rules in the history."""

from decimal import Decimal
from typing import Any

import pytest

from service.engine.model import Bundle, EngineError, Problem
from tests.engine.case import Case
from tests.engine.diagram import deploy, diagram, end, node, path, problems_of, process, start, user
from tests.engine.dmn.tables import decision, file, input_of, literal, output_of, table

LEVEL = decision(
    "level",
    table(
        "UNIQUE",
        [(["< 5"], ['"快"', "0.10"]), ([">= 5"], ['"慢"', "days * 2"])],
        inputs=[input_of("days", "number")],
        outputs=[output_of("name"), output_of("weight")],
    ),
)


def drawn() -> bytes:
    judge = node("businessRuleTask", "judge", camunda__decisionRef="level", camunda__resultVariable="verdict")
    return diagram(process("main", start(), judge, user("a"), end(), path("start", "judge", "a", "end")))


def bundle(*decisions: str) -> Bundle:
    return deploy({"main.bpmn": drawn(), "level.dmn": file(*decisions)})


def problems(dmn: bytes, **files: bytes) -> tuple[Problem, ...]:
    return problems_of({"main.bpmn": drawn(), "level.dmn": dmn, **files})


def test_it_puts_the_result_into_the_variable_named() -> None:
    case = Case(bundle(LEVEL), days=7)
    assert case.wait("a").data["verdict"] == {"name": "慢", "weight": 14}
    assert Case(bundle(LEVEL), days=3).wait("a").data["verdict"] == {"name": "快", "weight": Decimal("0.10")}


def test_it_tells_which_rules_held() -> None:
    passed = next(t for t in Case(bundle(LEVEL), days=7).trail if t.element == "judge")
    assert passed.detail["decision"] == "level"
    assert passed.detail["matched"] == ["r2"]


@pytest.mark.parametrize("days", ["七", True, [1, 2], {"a": 1}])
def test_it_fails_on_an_input_of_the_wrong_type_naming_the_decision(days: Any) -> None:
    with pytest.raises(EngineError) as refusal:
        Case(bundle(LEVEL), days=days)
    error = refusal.value
    assert (error.code, error.element, error.expression) == ("expression", "judge", "level")
    assert error.message.startswith("决策“level”（level）没有结果：输入“days”的值“")


def test_it_fails_on_an_input_a_rule_cannot_judge_naming_the_rule() -> None:
    untyped = LEVEL.replace(' typeRef="number"', "")
    with pytest.raises(EngineError, match='第1条规则（r1）不能判断输入“days”的值“"七"”'):
        Case(bundle(untyped), days="七")


def test_it_fails_when_a_variable_is_missing() -> None:
    with pytest.raises(EngineError, match="没有名为“days”的变量"):
        Case(bundle(LEVEL))


def test_it_fails_when_two_unique_rules_hold() -> None:
    overlapping = LEVEL.replace("&gt;= 5", "&gt;= 3")
    with pytest.raises(EngineError, match="第1条规则（r1）、第2条规则（r2）"):
        Case(bundle(overlapping), days=4)


def test_a_file_with_problems_is_refused_with_each_of_them_and_no_other() -> None:
    found = problems(file(LEVEL.replace("days * 2", "days *"), decision("other", literal("1 +"))))
    assert [(p.rule, p.file, p.element) for p in found] == [("dmn", "level.dmn", "r2"), ("dmn", "level.dmn", "other")]


def test_a_decision_of_two_files_is_refused() -> None:
    found = problems(file(LEVEL), **{"same.dmn": file(LEVEL)})
    assert [(p.file, p.message) for p in found] == [("same.dmn", "决策编号“level”在另一个文件中已经使用。")]
