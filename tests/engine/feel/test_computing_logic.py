"""Conditions: three-valued logic, comparison, choice, and names in any script."""

import pytest

from service.engine import feel
from tests.engine.feel.computing import refusal, value

TRUE = [
    "true and true and not(false)",
    "true or nothing_at_all",
    "false and nothing_at_all = 1 or true",
    "yes = true and n != 6",
    "nothing = null and n != null and not(nothing = 0)",
    "n > 4 and n >= 5 and n < 6 and n <= 5",
    "if n > 3 then true else false",
    "(if n > 9 then \"大\" else if n > 3 then \"中\" else \"小\") = \"中\"",
    "name = \"火田镇\" and name in (\"火田镇\", \"莆美镇\")",
    "事项.名称 = \"林木采伐\" and 事项.时限 > 10",
    "Applicant Age >= 18",
    "Applicant   Age + 1 = 21",
    "a-b = 40 and a-b + 2 = 42",
    "[1, [2, {a: null}]] = [1, [2, {a: null}]] and {a: 1, b: 2} = {b: 2, a: 1} and {a: 1} != {a: 2}",
    "(1 < 2) = true",
    "// a comment\n n = 5 /* another */",
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_it_holds(source: str) -> None:
    assert value(source) is True


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true and null", None), ("false and null", False), ("true or null", True), ("false or null", None),
        ("null and null", None), ("1 and true", None), ("1 and false", False), ("not(null)", None), ("not(1)", None),
        ("1 = \"1\"", None), ("1 < \"1\"", None), ("null < 1", None), ("1 != \"1\"", None), ("missing", None),
        ("missing.deeper", None), ("if null then 1 else 2", 2), ("if 1 then 1 else 2", 2), ("1 + null", None),
        ("null = null", True), ("[null] = [null]", True), ("missing > 3 or true", True), ("true < false", None),
    ],
)  # fmt: skip
def test_it_is_null_where_there_is_no_answer_when_lenient(source: str, expected: object) -> None:
    assert value(source, strict=False) == expected
    assert (value(source, strict=False) is None) == (expected is None)


@pytest.mark.parametrize(
    "source",
    [
        "missing", "missing = 1", "true and null", "1 = \"1\"", "1 < null", "if null then 1 else 2", "1 and true", "1 + null",
        "nothing < 1", "not(1)", "-\"a\"", "true < false", "{a: 1} < {a: 2}", "[1] + [2]", "Applicant", "a - c",
    ],
)  # fmt: skip
def test_it_is_an_error_where_there_is_no_answer_when_strict(source: str) -> None:
    assert refusal(source).column >= 1


@pytest.mark.parametrize(
    ("source", "column", "message"),
    [
        ("n + missing", 5, "没有名为“missing”的变量。"),
        ("n +", 4, "第4列应为值或名称，实为“表达式结尾”。"),
        ("n + * 2", 5, "第5列应为值或名称，实为“*”。"),
        ("n 5", 3, "第3列起的“5”多余，或前面缺少运算符。"),
        ("yes nothing", 5, "第5列起的“nothing”多余，或前面缺少运算符。"),
        ("n is not null", 3, "第3列起的“is”多余，或前面缺少运算符。"),
        ("n == 5", 4, "第4列应为值或名称，实为“=”。"),
        ("(n", 3, "第3列应为“)”，实为“表达式结尾”。"),
        ("if n then 1", 12, "第12列应为“else”，实为“表达式结尾”。"),
        ("\"abc", 1, "文本没有结束（缺少英文双引号 \"），或含有不能使用的字符。"),
        ("n > \"5\"", 3, "数字与文本不能作“>”运算。"),
        ("事项.缺项", 3, "上下文中没有“缺项”这一项。"),
        ("{a: 1, a: 2}", 9, "上下文中的名称“a”重复。"),
        ("contians(name, \"a\")", 1, "没有名为“contians”的函数。"),
        ("contains(name)", 1, "函数“contains”的参数个数或名称不对，应为：string、match。"),
        ("contains(n, \"a\")", 1, "函数“contains”的参数“string”不能是数字。"),
        ("", 1, "表达式是空的。"),
        ("   ", 1, "表达式是空的。"),
        ("${approved}", 1, "第1列应为值或名称，实为“$”。"),
        ("approved && done", 10, "第10列起的“&”多余，或前面缺少运算符。"),
        ("n = '5'", 5, "第5列应为值或名称，实为“'”。"),
        ("/* open", 1, "注释没有结束（缺少 */）。"),
        ("\"\\uD83D\"", 1, "文本中的转义字符写法有误。"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_where(source: str, column: int, message: str) -> None:
    error = refusal(source)
    assert (error.column, error.message, error.source) == (column, message, source)


def test_it_names_what_an_expression_reads() -> None:
    found = feel.compile(
        "item.days > limit and count(items[open]) > 1 and (for x in xs return x + y) = [] and today() = d"
    )
    assert found.names == {"item", "limit", "items", "xs", "y", "d"}


def test_it_drops_the_leading_equals_sign_of_a_diagram() -> None:
    assert feel.strip_equals(" = n = 5 ") == "n = 5"
