"""Failed sign-ins, and sign-ins begun elsewhere."""

from service.store import sign_ins
from service.store.session import Database
from service.store.sign_ins import Attempt, Failures
from tests.store.county import NOW, later
from tests.store.together import at_once


def test_failures_are_counted_by_login_and_by_address(county: Database) -> None:
    with county.begin() as tx:
        tries = [("li", "a"), ("li", "a"), ("li", "b"), ("wu", "a")]
        for n, (login, address) in enumerate(tries):
            sign_ins.add_failure(tx, f"f{n}", login_hash=login, address=address, at=later(minutes=n))
        since = later(minutes=-1)
        assert sign_ins.failures(tx, since=since) == Failures(4, later(minutes=3))
        assert sign_ins.failures(tx, since=since, login_hash="li").count == 3
        assert sign_ins.failures(tx, since=since, login_hash="li", address="a") == Failures(2, later(minutes=1))
        assert sign_ins.failures(tx, since=NOW, login_hash="li", address="a").count == 1, "after, not at"
        assert sign_ins.failures(tx, since=since, login_hash="nobody") == Failures(0, None)
        assert sign_ins.locked_logins(tx, since=since, most=2) == {"li"}
        assert sign_ins.locked_logins(tx, since=since, most=3) == set()
        assert sign_ins.clear_failures(tx, login_hash="li", address="a") == 2
        assert sign_ins.clear_failures(tx, login_hash="li") == 1
        assert sign_ins.forget_failures(tx, before=later(minutes=3)) == 0
        assert sign_ins.forget_failures(tx, before=later(minutes=4)) == 1


def test_a_state_counts_once_also_for_several_at_once(county: Database) -> None:
    with county.begin() as tx:
        sign_ins.add_attempt(tx, Attempt("state", "browser", "/tasks", NOW))
        assert sign_ins.count_attempts(tx) == 1

    def take() -> Attempt | None:
        with county.begin() as tx:
            return sign_ins.take_attempt(tx, "state")

    found = [each for each in at_once([take] * 4) if each]
    assert found == [Attempt("state", "browser", "/tasks", NOW)]
