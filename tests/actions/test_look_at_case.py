"""Looking at a case: what it waits for, and what each place sees."""

import pytest

from service.actions.cancel_case import CancelCase, cancel_case
from service.actions.look_at_case import look_at_case, look_at_variables
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.errors import NotFound
from tests.actions.stage import Stage


def _at_review(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    return case.id


def test_it_names_everything_the_case_waits_for_with_whom(stage: Stage) -> None:
    case_id = _at_review(stage)
    with stage.frame("clerk") as frame:
        view = look_at_case(frame, case_id)
    assert [(w.kind, w.name) for w in view.waits] == [("user", "主任审核"), ("message", "撤回")]
    assert [c.post for c in view.waits[0].candidates] == ["center_director"]
    assert view.waits[0].due_at


def test_it_shows_the_variables_each_place_sees(stage: Stage) -> None:
    case_id = _at_review(stage)
    with stage.frame("director") as frame:
        (place,) = look_at_variables(frame, case_id)
    assert (place.name, place.variables["batch_name"], place.variables["checked"]) == ("主任审核", "第一批", True)


def test_a_case_that_ended_waits_for_nothing_and_shows_no_place(stage: Stage) -> None:
    case_id = _at_review(stage)
    stage.act("clerk", cancel_case, CancelCase(case_id, "填错了"))
    with stage.frame("clerk") as frame:
        assert look_at_case(frame, case_id).waits == ()
        assert look_at_variables(frame, case_id) == ()


@pytest.mark.parametrize("person", ["heping-clerk", "sysadmin"])
def test_it_is_hidden_from_who_may_not_know_of_it(stage: Stage, person: str) -> None:
    case_id = _at_review(stage)
    for look in (look_at_case, look_at_variables):
        with pytest.raises(NotFound), stage.frame(person) as frame:
            look(frame, case_id)
        with pytest.raises(NotFound), stage.frame("clerk") as frame:
            look(frame, "nothing")


def test_it_says_what_this_person_may_do_and_send(stage: Stage) -> None:
    case_id = _at_review(stage)
    found = {}
    for person in ("clerk", "clerk2", "director", "reviewer"):
        with stage.frame(person) as frame:
            view = look_at_case(frame, case_id)
        found[person] = ({verb for verb, may in view.may.items() if may}, [m.title for m in view.messages])
    assert found == {
        "clerk": ({"cancel"}, ["撤回"]),  # who began it
        "clerk2": (set(), []),
        "director": (set(), ["撤回"]),
        "reviewer": ({"suspend", "resume", "cancel", "set_variables"}, []),
    }


def test_a_suspended_case_takes_no_messages(stage: Stage) -> None:
    case_id = _at_review(stage)
    stage.act("reviewer", suspend_case, SuspendCase(case_id, "上级文件调整"))
    with stage.frame("clerk") as frame:
        assert look_at_case(frame, case_id).messages == ()
