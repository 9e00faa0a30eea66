"""Files become a bundle, or every reason why not comes back at once."""

import pytest

from service.engine.model import Refused
from service.engine.read import digest_of
from tests.engine.diagram import (
    FORM,
    HEAD,
    bundle,
    call,
    deploy,
    diagram,
    end,
    flow,
    path,
    problems_of,
    process,
    service,
    start,
    sub,
    user,
    xor,
)

PLAIN = diagram(process("main", start(), end(), path("start", "end")))


def test_it_tells_the_facts_of_every_element() -> None:
    made = bundle(
        start(),
        user(
            "a", "<documentation>怎么办</documentation>", oneseal__dueWorkdays="5", oneseal__caseStatus="草拟",
            camunda__assignee="= initiator",
        ),
        service("b", oneseal__retries="7"), user("c", oneseal__separateFrom="a", oneseal__returnTo="a, b"), end(),
        path("start", "a", "b", "c", "end"),
    )  # fmt: skip
    a, b, c = (made.elements[id] for id in "abc")
    assert (a.kind, a.name, a.process, a.lane, a.line) == ("userTask", "a", "main", "中心", 1)
    assert (a.candidate_groups, a.form_key, a.assignee) == (("center_clerk@center",), "form", "= initiator")
    assert (a.due_workdays, a.case_status, a.documentation) == (5, "草拟", "怎么办")
    assert (b.handler, b.retries, made.elements["end"].kind) == ("echo", 7, "endEvent")
    assert (c.separate_from, c.return_to, c.due_workdays, c.retries) == (("a",), ("a", "b"), None, 3)
    assert (made.key, made.name) == ("main", "main")


def test_it_takes_the_process_nobody_calls_as_the_main_one() -> None:
    called = process("called", start("s"), end("e"), path("s", "e"))
    main = process("zzz", start(), call("c", "called"), end(), path("start", "c", "end"))
    made = deploy({"a.bpmn": diagram(called), "b.bpmn": diagram(main)})
    assert (made.key, set(made.elements)) == ("zzz", {"s", "e", "start", "c", "end"})


def test_it_puts_what_no_lane_names_in_the_lane_of_the_subprocess_around() -> None:
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    body = f"{start()}{inner}{end()}{path('start', 'inner', 'end')}"
    lanes = '<laneSet id="l"><lane id="l1" name="外"><flowNodeRef>inner</flowNodeRef></lane></laneSet>'
    made = deploy(
        {"a.bpmn": f'{HEAD}<process id="main" isExecutable="true">{lanes}{body}</process></definitions>'.encode()}
    )
    assert made.elements["deep"].lane == "外"


def test_it_is_named_by_its_content() -> None:
    one, same, other = (
        {"a.bpmn": PLAIN, "form.form": FORM},
        {"form.form": FORM, "a.bpmn": PLAIN},
        {"b.bpmn": PLAIN, "form.form": FORM},
    )
    assert digest_of(one) == digest_of(same) != digest_of(other)
    assert deploy(one).digest == deploy(same).digest
    assert deploy(one).digest != deploy(other).digest
    assert digest_of({"a": b"bc"}) != digest_of({"ab": b"c"})


def test_it_wants_just_one_main_process() -> None:
    assert [(p.rule, p.file) for p in problems_of({})] == [("main", "")]
    idle = diagram(process("main", start(), end(), path("start", "end"), executable=False))
    assert [p.rule for p in problems_of(idle)] == ["main"]
    two = diagram(
        process("m1", start(), end(), path("start", "end")), process("m2", start("s"), end("e"), path("s", "e"))
    )
    found = problems_of(two)
    assert [(p.rule, p.element) for p in found] == [("main", "m1"), ("main", "m2")]
    assert "m1, m2" in found[0].message


def test_it_takes_only_files_it_knows() -> None:
    found = problems_of({"a.bpmn": PLAIN, "b.png": b"", "c": b"", "d.BPMN": PLAIN})
    assert [(p.file, p.rule) for p in found] == [("b.png", "files"), ("c", "files"), ("d.BPMN", "files")]
    many = {f"f{n}.txt": b"" for n in range(250)}
    assert sum(p.rule == "files" for p in problems_of({"a.bpmn": PLAIN, **many})) <= 201


def test_it_gives_all_problems_at_once_in_order_of_their_places() -> None:
    one = diagram(
        process(
            "main", start(), user("End"), service("job", oneseal__handler="none"), xor("choice"), user("a", camunda__formKey=""),
            "<complexGateway id='script'/>", end(), path("start", "End", "job", "choice"), flow("choice", "a", "= ("),
            flow("choice", "end"), path("a", "end"),
        )
    )  # fmt: skip
    found = problems_of({"a.bpmn": one, "b.bpmn": b"<broken", "c.txt": b""})
    assert {(p.file, p.rule, p.element) for p in found} == {
        ("a.bpmn", "ids", "End"), ("a.bpmn", "handlers", "job"), ("a.bpmn", "gateways", "choice"),
        ("a.bpmn", "gateways", "choice__end"), ("a.bpmn", "user_tasks", "a"), ("a.bpmn", "element", "script"),
        ("a.bpmn", "expressions", "choice__a"), ("b.bpmn", "xml", ""), ("c.txt", "files", ""),
    }  # fmt: skip
    places = [(p.file, p.line, p.column) for p in found]
    assert places == sorted(places)
    assert all(p.message and p.line and p.column for p in found if p.file == "a.bpmn")


def test_it_tells_of_five_hundred_problems_and_says_that_there_are_more() -> None:
    odd = "".join(f'<complexGateway id="s{n}"/>' for n in range(700))
    found = problems_of(diagram(process("main", start(), end(), path("start", "end"), odd)))
    assert len(found) == 501
    assert found[-1].message == "只列出500个问题，还有更多没有列出，请先改正以上问题。"


def test_it_tells_all_broken_rules_though_no_main_process_was_found() -> None:
    content = diagram(process("main", start(), user("End"), end(), path("start", "End", "end"), executable=False))
    assert [p.rule for p in problems_of(content)] == ["main", "ids"]


def test_it_says_in_its_own_text_what_is_wrong() -> None:
    with pytest.raises(Refused, match=r"main.bpmn:1 End 编号“End”是引擎保留名"):
        deploy({"main.bpmn": diagram(process("main", start(), user("End"), end(), path("start", "End", "end")))})
