"""送达回执."""

import pytest

from service.actions.confirm_receipt import ConfirmReceipt, confirm_receipt
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.items import Receipt
from service.domain.people import Person, Role
from service.store import notices, people
from tests.actions.stage import Stage


def _sent(stage: Stage) -> None:
    case = stage.start().case
    with stage.database.begin() as tx:
        receipt = Receipt("r1", case.id, "heping-center", "启用通知（示例）", stage.now)
        notices.add_receipt(tx, receipt)


def test_it_is_confirmed_once_by_the_receiver(stage: Stage) -> None:
    _sent(stage)
    done = stage.act("heping-clerk", confirm_receipt, ConfirmReceipt("r1"))
    assert (done.receipted_by, done.receipted_at) == ("heping-clerk", stage.now)
    with pytest.raises(Conflict):
        stage.act("heping-clerk2", confirm_receipt, ConfirmReceipt("r1"))


def test_another_organisation_does_not_even_know_it(stage: Stage) -> None:
    _sent(stage)
    with pytest.raises(NotFound):
        stage.act("clerk", confirm_receipt, ConfirmReceipt("r1"))


def test_an_administrator_confirms_nothing(stage: Stage) -> None:
    _sent(stage)
    with stage.database.begin() as tx:
        person = Person("keeper", "管理（虚构）", "heping-center", True)
        people.add_person(tx, person, holdings=(), roles=(Role.SECURITY_ADMIN,))
    with pytest.raises(NotAllowed):
        stage.act("keeper", confirm_receipt, ConfirmReceipt("r1"))
