"""Rule ``loops``: a loop that ends."""

import pytest

from tests.engine.diagram import again, end, path, problems, start, user


def texts(loop: str) -> list[str]:
    return [p.message for p in problems(start(), user("a", loop), end(), path("start", "a", "end"), rule="loops")]


def test_it_accepts_a_condition_or_a_number() -> None:
    for loop in (again("= x"), again(most="3"), again("= x", before=True, most="1000")):
        assert texts(loop) == []


def test_it_refuses_one_that_goes_round_for_ever() -> None:
    assert texts(again()) == ["循环“a”须写 loopCondition 或 loopMaximum，否则不会结束。"]


@pytest.mark.parametrize("most", ["0", "-1", "1001", "many", "²"])
def test_it_refuses_numbers_that_are_none(most: str) -> None:
    assert texts(again("= x", most=most)) == [f"循环次数“{most}”不对：应为1到1000的整数。"]


def test_its_condition_is_feel() -> None:
    found = problems(start(), user("a", again("${more}")), end(), path("start", "a", "end"), rule="expressions")
    assert [p.element for p in found] == ["a"]
