"""What makes a drawing hard to read is seen when it is there."""

from dataclasses import replace

from tests.web import drawing
from tests.web.drawing import Box, Drawing, Flow, Point, Shape


def task(id: str, x: float, y: float, *, text: Box | None = None) -> Shape:
    return Shape(id, "bpmn:UserTask", (x, y, 100, 80), text, None, None, None)


def label(of: str, box: Box) -> Shape:
    return Shape(f"{of}_label", "label", box, box, None, None, of)


def flow(id: str, source: str, target: str, *points: Point) -> Flow:
    return Flow(id, source, target, points)


def drawn(*things: Shape | Flow) -> Drawing:
    shapes = {s.id: s for s in things if isinstance(s, Shape)}
    return Drawing(shapes, tuple(f for f in things if isinstance(f, Flow)))


A, B, C = task("a", 0, 0), task("b", 200, 0), task("c", 400, 0)
STRAIGHT = flow("a_b", "a", "b", (100, 40), (200, 40))


def test_it_finds_nothing_in_a_good_drawing() -> None:
    good = drawn(A, B, STRAIGHT, label("a_b", (110, 20, 30, 14)))
    checks = (drawing.slanted_flows, drawing.flows_through_nodes, drawing.loose_ends, drawing.shared_lines,
              drawing.covered_labels, drawing.labels_over_borders, drawing.crowded_words, drawing.strayed_boundary_events, drawing.outside_parent)  # fmt: skip
    assert [fault for check in checks for fault in check(good)] == []


def test_it_finds_a_slanted_flow() -> None:
    assert list(drawing.slanted_flows(drawn(A, B, flow("f", "a", "b", (100, 40), (200, 50))))) == ["f is slanted"]


def test_it_finds_a_flow_through_a_stranger() -> None:
    through = drawn(A, B, C, flow("f", "a", "c", (100, 40), (400, 40)))
    assert list(drawing.flows_through_nodes(through)) == ["f runs through b"]


def test_it_finds_a_flow_through_its_own_task() -> None:
    through = drawn(A, B, flow("f", "a", "b", (0, 40), (-20, 40), (-20, 60), (200, 60)))
    assert list(drawing.flows_through_nodes(through)) == ["f runs through a"]


def test_it_finds_a_flow_that_ends_in_the_air() -> None:
    found = list(drawing.loose_ends(drawn(A, B, flow("f", "a", "b", (100, 40), (190, 40)))))
    assert found == ["f does not reach the border of b"]


def test_it_finds_two_flows_on_one_line() -> None:
    two = drawn(A, B, C, STRAIGHT, flow("g", "c", "a", (400, 42), (120, 42), (120, 90), (50, 90), (50, 80)))
    assert list(drawing.shared_lines(two)) == ["a_b and g share a line"]


def test_it_lets_flows_to_one_target_share_their_last_piece() -> None:
    two = drawn(A, B, C, STRAIGHT, flow("g", "c", "b", (400, 42), (120, 42), (120, 40), (200, 40)))
    assert list(drawing.shared_lines(two)) == []


def test_it_finds_words_over_words_over_a_task_and_under_a_flow() -> None:
    one, two = label("a_b", (110, 33, 30, 14)), label("x", (90, 38, 25, 14))
    assert list(drawing.covered_labels(drawn(A, B, STRAIGHT, one, two))) == [
        "a_b_label lies over x_label", "a_b runs through a_b_label", "x_label lies over a", "a_b runs through x_label",
    ]  # fmt: skip


def test_it_finds_words_across_the_border_of_a_lane() -> None:
    lane = Shape("l", "bpmn:Lane", (-50, -50, 900, 150), None, None, None, None)
    across, within = label("a", (0, 92, 30, 14)), label("a", (0, 84, 30, 14))
    assert list(drawing.labels_over_borders(drawn(lane, A, across))) == ["a_label lies over the border of l"]
    assert list(drawing.labels_over_borders(drawn(lane, A, within))) == []


def test_it_finds_a_name_that_does_not_fit() -> None:
    wide, crowded = replace(A, text=(-5, 30, 110, 20)), replace(A, text=(10, 20, 80, 40))
    assert list(drawing.crowded_words(drawn(wide))) == ["the name of a does not fit in"]
    assert list(drawing.crowded_words(drawn(crowded))) == ["the name of a lies over its icon"]


def test_it_finds_a_boundary_event_off_the_border() -> None:
    event = Shape("late", "bpmn:BoundaryEvent", (20, 70, 36, 36), None, None, "a", None)
    assert list(drawing.strayed_boundary_events(drawn(A, event))) == ["late does not sit on the border of a"]
    assert list(drawing.strayed_boundary_events(drawn(A, replace(event, box=(20, 62, 36, 36))))) == []


def test_it_finds_a_task_out_of_its_subprocess_and_its_lane() -> None:
    outer = Shape("s", "bpmn:SubProcess", (-20, -20, 200, 100), None, None, None, None)
    lane = Shape("l", "bpmn:Lane", (-50, -50, 900, 120), None, None, None, None)
    assert list(drawing.outside_parent(drawn(outer, replace(A, parent="s")))) == []
    assert list(drawing.outside_parent(drawn(outer, replace(B, parent="s")))) == ["b leaves s"]
    assert list(drawing.outside_lane(drawn(lane, A), {"a": "l"})) == ["a stands outside l"]
