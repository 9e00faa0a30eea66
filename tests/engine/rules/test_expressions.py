"""Rule ``expressions``: every expression is FEEL that can be read."""

import pytest

from tests.engine.diagram import (
    catch,
    each,
    end,
    flow,
    message,
    path,
    problems,
    start,
    throw,
    timer,
    user,
    xor,
)

BROKEN = "= 1 +"


def found(*parts: str) -> list[tuple[str, str]]:
    return [(p.element, p.message) for p in problems(*parts, rule="expressions")]


def line(element: str) -> list[tuple[str, str]]:
    return found(start(), element, end(), path("start", "x", "end"))


def test_it_reads_conditions() -> None:
    def choice(condition: str) -> list[tuple[str, str]]:
        return found(start(), xor("g", "end"), user("a"), end(), path("start", "g"), flow("g", "a", condition), flow("g", "end"),
                     path("a", "end"))  # fmt: skip

    assert choice('= decision = "agree"') == []
    assert choice('decision = "agree"') == []
    for bad in ("${approved}", "#{x}", "= x ==", "= approved == true and", "= lambda: 1", "= [1,2", '= "open'):
        assert [element for element, _ in choice(bad)] == ["g__a"], bad
        assert bad[:120] in choice(bad)[0][1]


@pytest.mark.parametrize(
    "element",
    [
        catch("x", message(), oneseal__correlationKey=BROKEN), throw("x", message(), oneseal__payload=BROKEN),
        throw("x", message(), oneseal__correlationKey=BROKEN), user("x", camunda__assignee=BROKEN),
        user("x", each(BROKEN)), user("x", each(output=BROKEN)), catch("x", timer(BROKEN)),
        throw("x", message().replace("/>", f' oneseal:payload="{BROKEN}"/>')),
    ],
)  # fmt: skip
def test_it_reads_every_place_an_expression_stands_in(element: str) -> None:
    assert [where for where, _ in line(element)] == ["x"]


def test_it_refuses_endless_expressions() -> None:
    assert len(line(user("x", camunda__assignee="= " + "1+" * 5000 + "1"))) == 1
    assert len(line(user("x", camunda__assignee="= " + "(" * 500 + "1" + ")" * 500))) == 1
