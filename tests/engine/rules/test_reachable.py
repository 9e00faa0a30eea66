"""Rule ``reachable``: what is drawn can run, and what runs can end."""

from tests.engine.diagram import boundary, end, flow, path, problems, start, sub, timer, user, xor


def texts(*parts: str) -> list[str]:
    return [p.message for p in problems(*parts, rule="reachable")]


def test_it_refuses_an_approval_connected_to_nothing() -> None:
    found = problems(start(), user("a"), user("mayor"), end(), path("start", "a", "end"), rule="reachable")
    assert {(p.element, p.message) for p in found} == {
        ("mayor", "从开始事件走不到“mayor”，它永远不会执行。"),
        ("mayor", "从“mayor”走不到任何结束事件。"),
    }


def test_it_refuses_a_loop_without_a_way_out() -> None:
    found = texts(start(), user("a"), user("b"), xor("x"), path("start", "x", "a", "b", "x"))
    assert "从“a”走不到任何结束事件。" in found


def test_it_refuses_a_loop_nobody_comes_into() -> None:
    found = texts(start(), user("a"), user("b"), end(), path("start", "end"), path("a", "b", "a"))
    assert {"从开始事件走不到“a”，它永远不会执行。", "从开始事件走不到“b”，它永远不会执行。"} <= set(found)


def test_it_reaches_over_boundary_events() -> None:
    host = (user("a"), boundary("late", "a", timer()), user("b"))
    assert texts(start(), *host, end(), path("start", "a", "end"), path("late", "b", "end")) == []


def test_it_looks_into_subprocesses() -> None:
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "e"))
    found = problems(start(), inner, end(), path("start", "inner", "end"), rule="reachable")
    assert {p.element for p in found} == {"deep"}


def test_it_accepts_loops_and_choices() -> None:
    back = (flow("more", "x", "= again"), flow("more", "end"))
    assert texts(start(), xor("x"), user("a"), xor("more", "end"), end(), path("start", "x", "a", "more"), *back) == []
