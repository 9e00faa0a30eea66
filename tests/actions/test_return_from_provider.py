"""Somebody comes back from the county's identity provider."""

from datetime import timedelta

import pytest

from service.actions.return_from_provider import ReturnFromProvider, return_from_provider
from service.actions.send_to_provider import SendToProvider, send_to_provider
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _sent(stage: Stage) -> None:
    stage.act("system", send_to_provider, SendToProvider("state", "browser", "/tasks"))


def _back(stage: Stage, state: str = "state", browser: str = "browser") -> str | None:
    return stage.act("system", return_from_provider, ReturnFromProvider(state, browser))


def test_it_says_where_the_person_wanted_to_go_once(stage: Stage) -> None:
    assert _back(stage) == "/tasks"
    assert _back(stage) is None


def test_of_several_at_once_one_counts(stage: Stage) -> None:
    assert sorted(map(bool, at_once([lambda: _back(stage)] * 4))) == [False, False, False, True]


def test_another_browser_gets_nothing_and_spends_the_state(stage: Stage) -> None:
    assert _back(stage, browser="other") is None
    assert _back(stage) is None


def test_an_unknown_state_and_a_late_return_get_nothing(stage: Stage) -> None:
    assert _back(stage, state="guessed") is None
    stage.later(timedelta(minutes=10))
    assert _back(stage) is None
