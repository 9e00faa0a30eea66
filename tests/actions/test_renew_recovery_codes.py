"""New recovery codes."""

import pytest

from service.actions.parts.codes import CodeRefused
from service.actions.parts.tokens import token_hash
from service.actions.renew_recovery_codes import RenewRecoveryCodes, renew_recovery_codes
from service.domain.errors import Conflict
from service.store import second_factors
from tests.actions.hall import check, code_at, staff, told, with_factor
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _renew(stage: Stage, code: str) -> CodeRefused | None:
    return stage.act("clerk", renew_recovery_codes, RenewRecoveryCodes(code, check, ("NEWCODEA", "NEWCODEB")))


def test_the_old_ones_open_nothing_any_more(stage: Stage) -> None:
    with_factor(stage, "clerk", recovery=("OLDCODEA",))
    assert _renew(stage, code_at(5)) is None
    with stage.database.begin() as tx:
        assert not second_factors.use_code(tx, "clerk", token_hash("OLDCODEA"), at=stage.now)
        assert second_factors.use_code(tx, "clerk", token_hash("NEWCODEB"), at=stage.now)
        assert second_factors.codes_left(tx, "clerk") == 1
    assert told(stage, f"actor/clerk/{stage.now.date()}")[-1]["type"] == "recovery-codes.renewed"


def test_without_a_code_or_a_factor_nothing_changes(stage: Stage) -> None:
    with pytest.raises(Conflict):
        _renew(stage, code_at(5))
    with_factor(stage, "clerk", recovery=("OLDCODEA",))
    assert _renew(stage, "123456") == CodeRefused()
    with stage.database.read() as tx:
        assert second_factors.codes_left(tx, "clerk") == 1
