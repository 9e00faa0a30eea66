"""How far a case is, on the picture: told by colour, by line and by sign, with a legend; and where steps of called processes are seen."""

from service.engine.model import Bundle
from service.engine.svg.bundle import draw_bundle, paper_of, seen_on
from tests.engine.diagram import call, deploy, diagram, end, path, process, start, sub, user
from tests.engine.shipped import shipped
from tests.engine.svg.drawn import Drawn, drawn
from tests.engine.svg.layout import with_drawing

PARTS = (start(), user("a"), user("b"), user("c"), end(), path("start", "a", "b", "c", "end"))
MARKS = {"start": "done", "a": "done", "b": "active", "c": "incident"}


def test_each_state_has_its_own_colour_line_and_sign() -> None:
    picture = drawn(*PARTS, marks=MARKS)
    assert {id: picture.of(id).get("data-state") for id in ("a", "b", "c", "end")} == {
        "a": "done", "b": "active", "c": "incident", "end": None,
    }  # fmt: skip
    rings = {id: [r for r in picture.parts(id, "rect") if r["fill"] == "none"] for id in ("a", "b", "c")}
    assert rings["a"] == []
    assert "stroke-dasharray" not in rings["b"][0]
    assert "stroke-dasharray" in rings["c"][0]
    fills = {picture.parts(id, "rect")[-1]["fill"] for id in ("a", "b", "c", "end") if id != "end"}
    assert len(fills) == 3
    signs = {
        str(picture.parts(id, "path")[-1]["d"].count("L")) + picture.parts(id, "path")[-1]["fill"]
        for id in ("a", "b", "c")
    }
    assert len(signs) == 3


def test_a_legend_stands_below_when_there_are_marks_and_only_then() -> None:
    plain, marked = drawn(*PARTS), drawn(*PARTS, marks=MARKS)
    assert "已办" not in plain.words()
    assert [word in marked.words() for word in ("已办", "正在办理", "异常")] == [True, True, True]
    assert "异常" not in drawn(*PARTS, marks={"a": "done"}).words()
    assert float(marked.root.get("height")) > float(plain.root.get("height"))


def test_marks_for_nothing_and_states_nobody_knows_are_passed_over() -> None:
    assert drawn(*PARTS, marks={"nothing": "done", "a": "odd"}).svg == drawn(*PARTS).svg


def test_the_same_in_gives_the_same_out() -> None:
    assert drawn(*PARTS, marks=MARKS).svg == drawn(*PARTS, marks=dict(reversed(MARKS.items()))).svg


def test_it_says_what_it_shows_for_who_cannot_see_it() -> None:
    found = shipped("seal_authorisation")
    svg = draw_bundle(found, marks={"draft_list": "active"}, description="正在办理：编制授权事项建议清单")
    root = Drawn(svg).root
    texts = [e.text for e in root if e.tag.endswith(("title", "desc"))]
    assert texts == ["公章向专用章授权", "正在办理：编制授权事项建议清单"]
    assert root.get("role") == "img"


def test_a_picture_stands_alone() -> None:
    svg = draw_bundle(shipped("seal_authorisation"), marks={"draft_list": "done"})
    for outside in ("href", "url(", "<style", "<script", "<image", "<foreignObject", "style=", " on"):
        assert outside not in svg.replace(" one", ""), outside


def _calling() -> Bundle:
    inner = process("inner", start("i_s"), user("i_a"), end("i_e"), path("i_s", "i_a", "i_e"))
    outer = process(
        "main",
        start(),
        sub("box", start("s"), call("ring", "inner"), end("e"), path("s", "ring", "e")),
        end(),
        path("start", "box", "end"),
    )
    content = with_drawing(diagram(outer, inner))
    found: Bundle = deploy({"main.bpmn": content})
    return found


def test_a_step_of_a_called_process_is_seen_at_the_call() -> None:
    found = _calling()
    assert seen_on(found, "", {"i_a": "active"}) == {"ring": "active"}
    assert seen_on(found, "", {"i_a": "done", "i_s": "done"}) == {}
    assert seen_on(found, "", {"ring": "done", "i_a": "incident"}) == {"ring": "incident"}


def test_a_step_of_a_closed_subprocess_is_seen_at_the_subprocess() -> None:
    text = paper_of(_calling()).content.decode()
    closed = text.replace('bpmnElement="box" isExpanded="true"', 'bpmnElement="box" isExpanded="false"')
    assert closed != text
    found: Bundle = deploy({"main.bpmn": closed.encode()})
    assert seen_on(found, "", {"i_a": "active"}) == {"box": "active"}


def test_every_process_of_a_deployment_has_its_own_picture() -> None:
    found = shipped("seal_authorisation")
    assert list(paper_of(found).processes) == ["seal_authorisation", "seal_making"]
    assert seen_on(found, "seal_making", {"seal_apply": "active", "draft_list": "done"}) == {"seal_apply": "active"}
    assert 'data-element-id="seal_apply"' in draw_bundle(found, "seal_making")
