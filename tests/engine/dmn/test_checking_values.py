"""Values on their way into a decision and out of it: types, allowed values, and errors that name decision and rule."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.engine import dmn
from tests.engine.dmn.tables import (
    AT,
    decide,
    decision,
    file,
    input_of,
    literal,
    output_of,
    problems_of,
    read,
    refusal,
    table,
)

LEVEL = '<itemDefinition name="level"><typeRef>string</typeRef><allowedValues><text>"高", "低"</text></allowedValues></itemDefinition>'
PERSON = (
    '<itemDefinition name="person"><itemComponent name="full name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="age"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues></itemComponent></itemDefinition>'
)
PEOPLE = '<itemDefinition name="people" isCollection="true"><typeRef>person</typeRef></itemDefinition>'


@pytest.mark.parametrize(
    ("type", "good", "bad"),
    [
        ("string", "a", 1), ("number", 1, "1"), ("boolean", True, "true"), ("date", date(2022, 8, 1), "2022-08-01"), ("integer", 2, 2.5),
        ("long", 2, "2"), ("double", 2.5, "2.5"), ("feel:string", "a", 1), ("Any", 1, None), ("context", {"a": 1}, [1, 2]), ("list", [1], None),
    ],
)  # fmt: skip
def test_an_input_must_be_of_its_type_or_null(type: str, good: Any, bad: Any) -> None:
    logic = table("FIRST", [(["-"], ["1"])], inputs=[input_of("x", type)])
    assert decide(logic, x=good).value == 1
    assert decide(logic, x=None).value == 1
    if bad is not None:
        assert refusal_of_input(logic, x=bad).endswith(f"不是“{type.removeprefix('feel:')}”类型。")


def refusal_of_input(logic: str, **variables: Any) -> str:
    with pytest.raises(dmn.DmnError) as caught:
        decide(logic, **variables)
    return str(caught.value)


def test_an_input_that_does_not_fit_its_cell_names_decision_rule_and_input() -> None:
    logic = table("FIRST", [(["1"], ["1"]), (["< 5"], ["2"])])
    assert refusal_of_input(logic, x="甲") == (
        '决策“verdict”（verdict）没有结果：第1条规则（r1）不能判断输入“x”的值“"甲"”：表达式“1”第1列有误：文本与数字不能作“=”运算。'
    )


def test_an_input_that_cannot_be_computed_names_the_input() -> None:
    logic = table("FIRST", [(["-"], ["1"])], inputs=[input_of("item.days + 1")])
    assert refusal_of_input(logic, item={}) == (
        "决策“verdict”（verdict）没有结果：输入“item.days + 1”无法计算：表达式“item.days + 1”第5列有误：上下文中没有“days”这一项。"
    )


def test_an_output_that_cannot_be_computed_names_the_rule() -> None:
    logic = table("FIRST", [(["1"], ["1"]), (["-"], ["x / 0"])])
    assert decide(logic, x=1).value == 1
    assert "第2条规则（r2）的输出“out”无法计算" in refusal(logic, x=2)


def test_an_input_must_be_an_allowed_value() -> None:
    logic = table("FIRST", [(["-"], ["1"])], inputs=[input_of("x", "string", '"高", "低"')])
    assert decide(logic, x="低").value == 1
    assert refusal_of_input(logic, x="中") == "decision".replace(
        "decision", '决策“verdict”（verdict）没有结果：输入“x”的值“"中"”不在允许值（"高", "低"）之内。'
    )
    assert "不在允许值" in refusal_of_input(logic, x=None)
    assert "不是“string”类型" in refusal_of_input(logic, x=1)


def test_an_output_must_be_an_allowed_value_of_its_type() -> None:
    outputs = [output_of("out", "string", '"高", "低"', default='"中"')]
    logic = table("FIRST", [(["1"], ['"高"']), (["2"], ['"中"']), (["3"], ["3"])], outputs=outputs)
    assert decide(logic, x=1).value == "高"
    assert '第2条规则（r2）的输出“out”的值“"中"”不在允许值（"高", "低"）之内。' in refusal(logic, x=2)
    assert "第3条规则（r3）的输出“out”的值“3”不是“string”类型。" in refusal(logic, x=3)
    assert '默认输出的输出“out”的值“"中"”不在允许值' in refusal(logic, x=4)


def test_a_type_of_the_file_is_checked_with_its_parts_and_allowed_values() -> None:
    logic = table("FIRST", [(["-"], ["x[1].age"])], inputs=[input_of("x", "people")])

    def judged(**person: Any) -> Any:
        return decide(logic, LEVEL, PERSON, PEOPLE, x=[person]).value

    assert judged(**{"full name": "甲", "age": 20}) == 20
    for bad in (
        {"full name": "甲", "age": 151},
        {"full name": 1, "age": 20},
        {"age": 20},
        {"full name": "甲", "age": "20"},
    ):
        with pytest.raises(dmn.DmnError, match="不是“people”类型"):
            judged(**bad)


def test_a_type_with_allowed_values_gives_the_order_of_priority() -> None:
    logic = table("PRIORITY", [(["-"], ['"低"']), (["-"], ['"高"'])], outputs=[output_of("out", "level")])
    assert decide(logic, LEVEL, x=1).value == "高"


def test_a_result_must_be_of_the_type_of_the_decision() -> None:
    found = read(LEVEL, decision("verdict", literal("x"), type="level"))["verdict"]
    assert dmn.evaluate(found, {"x": "高"}, at=AT).value == "高"
    with pytest.raises(dmn.DmnError, match='结果“"中"”不是“level”类型'):
        dmn.evaluate(found, {"x": "中"}, at=AT)
    assert dmn.evaluate(found, {"x": "中"}, at=AT, strict=False).value is None


def test_a_list_of_one_stands_for_its_member_and_the_other_way_round() -> None:
    single = table("FIRST", [(["> 1"], ['"yes"'])], inputs=[input_of("x", "number")])
    many = table("FIRST", [(["count(?) = 1"], ['"yes"'])], inputs=[input_of("x", "list")])
    assert decide(single, x=[2]).value == "yes"
    assert decide(many, x=2).value == "yes"


def test_it_gives_values_that_share_nothing_with_the_variables() -> None:
    given = {"x": {"a": [1]}}
    found = dmn.evaluate(read(decision("verdict", literal("x")))["verdict"], given, at=AT).value
    found["a"].append(2)
    assert given == {"x": {"a": [1]}}


def test_it_refuses_a_result_that_cannot_be_a_variable() -> None:
    with pytest.raises(dmn.DmnError, match="结果中含有函数"):
        decide(literal("function(a) a"))


def test_it_computes_decimals_exactly() -> None:
    assert decide(literal("0.1 + 0.2")).value == Decimal("0.3")


def test_it_knows_types_of_the_file_by_name() -> None:
    assert decide(literal("x instance of person"), PERSON, x={"full name": "甲", "age": 1}).value is True
    assert decide(literal("x.full name"), PERSON, x={"full name": "甲"}).value == "甲"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([decision("verdict", literal("1"), type="nonsense")], "没有名为“nonsense”的类型。"),
        (['<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>', '<itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>'],
         "类型“a”直接或间接地包含自己。"),
    ],
)  # fmt: skip
def test_a_type_that_is_none_is_a_problem_of_the_file(parts: list[str], message: str) -> None:
    assert message in [problem.message for problem in problems_of(file(*parts))]


def test_fuel_is_shared_by_all_cells_of_a_decision() -> None:
    rules = [(["count(for i in 1..3000 return i) < 1"], ["1"])] * 30
    with pytest.raises(dmn.DmnError, match="计算量超过上限"):
        decide(table("FIRST", rules), x=1)
    with pytest.raises(dmn.DmnError, match="计算量超过上限"):
        decide(table("FIRST", rules), x=1, strict=False)
    assert decide(table("FIRST", rules[:5]), x=1).value is None
