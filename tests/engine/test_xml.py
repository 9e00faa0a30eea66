"""Files are read with every dangerous thing off, and every problem knows its line and column."""

import time

import pytest

from service.engine.model import Problem
from service.engine.xml import (
    DEEPEST,
    LARGEST,
    MOST_ATTRIBUTES,
    MOST_ELEMENTS,
    Document,
    read_xml,
)
from tests.engine.diagram import HEAD, diagram, end, path, problems_of, process, start, user

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def problem(content: bytes) -> Problem:
    found = read_xml("a.bpmn", content)
    assert isinstance(found, Problem)
    return found


def test_it_reads_a_plain_file() -> None:
    found = read_xml("a.bpmn", diagram(process("main", start(), end(), path("start", "end"))))
    assert isinstance(found, Document)
    assert found.root.tag == f"{{{BPMN}}}definitions"


DOCTYPES = [
    b'<!DOCTYPE definitions><definitions/>',
    b'<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>',
    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
    '<?xml version="1.0" encoding="UTF-16BE"?><!DOCTYPE a><a/>'.encode("utf-16-be"),
]  # fmt: skip


@pytest.mark.parametrize("content", DOCTYPES)
def test_it_refuses_every_doctype(content: bytes) -> None:
    found = problem(content)
    assert found.message == "文件含有DOCTYPE或实体声明，为安全起见不予接收。"
    assert found.line >= 1


def test_it_is_not_taken_in_by_a_doctype_that_is_only_spoken_of() -> None:
    content = diagram(
        process(
            "main",
            "<documentation><![CDATA[<!DOCTYPE a>]]> &lt;!ENTITY</documentation>",
            start(),
            end(),
            path("start", "end"),
        )
    )
    assert problems_of(content) == ()


def test_it_refuses_entities_nobody_declared() -> None:
    found = problem(b"<a>\n  <b>&laugh;</b></a>")
    assert (found.rule, found.line) == ("xml", 2)


def test_it_refuses_a_file_too_large() -> None:
    content = b"<a>" + b" " * LARGEST + b"</a>"
    assert problem(content).message == f"文件有{len(content)}字节，超过上限{LARGEST}字节。"


