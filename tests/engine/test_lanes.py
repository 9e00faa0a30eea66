"""A node inside a subprocess stands in the lane it is drawn in, whatever the modeler wrote."""

from lxml import etree

from service.engine.lanes import lanes_drawn
from tests.engine.diagram import deploy, diagram, end, node, path, start, user
from tests.engine.shipped import NAMES, ROOT, shipped

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
)
MODEL = (
    '<process id="p"><laneSet><lane id="clerk" name="经办"/><lane id="leader" name="领导"/></laneSet>'
    '<userTask id="outside"/><subProcess id="s"><userTask id="draft"/><userTask id="sign"/></subProcess></process>'
)


def shape(id: str, x: object, y: float, *, width: float = 100, height: float = 80) -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<di:BPMNShape id="{id}_di" bpmnElement="{id}">{bounds}</di:BPMNShape>'


LANES = shape("clerk", 0, 0, width=600, height=120) + shape("leader", 0, 120, width=600, height=120)


def found(*planes: str) -> dict[str, str]:
    drawn = "".join(
        f'<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">{p}</di:BPMNPlane></di:BPMNDiagram>' for p in planes
    )
    return lanes_drawn(etree.fromstring(f"{HEAD}{MODEL}{drawn}</definitions>".encode()))


def test_it_finds_the_lane_around_the_centre() -> None:
    inside = shape("draft", 100, 20) + shape("sign", 300, 110)
    assert found(LANES + inside) == {"draft": "经办", "sign": "领导"}


def test_it_leaves_nodes_of_the_process_itself_to_what_is_written() -> None:
    assert "outside" not in found(LANES + shape("outside", 100, 20))


def test_it_takes_the_innermost_of_nested_lanes() -> None:
    pool = shape("clerk", 0, 0, width=600, height=240) + shape("leader", 30, 120, width=570, height=120)
    assert found(pool + shape("draft", 100, 20) + shape("sign", 100, 140)) == {"draft": "经办", "sign": "领导"}


def test_it_finds_nothing_on_the_page_of_a_collapsed_subprocess() -> None:
    assert found(LANES, shape("draft", 100, 20)) == {}


def test_it_finds_nothing_outside_all_lanes_or_without_numbers() -> None:
    assert found(LANES + shape("draft", 900, 20) + shape("sign", "far", 110)) == {}


def test_it_agrees_with_what_the_shipped_diagrams_say() -> None:
    for name in NAMES:
        for file in ROOT.glob(f"{name}/*.bpmn"):
            drawn = lanes_drawn(etree.parse(file).getroot())
            assert drawn == {id: shipped(name).elements[id].lane for id in drawn}


def test_a_node_of_a_lane_in_a_lane_stands_in_the_inner_one() -> None:
    inner = '<childLaneSet><lane id="desk" name="窗口"><flowNodeRef>a</flowNodeRef></lane></childLaneSet>'
    lanes = f'<laneSet><lane id="hall" name="中心"><flowNodeRef>a</flowNodeRef>{inner}</lane></laneSet>'
    content = diagram(
        node("process", "main", lanes, start(), user("a"), end(), path("start", "a", "end"), isExecutable="true")
    )
    assert deploy({"main.bpmn": content}).elements["a"].lane == "窗口"
