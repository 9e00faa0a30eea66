"""The story: somebody for every task, and what they hand in is what the forms accept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from service.demo.reading import read_county
from service.demo.story import STORY
from service.demo.story.batch import ITEMS
from service.demo.story.papers import new_form, old_form, seal_print
from service.demo.story.scene import Scene, weekday_after
from service.domain.assignment import parse_assignment
from service.domain.texts import TEXTS
from service.engine import forms
from service.engine.model import Element
from tests.engine.forms.good import GOOD
from tests.engine.shipped import AT, NAMES, shipped

TASKS: list[Element] = [e for name in NAMES for e in shipped(name).elements.values() if e.kind == "userTask"]
FORMS: Mapping[str, Mapping[str, Any]] = {key: form for name in NAMES for key, form in shipped(name).forms.items()}
TODAY = date(2026, 11, 27)
DEPARTMENTS = ("linyeju", "rensheju", "weijianju")


def _options(ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"value": id, "label": id} for id in ids]


COUNTY = read_county()
OFFERED = {  # what forms offer from the county's registers, as the service adds it
    "register_items": _options(item.id for item in COUNTY.items),
    "register_departments": _options(o.id for o in COUNTY.organisations),
    "register_forms": _options(form.id for form in COUNTY.forms),
}


def scene(given: Mapping[str, Any], *, department: str = "") -> Scene:
    return Scene(
        given=given, today=TODAY, opened_on=date(2026, 11, 24), name=lambda login: f"{login}（虚构）",
        upload=lambda _name, _content: "0d1c2b3a49585f6e7d8c9bab0c1d2e3f", department=department,
    )  # fmt: skip


def test_it_has_a_part_for_every_user_task_and_no_other() -> None:
    assert set(STORY) == {task.id for task in TASKS}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_it_casts_somebody_who_holds_the_post(task: Element) -> None:
    posts = {(a.person.id, h.post) for a in read_county().accounts for h in a.holdings}
    wanted = {parse_assignment(group).post for group in task.candidate_groups}
    for department in DEPARTMENTS:
        player = STORY[task.id].player(department)
        assert {post for person, post in posts if person == player} & wanted


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_it_casts_nobody_against_the_separation_of_duties(task: Element) -> None:
    players = {STORY[id].player("linyeju") for id in task.separate_from}
    assert STORY[task.id].player("linyeju") not in players


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_it_hands_in_what_the_form_accepts(task: Element, department: str) -> None:
    current = GOOD[task.form_key][0] | OFFERED
    data = STORY[task.id].fill(scene(current, department=department))
    assert forms.check(FORMS[task.form_key], data, current=current, at=AT).faults == ()


def test_it_lists_items_and_forms_that_the_county_has() -> None:
    assert set(ITEMS) <= {item.id for item in read_county().items}
    assert len(ITEMS) == 8


def test_it_enters_the_meeting_after_the_day_it_was_held() -> None:
    part = STORY["collective_study"]
    for day in range(2, 9):  # Monday to Sunday
        opened = date(2026, 11, day)
        held = weekday_after(opened)
        assert opened < held < part.earliest(opened)
        assert held.weekday() < 5
    act = part.act(scene({}))
    assert act["act_date"] == "2026-11-25"
    assert act["late_reason"]
    assert act["paper_number"]


def test_it_marks_every_number_as_an_example() -> None:
    numbers = [text for key, text in TEXTS.items() if key.startswith("story.number.")]
    assert numbers
    assert all(text.startswith("示例") for text in numbers)


def test_it_makes_the_same_papers_every_time() -> None:
    assert (old_form(), new_form(), seal_print()) == (old_form(), new_form(), seal_print())
    assert old_form() != new_form()
    assert seal_print().startswith(b"\x89PNG\r\n\x1a\n")
