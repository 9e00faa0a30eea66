"""From the drawing to places: pools, lanes and colours as the modeler set them; what has no place is named."""

import pytest

from service.engine.model import Problem
from service.engine.svg.model import NotDrawn
from service.engine.svg.read import read_picture
from service.engine.xml import LARGEST, read_xml
from tests.engine.diagram import diagram, end, path, process, start, sub, user
from tests.engine.shipped import ROOT
from tests.engine.svg.drawn import document, draw_xml, drawn
from tests.engine.svg.layout import with_drawing

PARTS = (start(), user("a"), end(), path("start", "a", "end"))
PLAIN = diagram(process("main", *PARTS))
DRAWN = with_drawing(PLAIN)


def refusal(xml: bytes, wanted: str = "main") -> NotDrawn:
    with pytest.raises(NotDrawn) as refused:
        read_picture(document(xml), wanted)
    return refused.value


def without(xml: bytes, element: str) -> bytes:
    """The drawing without the shape or edge of one element."""
    text = xml.decode()
    before, _, rest = text.partition(f'bpmnElement="{element}"')
    kind = before.rpartition("<bpmndi:")[2].split()[0]
    return (before.rpartition("<bpmndi:")[0] + rest.partition(f"</bpmndi:{kind}>")[2]).encode()


def test_a_diagram_without_a_drawing_says_so() -> None:
    refused = refusal(PLAIN)
    assert "没有图形" in str(refused)
    assert (refused.problem.element, refused.problem.file) == ("main", "main.bpmn")


@pytest.mark.parametrize("element", ["a", "start", "start__a", "main_lane"])
def test_an_element_without_a_place_is_named(element: str) -> None:
    refused = refusal(without(DRAWN, element))
    assert refused.problem.element == element
    assert refused.problem.line == 1
    assert element in str(refused) or "中心" in str(refused)


def test_a_node_inside_an_open_subprocess_must_have_a_place_too() -> None:
    xml = with_drawing(
        diagram(
            process("main", start(), sub("x", start("s"), end("e"), path("s", "e")), end(), path("start", "x", "end"))
        )
    )
    assert refusal(without(xml, "e")).problem.element == "e"


@pytest.mark.parametrize("value", ["", "x", "nan", "inf", "-inf", "1e300", "10000001"])
def test_a_place_that_is_no_place_is_named(value: str) -> None:
    xml = DRAWN.replace(b'bpmnElement="a"', b'bpmnElement="a"', 1).decode()
    head, _, tail = xml.partition('bpmnElement="a"')
    bad = head + 'bpmnElement="a"' + tail.replace('x="', f'x="{value}" was="', 1)
    assert "位置" in str(refusal(bad.encode()))


def test_a_flow_needs_two_ends() -> None:
    head, _, tail = DRAWN.decode().partition('bpmnElement="start__a">')
    assert "起点" in str(
        refusal((head + 'bpmnElement="start__a">' + tail[tail.index("</bpmndi:BPMNEdge>") :]).encode())
    )


def test_a_process_that_is_not_there_is_told() -> None:
    assert "nothing" in str(refusal(DRAWN, "nothing"))


def test_limits_of_files_hold_here_too() -> None:
    assert isinstance(read_xml("x", b"<a>" + b" " * LARGEST + b"</a>"), Problem)
    assert isinstance(read_xml("x", b'<!DOCTYPE x [<!ENTITY y "z">]><definitions/>'), Problem)


def test_colours_are_the_modelers_and_nothing_but_colours() -> None:
    fill = "{http://bpmn.io/schema/bpmn/biocolor/1.0}fill"
    assert drawn(*PARTS, looks={"a": {fill: "#ffe0b2"}}).parts("a", "rect")[0]["fill"] == "#ffe0b2"
    for bad in ("url(https://bad.example/x)", "red;stroke:url(#x)", "javascript:1", "#12"):
        assert drawn(*PARTS, looks={"a": {fill: bad}}).parts("a", "rect")[0]["fill"] == "#ffffff"


def test_a_shipped_diagram_shows_every_drawn_element_in_its_pool_and_lanes() -> None:
    for path_of in sorted(ROOT.glob("*/*.bpmn")):
        xml = path_of.read_bytes()
        key = path_of.parent.name
        picture = draw_xml(xml, process=key)
        plane = xml.decode().partition("<bpmndi:BPMNPlane")[2]
        wanted = {part.partition('"')[0] for part in plane.split('bpmnElement="')[2:]}
        assert wanted == picture.ids, key
        assert 'transform="rotate(-90' in picture.svg


def test_two_pools_and_a_message_between_them() -> None:
    pools = (
        '<collaboration id="c"><participant id="ours" name="县里" processRef="main"/><participant id="theirs" name="省里"/>'
        '<messageFlow id="letter" sourceRef="a" targetRef="theirs" name="来函"/></collaboration>'
    )
    places = (
        '<bpmndi:BPMNShape bpmnElement="ours"><dc:Bounds x="0" y="0" width="900" height="300"/></bpmndi:BPMNShape>'
        '<bpmndi:BPMNShape bpmnElement="theirs"><dc:Bounds x="0" y="400" width="900" height="60"/></bpmndi:BPMNShape>'
        '<bpmndi:BPMNEdge bpmnElement="letter"><di:waypoint x="200" y="140"/><di:waypoint x="200" y="400"/></bpmndi:BPMNEdge>'
    )
    xml = DRAWN.decode().replace('bpmnElement="main">', f'bpmnElement="c">{places}', 1)
    picture = draw_xml(xml.replace('<process id="main"', f'{pools}<process id="main"', 1).encode())
    assert {"ours", "theirs", "letter", "a"} <= picture.ids
    assert (picture.words("theirs"), picture.words("letter")) == ("省里", "来函")
    assert picture.parts("letter", "path")[0]["stroke-dasharray"] == "8 5"
    assert len(picture.parts("ours", "path")) == 1, "the line beside its name"
    assert picture.parts("theirs", "path") == []
