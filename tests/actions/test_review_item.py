"""审改办审核事项."""

import json
from datetime import UTC, datetime

import pytest

from service.actions.put_item import PutItem, put_item
from service.actions.review_item import ReviewItem, review_item
from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.items import Authorisation, AuthorisationStatus, Sorting
from service.store import items, ledger
from tests.actions.bookshelf import described, eight, newest, notices_of, put, told
from tests.actions.stage import Stage

AGREE = ReviewItem("jiuzhu", "agree")
BACK = ReviewItem("jiuzhu", "send_back", "办理流程与实际不符")


def test_the_reform_office_agrees(shelf_stage: Stage) -> None:
    described(shelf_stage)
    done = shelf_stage.act("reviewer", review_item, AGREE)
    assert (done.marks.reviewed_by, done.marks.sorting) == ("reviewer", Sorting.DESCRIBED)
    assert json.loads(told(shelf_stage, "item/jiuzhu")[-1].sealed.body)["decision"] == "agree"


def test_it_sends_back_and_the_department_reads_why(shelf_stage: Stage) -> None:
    described(shelf_stage)
    done = shelf_stage.act("reform-clerk", review_item, BACK)
    assert done.marks.sorting is Sorting.DRAFT
    assert newest(shelf_stage).version == 2, "the version itself did not change"
    (text,) = notices_of(shelf_stage, "minzheng-clerk")
    assert "办理流程与实际不符" in text
    with shelf_stage.database.read() as tx:
        assert not items.described_since(tx, "jiuzhu", 1), "it may not be authorised any more"


def test_sending_back_needs_a_reason_and_a_known_decision(shelf_stage: Stage) -> None:
    described(shelf_stage)
    for order in (ReviewItem("jiuzhu", "send_back", " "), ReviewItem("jiuzhu", "maybe", "x")):
        with pytest.raises(Invalid):
            shelf_stage.act("reviewer", review_item, order)


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_reform_office(shelf_stage: Stage, person: str) -> None:
    described(shelf_stage)
    for order in (AGREE, BACK):
        with pytest.raises(NotAllowed):
            shelf_stage.act(person, review_item, order)


def test_nobody_reviews_what_one_wrote(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("reform-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu"))
    with pytest.raises(NotAllowed, match="职责分离"):
        shelf_stage.act("reform-clerk", review_item, BACK)


def test_there_must_be_something_to_review(shelf_stage: Stage) -> None:
    put(shelf_stage)
    for order in (AGREE, BACK):
        with pytest.raises(Conflict):
            shelf_stage.act("reviewer", review_item, order)


def test_what_a_township_authorised_is_not_sent_back(shelf_stage: Stage) -> None:
    made = described(shelf_stage)
    case = shelf_stage.start().case
    row = Authorisation(
        "a", "huotian", "jiuzhu", made.version, "x", "E4", "decide", AuthorisationStatus.TRIAL, case.id, "1", None, "", "",
        datetime(2022, 10, 14, tzinfo=UTC), None, None, None,
    )  # fmt: skip
    with shelf_stage.database.begin() as tx:
        ledger.put_authorisation(tx, row)
    with pytest.raises(Conflict, match="已有授权"):
        shelf_stage.act("reviewer", review_item, BACK)


def test_one_of_eight_agrees(shelf_stage: Stage) -> None:
    described(shelf_stage)
    assert eight(lambda: shelf_stage.act("reviewer", review_item, AGREE)) == ["conflict"] * 7 + ["done"]
