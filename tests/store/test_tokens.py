"""API tokens."""

from service.store import tokens
from service.store.session import Database, Transaction
from tests.store.county import NOW, later


def _add(tx: Transaction, id: str, person: str = "p-huotian", days: int = 30) -> None:
    tokens.add_api_token(
        tx, id=id, token_hash=f"hash-{id}", person_id=person, name="脚本", scopes=("read", "write"), created_at=NOW,
        expires_at=later(days=days),
    )  # fmt: skip


def test_a_token_is_revoked_by_its_owner_only_and_once(county: Database) -> None:
    with county.begin() as tx:
        _add(tx, "t")
        assert not tokens.revoke_api_token(tx, "t", person_id="p-heping", at=NOW)
        live = tokens.api_token_by_hash(tx, "hash-t")
        assert tokens.revoke_api_token(tx, "t", person_id="p-huotian", at=NOW)
        assert not tokens.revoke_api_token(tx, "t", person_id="p-huotian", at=later(days=1))
        revoked = tokens.api_token_by_hash(tx, "hash-t")
        assert tokens.api_token_by_hash(tx, "other") is None
    assert live
    assert revoked
    assert (live.scopes, live.revoked_at, revoked.revoked_at) == (("read", "write"), None, NOW)


def test_the_list_holds_what_lives_and_when_it_was_used(county: Database) -> None:
    with county.begin() as tx:
        _add(tx, "a")
        _add(tx, "over", days=1)
        _add(tx, "gone")
        _add(tx, "other", "p-heping")
        tokens.revoke_api_token(tx, "gone", person_id="p-huotian", at=NOW)
        tokens.note_use(tx, "a", at=later(hours=1))
        (found,) = tokens.tokens_of(tx, "p-huotian", now=later(days=2))
        assert (found.id, found.last_used_at) == ("a", later(hours=1))
        assert tokens.revoke_tokens(tx, "p-huotian", at=NOW) == 2
        assert tokens.tokens_of(tx, "p-huotian", now=NOW) == []
        assert len(tokens.tokens_of(tx, "p-heping", now=NOW)) == 1
