"""提醒与催办."""

from typing import Any

from tests.handlers.desk import run


def told(given: dict[str, Any], **facts: Any) -> list[tuple[str, str]]:
    output = run("escalate_wait", given, element="remind_sign_offs", **facts)
    assert output.data == {}
    assert all(e.values["kind"] == "reminder" and "火-2022-001" in e.values["text"] for e in output.effects)
    return [(e.values["post"], e.values["organisation_id"]) for e in output.effects]


def test_it_tells_the_office_the_centre_and_each_department_that_is_waited_for_once() -> None:
    rows = [
        {"department_id": "nongye", "status": "waiting"},
        {"department_id": "nongye", "status": "waiting"},
        {"department_id": "weijian", "status": "valid"},
    ]
    assert told({"sign_offs": rows, "form_checks": [{"department_id": "minzheng", "status": "waiting"}]}) == [
        ("reform_clerk", "shengaiban"),
        ("center_director", "huotian-center"),
        ("dept_leader", "minzheng"),
        ("dept_leader", "nongye"),
    ]


def test_in_a_department_s_case_it_tells_its_leader() -> None:
    assert told({"center_id": None, "department_id": "weijian"}) == [
        ("reform_clerk", "shengaiban"),
        ("dept_leader", "weijian"),
    ]


def test_it_lives_without_an_office() -> None:
    assert told({"center_id": None}, offices={}) == []


def test_its_text_names_the_step_as_the_diagram_does() -> None:
    output = run("escalate_wait", {}, element="remind_sign_offs", step="催办部门会签")
    assert all("催办部门会签" in e.values["text"] for e in output.effects)
