"""Second factors and recovery codes."""

from service.store import second_factors
from service.store.second_factors import Factor
from service.store.session import Database
from tests.store.county import NOW, later


def test_one_is_begun_confirmed_and_dropped_with_its_codes(county: Database) -> None:
    with county.begin() as tx:
        assert second_factors.factor_of(tx, "p-huotian") is None
        second_factors.put_factor(tx, Factor("p-huotian", "first", NOW, None, 0))
        second_factors.put_factor(tx, Factor("p-huotian", "second", NOW, None, 0))
        second_factors.confirm_factor(tx, "p-huotian", at=later(minutes=1), step=7)
        second_factors.note_step(tx, "p-huotian", 8)
        second_factors.replace_codes(tx, "p-huotian", ["a", "b"])
        assert second_factors.lock_factor(tx, "p-huotian") == Factor("p-huotian", "second", NOW, later(minutes=1), 8)
        assert second_factors.drop_factor(tx, "p-huotian")
        assert not second_factors.drop_factor(tx, "p-huotian")
        assert second_factors.codes_left(tx, "p-huotian") == 0


def test_a_recovery_code_is_used_once_and_by_its_owner(county: Database) -> None:
    with county.begin() as tx:
        second_factors.replace_codes(tx, "p-huotian", ["a", "b"])
        assert not second_factors.use_code(tx, "p-heping", "a", at=NOW)
        assert [second_factors.use_code(tx, "p-huotian", "a", at=NOW) for _ in range(2)] == [True, False]
        assert second_factors.codes_left(tx, "p-huotian") == 1
        second_factors.replace_codes(tx, "p-huotian", ["c"])
        assert not second_factors.use_code(tx, "p-huotian", "b", at=NOW)
