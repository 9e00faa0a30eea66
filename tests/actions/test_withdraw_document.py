"""文件收回."""

from dataclasses import replace
from datetime import date

import pytest

from service.actions.put_document import PutDocument, put_document
from service.actions.withdraw_document import WithdrawDocument, withdraw_document
from service.domain.errors import Conflict, Invalid, NotAllowed
from tests.actions.bookshelf import deliveries, eight, listening, notices_of, put, told
from tests.actions.stage import Stage
from tests.actions.test_put_document import PAPER

BACK = WithdrawDocument("fuquan", "示例云政[2026]9号", date(2026, 12, 1), "上级收回")


@pytest.fixture
def given(shelf_stage: Stage) -> Stage:
    put(shelf_stage)
    shelf_stage.act("reform-clerk", put_document, PutDocument(PAPER, "fuquan", new=True))
    return shelf_stage


def test_it_holds_no_longer_and_the_townships_concerned_are_told(given: Stage) -> None:
    own, _other = listening(given, "jiuzhu"), listening(given, "jiuzhu", township="heping")
    made = given.act("reviewer", withdraw_document, BACK)
    assert (made.withdrawn_by, made.version) == ("示例云政〔2026〕9号", 2)
    assert made.holds("huotian", date(2026, 11, 30))
    assert not made.holds("huotian", date(2026, 12, 1))
    assert deliveries(given) == [own], "the document never gave anything to the other township"
    assert "上级收回" in notices_of(given, "minzheng-clerk")[0]
    assert told(given, "power_document/fuquan")[-1].type == "power_document.withdrawn"


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_reform_office(given: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        given.act(person, withdraw_document, BACK)


@pytest.mark.parametrize(
    "order", [replace(BACK, reason=" "), replace(BACK, number=""), replace(BACK, number="9"),
              replace(BACK, withdrawn_on=date(2022, 1, 3))],
)  # fmt: skip
def test_it_wants_reason_number_and_a_day_after_the_document(given: Stage, order: WithdrawDocument) -> None:
    with pytest.raises(Invalid):
        given.act("reform-clerk", withdraw_document, order)


def test_one_of_eight_withdraws_it_and_it_is_not_changed_any_more(given: Stage) -> None:
    assert eight(lambda: given.act("reform-clerk", withdraw_document, BACK)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(Conflict, match="已于2026-12-01收回"):
        given.act("reform-clerk", put_document, PutDocument({"title": "x"}, "fuquan"))
