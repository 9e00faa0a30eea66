"""A name or an organisation is corrected."""

import pytest

from service.actions.edit_person import EditPerson, edit_person
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale
from tests.actions.hall import enabled, in_secret, row, signed_in, staff, told
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_the_system_administrator_moves_a_person_and_the_history_says_from_where(stage: Stage) -> None:
    enabled(stage)
    done = stage.act("sysadmin", edit_person, EditPerson("lin", "林二（虚构）", "heping"))
    assert (done.name, done.organisation_id) == ("林二（虚构）", "heping")
    event = told(stage, "account/lin")[-1]
    assert (event["type"], event["organisation"], event["organisation_before"]) == (
        "account.edited", "heping", "huotian-center",
    )  # fmt: skip
    assert in_secret(stage, "account/lin")[-1]["name_before"] == "林一（虚构）"


def test_it_leaves_posts_and_sessions_alone(stage: Stage) -> None:
    signed_in(stage, "clerk")
    done = stage.act("sysadmin", edit_person, EditPerson("clerk", "甲（虚构）", "huotian"))
    assert done.active
    with stage.frame("clerk") as frame:
        assert frame.actor.holds("center_clerk", "huotian-center")


@pytest.mark.parametrize("person", ["secadmin", "auditadmin", "clerk"])
def test_nobody_else_does(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, edit_person, EditPerson("clerk2", "某", "huotian"))


def test_what_was_seen_must_still_be_so(stage: Stage) -> None:
    version = enabled(stage).account.version
    stage.act("sysadmin", edit_person, EditPerson("lin", "林二（虚构）", "heping", if_match=version))
    with pytest.raises(Stale):
        stage.act("sysadmin", edit_person, EditPerson("lin", "林三（虚构）", "heping", if_match=version))
    assert row(stage, "lin").name == "林二（虚构）"


def test_unknown_people_and_places_are_named(stage: Stage) -> None:
    with pytest.raises(NotFound, match="nobody"):
        stage.act("sysadmin", edit_person, EditPerson("nobody", "某", "huotian"))
    with pytest.raises(Invalid) as refused:
        stage.act("sysadmin", edit_person, EditPerson("clerk", "", "nowhere"))
    assert {fault.where["field"] for fault in refused.value.faults} == {"name", "organisation"}
