"""Answers already given."""

from service.store.idempotency import Remembered, forget_before, remember, remembered
from service.store.session import Database
from tests.store.county import NOW, later
from tests.store.together import at_once

ANSWER = Remembered("hash", 201, {"ETag": '"3"'}, '{"大":1}')


def test_it_gives_the_same_answer_again_to_the_same_actor_only(database: Database) -> None:
    with database.begin() as tx:
        assert remembered(tx, actor_id="p", key="k") is None
        remember(tx, actor_id="p", key="k", answer=ANSWER, at=NOW)
    with database.begin() as tx:
        assert remembered(tx, actor_id="p", key="k") == ANSWER
        assert remembered(tx, actor_id="q", key="k") is None
        assert remembered(tx, actor_id="p", key="other") is None


def test_the_first_answer_stays(database: Database) -> None:
    with database.begin() as tx:
        remember(tx, actor_id="p", key="k", answer=ANSWER, at=NOW)
        remember(tx, actor_id="p", key="k", answer=Remembered("other", 500, {}, ""), at=NOW)
        assert remembered(tx, actor_id="p", key="k") == ANSWER


def test_of_many_at_once_one_does_it_and_the_others_wait_for_its_answer(database: Database) -> None:
    done = []

    def request() -> str:
        with database.begin() as tx:
            found = remembered(tx, actor_id="p", key="k")
            if found is None:
                done.append(1)
                remember(tx, actor_id="p", key="k", answer=ANSWER, at=NOW)
                return "did"
            return found.body

    assert sorted(at_once([request] * 8)) == sorted(["did"] + [ANSWER.body] * 7)
    assert len(done) == 1


def test_old_answers_are_forgotten(database: Database) -> None:
    with database.begin() as tx:
        remember(tx, actor_id="p", key="old", answer=ANSWER, at=NOW)
        remember(tx, actor_id="p", key="new", answer=ANSWER, at=later(hours=2))
        assert forget_before(tx, later(hours=1)) == 1
        assert remembered(tx, actor_id="p", key="old") is None
        assert remembered(tx, actor_id="p", key="new") == ANSWER
