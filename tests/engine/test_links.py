"""Link events: a jump within one scope, seen by everything that follows flows."""

from tests.engine.case import Case
from tests.engine.diagram import bundle, catch, end, flow, inclusive, link, parallel, path, start, sub, throw, user, xor


def test_a_token_jumps_from_each_throwing_half_to_the_catching_one() -> None:
    made = bundle(
        start(), user("a"), xor("ask", "b"), user("b"), throw("out1", link()), throw("out2", link()), catch("back", link()), user("c"), end(),
        path("start", "a", "ask", "b", "out1"), flow("ask", "out2", "= hurry"), path("back", "c", "end"),
    )  # fmt: skip
    slow = Case(made, hurry=False).does("a").does("b")
    assert slow.open == ["c"]
    assert slow.passed[-3:] == ["b", "out1", "back"]
    fast = Case(made, hurry=True).does("a")
    assert (fast.open, fast.passed[-2:]) == (["c"], ["out2", "back"])
    assert fast.does("c").status == "completed"


def test_a_link_inside_a_subprocess_stays_inside() -> None:
    inside = sub(
        "sub",
        start("s"),
        throw("out", link()),
        catch("in", link()),
        user("deep"),
        end("e"),
        path("s", "out"),
        path("in", "deep", "e"),
    )
    case = Case(bundle(start(), inside, user("after"), end(), path("start", "sub", "after", "end")))
    assert case.open == ["deep"]
    assert case.does("deep").open == ["after"]


def test_a_join_waits_for_a_branch_that_comes_over_a_link() -> None:
    made = bundle(
        start(), parallel("fork"), user("a"), throw("out", link()), catch("in", link()), user("b"), parallel("join"), user("c"), end(),
        path("start", "fork", "a", "out"), path("in", "join"), path("fork", "b", "join", "c", "end"),
    )  # fmt: skip
    case = Case(made, n=0).does("b", x=1)
    assert case.open == ["a"]
    assert case.does("a", y=2).open == ["c"]
    assert case.wait("c").data == {"n": 0, "x": 1, "y": 2}


def test_an_inclusive_join_waits_for_what_may_come_over_a_link() -> None:
    made = bundle(
        start(), inclusive("fork", "b"), user("a"), throw("out", link()), catch("in", link()), user("b"), inclusive("join"), user("c"), end(),
        path("start", "fork"), flow("fork", "a", "= both"), path("a", "out"), path("in", "join"), flow("fork", "b"), path("b", "join", "c", "end"),
        user("z"), flow("fork", "z", "= both"), path("z", "join"),
    )  # fmt: skip
    case = Case(made, both=True).does("z")
    assert case.open == ["a"]
    assert case.does("a").open == ["c"]
    assert Case(made, both=False).does("b").open == ["c"]


def test_a_loop_over_a_link_goes_round() -> None:
    made = bundle(
        start(), xor("into"), catch("back", link()), user("a"), xor("ask", "end"), throw("again", link()), end(),
        path("start", "into", "a", "ask", "end"), path("back", "into"), flow("ask", "again", "= more"),
    )  # fmt: skip
    case = Case(made)
    for _ in range(3):
        case.does("a", more=True)
        assert case.open == ["a"]
    assert case.does("a", more=False).status == "completed"
