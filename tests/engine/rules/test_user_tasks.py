"""Rule ``user_tasks``: whose work it is, with which form, by when, back to where."""

import pytest

from tests.engine.diagram import (
    HEAD,
    PERSON,
    boundary,
    bundle,
    call,
    diagram,
    end,
    flow,
    node,
    parallel,
    path,
    problems,
    problems_of,
    process,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)


def of(**attributes: str) -> list[str]:
    """The problems of task b in start -> a -> b -> end."""
    parts = (start(), user("a"), user("b", **attributes), end(), path("start", "a", "b", "end"))
    return [p.message for p in problems(*parts, rule="user_tasks")]


def test_it_accepts_a_task_that_says_everything() -> None:
    found = of(
        oneseal__dueWorkdays="3", oneseal__signOff="single", oneseal__separateFrom="a", oneseal__returnTo="a",
        camunda__candidateGroups="center_clerk@center, reform_reviewer@office:reform_office",
    )  # fmt: skip
    assert found == []


def test_it_wants_somebody() -> None:
    assert of(camunda__candidateGroups="") == ["用户任务“b”没有办理岗位（camunda:candidateGroups）。"]
    assert of(camunda__candidateGroups="", camunda__assignee="= initiator") == []
    for group in ("nobody", "mayor@moon", "no_such_post@center", "@"):
        assert len(of(camunda__candidateGroups=group)) == 1


def test_it_wants_a_form_of_the_deployment() -> None:
    assert of(camunda__formKey="") == ["用户任务“b”没有表单（camunda:formKey）。"]
    assert of(camunda__formKey="other") == ["流程包里没有编号为“other”的表单。"]


@pytest.mark.parametrize("due", ["0", "-1", "401", "1.5", "three", "５", "1 "])
def test_it_refuses_due_times_that_cannot_be(due: str) -> None:
    assert len(of(oneseal__dueWorkdays=due)) == 1


@pytest.mark.parametrize("kind", ["all", "any", "sequential", "vote", "Single"])
def test_it_refuses_sign_offs_that_do_not_run_yet(kind: str) -> None:
    assert of(oneseal__signOff=kind) == [f"会签方式“{kind}”目前不能正确执行，只能用 single。"]


def test_it_wants_a_lane() -> None:
    tasks = f'<userTask id="a" {PERSON}/>'
    body = f"{start()}{tasks}{end()}{path('start', 'a', 'end')}"
    made = f'{HEAD}<process id="main" isExecutable="true">{body}</process></definitions>'.encode()
    assert [p.message for p in problems_of(made)] == ["有用户任务的流程须画泳道。"]
    lanes = '<laneSet id="l"><lane id="l1" name="x"><flowNodeRef>end</flowNodeRef></lane></laneSet>'
    other = f'{HEAD}<process id="main" isExecutable="true">{lanes}{body}</process></definitions>'.encode()
    assert [p.message for p in problems_of(other)] == ["用户任务“a”不在任何泳道里，看不出由谁办理。"]


def test_it_separates_only_from_other_tasks_of_people() -> None:
    for id in ("b", "start", "missing"):
        assert of(oneseal__separateFrom=id) == [f"职责分离指向的“{id}”不是别的用户任务。"]


@pytest.mark.parametrize("id", ["missing", "start", "end"])
def test_it_refuses_returns_to_what_is_no_step(id: str) -> None:
    assert of(oneseal__returnTo=id) == [f"退回目标“{id}”不存在，或不在本任务所在的流程范围内。"]


def test_it_refuses_returns_to_what_does_not_come_before() -> None:
    parts = (start(), user("a", oneseal__returnTo="b"), user("b"), end(), path("start", "a", "b", "end"))
    assert [p.message for p in problems(*parts)] == ["退回目标“b”不在本任务之前：从那里走不到本任务。"]
    loop = (
        start(), xor("in"), user("a", oneseal__returnTo="b"), user("b"), xor("out", "end"), end(),
        path("start", "in", "a", "b", "out"), flow("out", "in", "= again"), flow("out", "end"),
    )  # fmt: skip
    assert not problems(*loop)


def test_it_lets_a_return_leave_subprocesses_but_not_called_processes() -> None:
    inside = (start("s"), user("deep", oneseal__returnTo="a"), end("e"), path("s", "deep", "e"))
    assert bundle(start(), user("a"), sub("inner", *inside), end(), path("start", "a", "inner", "end"))
    main = process("main", start(), user("a"), call("c", "called"), end(), path("start", "a", "c", "end"))
    found = problems_of(diagram(main, process("called", *inside)))
    assert [(p.element, p.rule) for p in found] == [("deep", "user_tasks")]
    outside = (
        start(), user("a", oneseal__returnTo="deep"), sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e")),
        end(), path("start", "inner", "a", "end"),
    )  # fmt: skip
    assert len(problems(*outside)) == 1


def test_it_refuses_returns_that_would_leave_a_join_waiting_for_ever() -> None:
    def block(origin: str, target: str) -> list[str]:
        back = {origin: {"oneseal__returnTo": target}}
        tasks = [user(id, **back.get(id, {})) for id in ("before", "a1", "a2", "b1", "b2", "last")]
        parts = (
            start(), *tasks, parallel("f"), parallel("j"), end(), path("start", "before", "f", "a1", "a2", "j", "last", "end"),
            path("f", "b1", "b2", "j"),
        )  # fmt: skip
        return [p.message for p in problems(*parts)]

    assert block("a2", "a1") == []
    assert block("a2", "before") == []
    assert block("last", "before") == []
    for origin, target in (("a2", "b1"), ("last", "a1"), ("last", "j")):
        assert block(origin, target) == [f"退回目标“{target}”是汇聚网关，或在本任务之外的并行分支里：汇聚会永远等待。"]


def test_it_lets_a_return_come_from_a_boundary_road() -> None:
    parts = (
        start(), user("a"), user("b"), boundary("late", "b", timer()), user("c", oneseal__returnTo="a"), end(),
        path("start", "a", "b", "end"), path("late", "c", "end"),
    )  # fmt: skip
    assert not problems(*parts)
    to_machine = (start(), service("s"), user("c", oneseal__returnTo="s"), end(), path("start", "s", "c", "end"))
    assert not problems(*to_machine)
    to_event = (*parts[:4], user("c", oneseal__returnTo="late"), *parts[5:])
    assert len(problems(*to_event)) == 1
    assert node("userTask", "x")
