"""Rows go out as sheets to those who may have them; templates to those who import."""

import pytest

from service.actions.look_at_sheets import kinds_named, look_at_offers, look_at_sheets
from service.domain.errors import NotAllowed, NotFound
from service.domain.sheets.kinds import KINDS
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, STATION, imported
from tests.actions.stage import Stage

PRIVATE = ("people", "posts")


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


@pytest.mark.parametrize("person", ["sysadmin", "secadmin", "auditadmin", "reviewer", "system"])
def test_administrators_and_auditors_take_out_everything(stage: Stage, person: str) -> None:
    imported(stage, "reform-clerk", items=[ITEM], stations=[STATION])
    found = stage.act(person, look_at_sheets, kinds_named("all"))
    assert set(found) >= {kind.id for kind in KINDS}
    assert found["items"]["sx-1"]["name"] == "临时救助"
    assert found["posts"]["clerk/center_clerk/huotian-center"]["state"] == "held"
    assert "sysadmin" in found["people"]


@pytest.mark.parametrize("person", ["clerk", "minzheng-clerk"])
def test_the_library_is_everybody_s_and_people_are_not(stage: Stage, person: str) -> None:
    assert "items" in stage.act(person, look_at_sheets, kinds_named("items,forms,legal_bases,stations,power_documents"))
    for kind in (*PRIVATE, "organisations", "all"):
        with pytest.raises(NotAllowed, match="管理员"):
            stage.act(person, look_at_sheets, kinds_named(kind))


def test_a_template_offers_the_names_of_the_county_to_those_who_import(stage: Stage) -> None:
    assert "huotian" in stage.act("sysadmin", look_at_offers, kinds_named("people"))["organisations"]
    assert "minzheng" in stage.act("minzheng-clerk", look_at_offers, kinds_named("items"))["organisations"]
    with pytest.raises(NotAllowed):
        stage.act("director", look_at_offers, kinds_named("items"))


def test_kinds_are_named_with_commas_in_their_own_order() -> None:
    assert [kind.id for kind in kinds_named("posts, organisations")] == ["organisations", "posts"]
    assert kinds_named("all") == list(KINDS)
    with pytest.raises(NotFound, match="没有“plans”这种表"):
        kinds_named("organisations,plans")
