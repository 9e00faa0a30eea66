"""Literal expressions, and decisions that require others: those come first, each once."""

from typing import Any

import pytest

from service.engine import dmn
from tests.engine.dmn.tables import AT, decide, decision, file, literal, problems_of, read, table

AGE = '<inputData id="in_age" name="Applicant Age"><variable name="Applicant Age" typeRef="number" /></inputData>'


def run(found: dict[str, dmn.Decision], id: str, **variables: Any) -> Any:
    return dmn.evaluate(found[id], variables, at=AT).value


def test_a_literal_expression_reads_the_variables_of_the_case() -> None:
    assert decide(literal('if days > 5 then "慢" else "快"'), days=7).value == "慢"
    assert decide(literal("1 + 1")).matched == ()


def test_required_decisions_are_computed_first_and_seen_by_name() -> None:
    found = read(
        decision("total", literal("base + extra"), needs=["base", "extra"]),
        decision("base", literal("x * 2")),
        decision(
            "extra", table("FIRST", [(["> 5"], ["10"]), (["-"], ["0"])], inputs=None or ()), needs=["base"]
        ).replace("<text>x</text>", "<text>base</text>"),
    )
    assert run(found, "total", x=3) == 16
    assert run(found, "total", x=1) == 2
    assert run(found, "base", x=1) == 2
    assert [need.id for need in found["total"].needs] == ["base", "extra"]


def test_a_long_chain_of_decisions_is_computed_without_going_deep() -> None:
    parts = [decision("d0", literal("1"))]
    parts += [decision(f"d{n}", literal(f"d{n - 1} + 1"), needs=[f"d{n - 1}"]) for n in range(1, 190)]
    assert run(read(*parts), "d189") == 190


def test_a_computed_result_stands_over_a_variable_of_the_same_name() -> None:
    found = read(decision("top", literal("base"), needs=["base"]), decision("base", literal("1")))
    assert run(found, "top", base=99) == 1


def test_names_with_blanks_are_known() -> None:
    found = read(AGE, decision("verdict", literal("Applicant Age >= 18"), needs=["in_age"]))
    assert run(found, "verdict", **{"Applicant Age": 20}) is True


def test_input_data_must_be_there_and_of_its_type() -> None:
    found = read(AGE, decision("verdict", literal("1"), needs=["in_age"]))
    with pytest.raises(dmn.DmnError, match="决策“verdict”（verdict）没有结果：没有输入数据“Applicant Age”。"):
        run(found, "verdict")
    with pytest.raises(dmn.DmnError, match='输入“Applicant Age”的值“"二十"”不是“number”类型'):
        run(found, "verdict", **{"Applicant Age": "二十"})
    assert run(found, "verdict", **{"Applicant Age": None}) == 1


def test_an_error_names_the_required_decision_that_failed() -> None:
    found = read(decision("top", literal("base"), needs=["base"]), decision("base", literal("1 / 0")))
    with pytest.raises(dmn.DmnError, match="决策“base”（base）没有结果"):
        run(found, "top")


def test_today_is_the_moment_of_the_step() -> None:
    assert decide(literal("string(today())")).value == "2026-11-23"


def test_the_input_of_a_cell_is_known_in_that_cell_only() -> None:
    everything = table("COLLECT", [(["1"], ["1"]), (["2"], ["2"])])
    found = read(decision("top", literal("?"), needs=["base"]), decision("base", everything))
    with pytest.raises(dmn.DmnError, match="没有名为“\\?”的变量"):
        run(found, "top", x=1)
    with pytest.raises(dmn.DmnError, match="第1条规则（r1）的输出“out”无法计算"):
        decide(table("FIRST", [(["1"], ["?"])]), x=1)


def messages(*parts: str) -> list[str]:
    return [problem.message for problem in problems_of(file(*parts))]


def test_a_circle_of_decisions_is_refused() -> None:
    parts = [decision(a, literal(b), needs=[b]) for a, b in ("ab", "bc", "ca")]
    assert messages(*parts) == [f"决策“{name}”直接或间接地需要自己的结果。" for name in "abc"]
    assert messages(decision("a", literal("1"), needs=["a"])) == ["决策“a”直接或间接地需要自己的结果。"]


def test_a_requirement_of_nothing_is_refused() -> None:
    assert messages(decision("a", literal("1"), needs=["b"])) == ["引用“#b”在本文件中找不到。"]
    assert messages(decision("a", literal("1"), needs=["in_b"])) == ["引用“#in_b”在本文件中找不到。"]


def test_a_result_that_is_read_but_not_required_is_refused() -> None:
    parts = (decision("a", literal("b + 1")), decision("b", literal("1")))
    assert messages(*parts) == ["用到了决策“b”的结果，却没有画出对它的信息需求。"]


def test_two_things_of_one_name_are_refused() -> None:
    assert "名称“Applicant Age”被多个输入数据或决策使用，无法区分。" in messages(AGE, AGE.replace("in_age", "in_other"))
