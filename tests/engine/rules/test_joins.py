"""Rule ``joins``: no way back into a parallel join."""

from tests.engine.diagram import boundary, end, flow, parallel, path, problems, start, timer, user, xor


def test_it_refuses_a_loop_into_a_parallel_join() -> None:
    found = problems(
        start(), parallel("j"), user("a"), xor("more", "end"), end(), path("start", "j", "a", "more"),
        flow("more", "j", "= again"), flow("more", "end"), rule="joins",
    )  # fmt: skip
    assert [p.element for p in found] == ["j"]
    assert "more__j" in found[0].message


def test_it_refuses_a_loop_that_comes_back_over_a_boundary_event() -> None:
    found = problems(
        start(), parallel("j"), user("a"), boundary("late", "a", timer()), end(), path("start", "j", "a", "end"),
        path("late", "j"), rule="joins",
    )  # fmt: skip
    assert [p.element for p in found] == ["j"]


def test_it_accepts_a_block_inside_a_loop() -> None:
    assert not problems(
        start(), xor("in"), parallel("f"), user("a"), user("b"), parallel("j"), xor("more", "end"), end(),
        path("start", "in", "f", "a", "j", "more"), path("f", "b", "j"), flow("more", "in", "= again"), flow("more", "end"),
    )  # fmt: skip
