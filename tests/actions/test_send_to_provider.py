"""Somebody is sent to the county's identity provider."""

from datetime import timedelta

import pytest

from service.actions.send_to_provider import MOST_UNDER_WAY, SendToProvider, send_to_provider
from service.domain.errors import Unavailable
from service.store import sign_ins
from tests.actions.stage import Stage


def test_the_database_keeps_hashes_of_what_must_come_back(stage: Stage) -> None:
    stage.act("system", send_to_provider, SendToProvider("state", "browser", "/tasks"))
    with stage.database.read() as tx:
        (row,) = tx.connection.exec_driver_sql("SELECT state_hash, browser_hash, next_path FROM oidc_attempt").all()
    assert "state" not in row[0]
    assert "browser" not in row[1]
    assert row[2] == "/tasks"


def test_those_who_never_came_back_are_forgotten(stage: Stage) -> None:
    stage.act("system", send_to_provider, SendToProvider("one", "b"))
    stage.later(timedelta(minutes=11))
    stage.act("system", send_to_provider, SendToProvider("two", "b"))
    with stage.database.read() as tx:
        assert sign_ins.count_attempts(tx) == 1


def test_a_flood_is_stopped(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_UNDER_WAY == 10_000
    monkeypatch.setattr("service.actions.send_to_provider.MOST_UNDER_WAY", 3)
    for n in range(3):
        stage.act("system", send_to_provider, SendToProvider(f"s{n}", "b"))
    with pytest.raises(Unavailable):
        stage.act("system", send_to_provider, SendToProvider("one more", "b"))
