"""表格停用."""

import pytest

from service.actions.put_form import put_form
from service.actions.stop_form import StopForm, stop_form
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale
from tests.actions.bookshelf import eight, told
from tests.actions.stage import Stage
from tests.actions.test_put_form import NEW

STOP = StopForm("jiuzhu-biao", "启用省统一式样")


def test_it_is_stopped_with_a_reason(shelf_stage: Stage) -> None:
    shelf_stage.act("minzheng-clerk", put_form, NEW)
    assert shelf_stage.act("minzheng-clerk", stop_form, STOP).status == "stopped"
    last = told(shelf_stage, "form/jiuzhu-biao")[-1]
    assert (last.type, "启用省统一式样" in (last.sealed.payload or "")) == ("form.stopped", True)


@pytest.mark.parametrize("person", ["nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_owner_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    shelf_stage.act("minzheng-clerk", put_form, NEW)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, stop_form, STOP)


def test_one_of_eight_stops_it(shelf_stage: Stage) -> None:
    shelf_stage.act("minzheng-clerk", put_form, NEW)
    with pytest.raises(Invalid):
        shelf_stage.act("minzheng-clerk", stop_form, StopForm("jiuzhu-biao", ""))
    with pytest.raises(Stale):
        shelf_stage.act("minzheng-clerk", stop_form, StopForm("jiuzhu-biao", "x", if_match=5))
    assert eight(lambda: shelf_stage.act("reform-clerk", stop_form, STOP)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(NotFound):
        shelf_stage.act("reform-clerk", stop_form, StopForm("none", "x"))
