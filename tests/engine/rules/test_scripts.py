"""Rule ``scripts``: FEEL into one variable, and no other language."""

import pytest

from tests.engine.case import Case
from tests.engine.diagram import end, line, node, path, problems, start, user


def script(text: str = "= a + b", **attributes: str) -> str:
    given = {"scriptFormat": "feel", "camunda__resultVariable": "total"} | attributes
    return node("scriptTask", "sum", f"<script>{text}</script>", **given)


def texts(task: str, rule: str = "scripts") -> list[str]:
    return [p.message for p in problems(start(), task, end(), path("start", "sum", "end"), rule=rule)]


def test_it_computes_one_variable() -> None:
    assert texts(script()) == []
    assert Case(line(script(), user("see")), a=1, b=2).wait("see").data == {"a": 1, "b": 2, "total": 3}


@pytest.mark.parametrize("language", ["javascript", "python", "groovy", "juel", ""])
def test_it_refuses_every_other_language(language: str) -> None:
    told = f'脚本任务“sum”的语言是“{language}”，这里只执行FEEL（scriptFormat="feel"）；其他计算请用服务任务。'
    assert texts(script(scriptFormat=language)) == [told]


def test_it_wants_an_expression_and_a_variable() -> None:
    assert texts(script("")) == ["脚本任务“sum”没有写表达式（script）。"]
    for name in ("", "two words", "_hidden"):
        assert texts(script(camunda__resultVariable=name)) == [
            f"脚本任务“sum”须用 camunda:resultVariable 写明结果变量，现为“{name}”。"
        ]
    assert len(texts(script("import os"), rule="expressions")) == 1
