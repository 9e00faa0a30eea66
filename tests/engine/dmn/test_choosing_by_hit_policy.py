"""What a table answers when no rule, one rule, or several rules hold."""

from decimal import Decimal
from typing import Any

import pytest

from tests.engine.dmn.tables import decide, decision, file, input_of, output_of, problems_of, refusal, table

# For x = 1 only the first rule holds, for 5 the first three, for 7 the second and the third, for 99 none.
RULES = [(["<= 5"], ['"a"']), (["[5..9]"], ['"b"']), (["5, 7"], ['"b"'])]
ORDER = output_of("out", allowed='"b", "a"')


def answers(policy: str, **more: Any) -> list[Any]:
    logic = table(policy, RULES, **more)
    return [decide(logic, x=x).value for x in (1, 5, 7, 99)]


def test_first_gives_the_first_rule_that_holds() -> None:
    assert answers("FIRST") == ["a", "a", "b", None]
    assert decide(table("FIRST", RULES), x=5).matched == ("r1",)


def test_unique_gives_the_only_rule_that_holds() -> None:
    logic = table("UNIQUE", RULES)
    assert decide(logic, x=1).value == "a"
    assert decide(logic, x=1).matched == ("r1",)
    assert decide(logic, x=99).value is None
    assert decide(logic, x=99).matched == ()


def test_unique_refuses_several_rules_even_when_they_agree() -> None:
    assert "命中策略为UNIQUE，却同时符合第2条规则（r2）、第3条规则（r3）。" in refusal(table("UNIQUE", RULES), x=7)


def test_unique_is_meant_when_no_policy_is_written() -> None:
    logic = table("UNIQUE", RULES).replace(' hitPolicy="UNIQUE"', "")
    assert decide(logic, x=1).value == "a"
    assert "UNIQUE" in refusal(logic, x=7)


def test_any_gives_what_all_rules_that_hold_agree_on() -> None:
    logic = table("ANY", RULES)
    assert (decide(logic, x=7).value, decide(logic, x=7).matched) == ("b", ("r2", "r3"))


def test_any_refuses_rules_that_disagree() -> None:
    assert "ANY" in refusal(table("ANY", RULES), x=5)
    assert "第1条规则（r1）" in refusal(table("ANY", RULES), x=5)


def test_any_does_not_take_true_for_one() -> None:
    assert "ANY" in refusal(table("ANY", [(["-"], ["1"]), (["-"], ["true"])]), x=5)


def test_priority_gives_the_value_named_first_in_the_allowed_values() -> None:
    assert answers("PRIORITY", outputs=[ORDER]) == ["a", "b", "b", None]


def test_priority_compares_the_outputs_from_left_to_right() -> None:
    outputs = [output_of("p", allowed='"高", "低"'), output_of("q", allowed="1, 2, 3")]
    rules = [(["-"], ['"低"', "1"]), (["-"], ['"高"', "3"]), (["-"], ['"高"', "2"])]
    assert decide(table("PRIORITY", rules, outputs=outputs), x=1).value == {"p": "高", "q": 2}
    ordered = decide(table("OUTPUT ORDER", rules, outputs=outputs), x=1).value
    assert [(row["p"], row["q"]) for row in ordered] == [("高", 2), ("高", 3), ("低", 1)]


def test_collect_and_rule_order_give_all_in_the_order_of_the_rules() -> None:
    assert answers("COLLECT") == [["a"], ["a", "b", "b"], ["b", "b"], []]
    assert answers("RULE ORDER") == [["a"], ["a", "b", "b"], ["b", "b"], []]


def test_output_order_gives_all_in_the_order_of_the_allowed_values() -> None:
    assert answers("OUTPUT ORDER", outputs=[ORDER]) == [["a"], ["b", "b", "a"], ["b", "b"], []]