def test_it_refuses_what_is_nested_too_deep_and_too_many() -> None:
    deep = b"<a>" * DEEPEST + b"</a>" * DEEPEST
    assert isinstance(read_xml("a.bpmn", deep), Document)
    assert problem(b"<b>" + deep + b"</b>").message == f"XML嵌套超过{DEEPEST}层。"
    assert problem(b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>").message == f"XML元素超过{MOST_ELEMENTS}个。"


def attributes(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


def test_it_refuses_an_element_of_very_many_attributes_at_once() -> None:
    assert isinstance(read_xml("a.bpmn", f"<a {attributes(MOST_ATTRIBUTES)}/>".encode()), Document)
    begun = time.process_time()
    found = problem(f"<a>\n<b {attributes(100_000)}/></a>".encode())
    assert found.message == f"一个XML元素有100000个属性，超过上限{MOST_ATTRIBUTES}个。"
    assert (found.line, found.column) == (2, 1)
    assert time.process_time() - begun < 2


def test_it_stops_looking_when_it_has_found_more_than_anybody_reads() -> None:
    ends = "".join(f'<endEvent id="e{n}" {attributes(50)}/>' for n in range(2_000))
    begun = time.process_time()
    found = problems_of(diagram(process("main", start(), ends, path("start", "e1"))))
    assert time.process_time() - begun < 5
    assert len(found) == 501
    assert [p.message for p in found if p.rule == "files"] == ["只列出500个问题，还有更多没有列出，请先改正以上问题。"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", (1, 1)), (b"not xml", (1, 1)), (b"<a>\n  <b>\n</a>", (3, 3)), (b"<a/><b/>", (1, 5)), (b"\x00\x01", (1, 1)),
        (b'<a x="1" x="2"/>', (1, 10)), (b'<a x="\xff\xfe"/>', (1, 7)), (b"<a><b:c/></a>", None),
        ('<?xml version="1.0" encoding="GBK"?><a b="中"/>'.encode("gbk"), (1, 31)), (b"PK\x03\x04", (1, 3)),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', (1, 31)), (b"<a>&#0;</a>", (1, 4)), (b"{}", (1, 1)),
    ],
)  # fmt: skip
def test_it_says_where_a_file_is_no_xml(content: bytes, place: tuple[int, int] | None) -> None:
    found = problem(content)
    assert found.rule == "xml"
    assert found.message.startswith("不是格式正确的XML")
    assert place is None or (found.line, found.column) == place


@pytest.mark.parametrize("content", [b"<definitions/>", b"<html><body/></html>", b'<definitions xmlns="urn:x"/>',
                                     b'<d:definitions xmlns:d="http://www.omg.org/spec/DMN/20180521/DI/"/>'])  # fmt: skip
def test_it_refuses_what_is_no_bpmn(content: bytes) -> None:
    assert [p.rule for p in problems_of(content)] == ["bpmn"]


def place_of(xml: str, id: str) -> tuple[int, int]:
    found = read_xml("a.bpmn", xml.encode())
    assert isinstance(found, Document)
    place = found.place(next(e for e in found.root.iter() if e.get("id") == id))
    return place.line, place.column


PLACES = [
    ("<a>\n  <b id='x'/></a>", (2, 3)),
    ('<a><!-- <b id="x"/> -->\n<b id="x"/></a>', (2, 1)),
    ('<a t=\' id="x" \'>\n   <b id="x"/></a>', (2, 4)),
    ('<a><c id="x2"/><c ref="x"/>\n<d\n  name="n"\n  id="x"/></a>', (2, 1)),
    ('<a>中文𠮷<b id="x"/></a>', (1, 7)),
    ('<a>\r\n\t<b id="x"/></a>', (2, 2)),
    ('<a><b id="&#120;"/></a>', (1, 4)),
    ('<a><![CDATA[\n<b id="x"/>\n]]><b id="x"/></a>', (3, 4)),
    ('<?pi id="x"?>\n<a><b id = "x" /></a>', (2, 4)),
]


@pytest.mark.parametrize(("xml", "place"), PLACES)
def test_it_finds_the_start_tag_whatever_stands_before_it(xml: str, place: tuple[int, int]) -> None:
    assert place_of(xml, "x") == place


def test_it_tells_two_elements_of_one_id_apart() -> None:
    found = read_xml("a.bpmn", b'<a>\n<b id="x"/>\n<c id="x"/></a>')
    assert isinstance(found, Document)
    assert [found.place(e).line for e in found.root] == [2, 3]


def test_it_names_what_has_no_id_after_what_is_around_it() -> None:
    found = read_xml("a.bpmn", '<a id="outer" name="外">\n  <b><c/></b></a>'.encode())
    assert isinstance(found, Document)
    place = found.place(found.root[0][0])
    assert (place.element, place.name, place.line, place.column) == ("outer", "外", 2, 6)


def test_it_carries_the_place_into_every_problem() -> None:
    body = f"\n  {start()}\n  {user('a', camunda__formKey='lost')}\n  {end()}{path('start', 'a', 'end')}"
    lanes = '<laneSet id="l"><lane id="l1" name="x"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    made = f'{HEAD}<process id="main" isExecutable="true">{lanes}{body}</process></definitions>'
    (found,) = problems_of(made.encode())
    assert (found.file, found.element, found.name, found.line, found.column) == ("main.bpmn", "a", "a", 3, 3)


def test_it_is_fast_on_a_file_of_many_elements() -> None:
    content = b"<a>" + b'<b id="x"/>' * (MOST_ELEMENTS - 1) + b"</a>"
    begun = time.process_time()
    assert isinstance(read_xml("a.bpmn", content), Document)
    assert time.process_time() - begun < 2
