"""Data objects and stores are drawn for people: which paper or register a step looks into. Nothing runs by them."""

from service.engine.strict import refusal_of
from tests.engine.case import Case
from tests.engine.diagram import bundle, end, node, path, problems, start, user

DRAWN = (node("dataObject", "d"), node("dataObjectReference", "r", dataObjectRef="d"), node("dataStoreReference", "st"))
LINE = (
    "<property id='p' name='__targetRef_placeholder'/>"
    "<dataInputAssociation id='i'><sourceRef>r</sourceRef><targetRef>p</targetRef>{}</dataInputAssociation>"
)


def test_they_change_nothing() -> None:
    case = Case(bundle(start(), user("a", LINE.format("")), end(), path("start", "a", "end"), *DRAWN), r=1)
    assert case.wait("a").data == {"r": 1}
    assert case.does("a").status == "completed"


def test_what_would_compute_with_them_is_refused_by_name() -> None:
    for tag in ("transformation", "assignment"):
        asks = user("a", LINE.format(f"<{tag}>x</{tag}>"))
        found = problems(start(), asks, end(), path("start", "a", "end"), *DRAWN)
        assert [p.message for p in found] == [refusal_of(tag)]
        assert "FEEL脚本任务" in refusal_of(tag)