NUMBERS = [(["<= 5"], ["0.1"]), (["[5..9]"], ["0.2"]), (["5, 7"], ["0.2"])]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("SUM", ["0.1", "0.5", "0.4", None]), ("MIN", ["0.1", "0.1", "0.2", None]), ("MAX", ["0.1", "0.2", "0.2", None]),
        ("COUNT", [1, 3, 2, 0]),
    ],
)  # fmt: skip
def test_collect_aggregates_exactly(aggregation: str, expected: list[Any]) -> None:
    found = [decide(table(f"COLLECT+{aggregation}", NUMBERS), x=x).value for x in (1, 5, 7, 99)]
    assert found == [None if one is None else Decimal(one) for one in expected]


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
def test_collect_refuses_to_aggregate_what_are_not_numbers(aggregation: str) -> None:
    rules = [(["-"], ["1"]), (["-"], ['"a"'])]
    assert f"不能作{aggregation}汇总" in refusal(table(f"COLLECT+{aggregation}", rules), x=1)


def test_several_outputs_give_a_context_for_each_rule() -> None:
    outputs = [output_of("class"), output_of("依据")]
    rules = [(["<= 5"], ['"E1"', '"甲"']), (["[5..9]"], ['"E2"', "string(x)"])]
    assert decide(table("FIRST", rules, outputs=outputs), x=5).value == {"class": "E1", "依据": "甲"}
    assert decide(table("COLLECT", rules, outputs=outputs), x=5).value == [
        {"class": "E1", "依据": "甲"},
        {"class": "E2", "依据": "5"},
    ]


def test_the_default_is_given_when_no_rule_holds() -> None:
    outputs = [output_of("out", default='"无"')]
    assert answers("FIRST", outputs=outputs) == ["a", "a", "b", "无"]
    assert decide(table("COLLECT", RULES, outputs=outputs), x=99).value == ["无"]
    two = [output_of("p", default="x + 1"), output_of("q")]
    assert decide(table("FIRST", [(["1"], ["1", "2"])], outputs=two), x=99).value == {"p": 100, "q": None}


def test_rules_look_at_all_inputs_and_empty_cells_take_anything() -> None:
    inputs = [input_of("x"), input_of("y")]
    logic = table("FIRST", [(["< 5", '"a"'], ["1"]), (["", "-"], ["2"])], inputs=inputs)
    assert [decide(logic, x=x, y=y).value for x, y in ((1, "a"), (1, "b"), (None, None))] == [1, 2, 2]


def test_an_empty_output_cell_is_null() -> None:
    assert decide(table("FIRST", [(["-"], [""])]), x=1).value is None
    assert decide(table("FIRST", [(["-"], [""])]), x=1).matched == ("r1",)


def test_a_table_without_inputs_holds_always() -> None:
    logic = table("FIRST", [([], ["1"])]).replace(input_of("x"), "")
    assert decide(logic).value == 1


@pytest.mark.parametrize(
    ("logic", "message"),
    [
        (table("FIRST COME", RULES), "命中策略“FIRST COME”不对，只能是：UNIQUE、FIRST、ANY、PRIORITY、COLLECT、RULE ORDER、OUTPUT ORDER。"),
        (table("FIRST+SUM", RULES), "汇总方式“SUM”不对：只能与COLLECT同用，为SUM、MIN、MAX或COUNT。"),
        (table("COLLECT+AVERAGE", RULES), "汇总方式“AVERAGE”不对：只能与COLLECT同用，为SUM、MIN、MAX或COUNT。"),
        (table("COLLECT+SUM", [(["-"], ["1", "2"])], outputs=[output_of("p"), output_of("q")]), "有多个输出列时不能汇总。"),
        (table("PRIORITY", RULES), "命中策略PRIORITY须在输出列写明允许值，其先后即优先次序。"),
        (table("OUTPUT ORDER", RULES), "命中策略OUTPUT ORDER须在输出列写明允许值，其先后即优先次序。"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_work_is_a_problem_of_the_file(logic: str, message: str) -> None:
    assert [problem.message for problem in problems_of(file(decision("verdict", logic)))] == [message]
