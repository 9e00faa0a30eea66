"""A state of an earlier version is lifted step by step, lowered again to the same bytes, and refused when a step is not known."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.engine import codec, model, run, upgrades
from service.engine.model import STATE_VERSION, Complete, EngineError
from service.engine.upgrades import UPGRADES, Upgrade, as_of
from tests.engine.blocks import Block, Made, blocks
from tests.engine.case import AT, Case
from tests.engine.diagram import line, user
from tests.engine.older import FROM_0, OLDEST
from tests.engine.test_properties import Play, small
from tests.engine.test_stored_states import STORIES, read


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UPGRADES, OLDEST, FROM_0)


def test_every_version_since_the_first_has_its_way_to_the_next() -> None:
    assert list(UPGRADES) == list(range(1, STATE_VERSION))


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_it_goes_on_from_an_older_state_to_the_same_end(path: Any) -> None:
    story, made = read(path)
    old = as_of(story["state"].encode(), OLDEST)
    assert json.loads(old).keys() == {"v", "count", "standing", "rooms"}
    assert run.waits(made, old) == run.waits(made, story["state"].encode())
    for given_ in story["rest"]:
        verb = getattr(model, given_["verb"])
        step = run.apply(made, old, verb(**codec.decode({k: v for k, v in given_.items() if k != "verb"})), at=AT)
        old = as_of(step.state, OLDEST)
    assert step.status == "completed"
    assert step.state == story["end"]["state"].encode()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_down_and_up_and_down_again_gives_the_same_bytes(path: Any) -> None:
    old = as_of(read(path)[0]["state"].encode(), OLDEST)
    lifted = upgrades.write(upgrades.read(old))
    assert json.loads(lifted)["v"] == STATE_VERSION
    assert as_of(lifted, OLDEST) == old


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks().filter(small), st.randoms(use_true_random=False), st.integers(0, 10**6))
def test_a_case_may_meet_its_upgrade_at_any_step(block: Block, order: Random, moment: int) -> None:
    """Played by two programs one after the other, it does what one alone does; and version 0 alone tells the same digests again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(UPGRADES, OLDEST, FROM_0)
        play = Play(Made(block), order)
        first = moment % len(play.states)
        state: bytes | None = None
        for n, command in enumerate(play.commands):
            step = run.apply(play.made.bundle, state, command, at=AT)
            assert json.loads(step.state)["status"] == json.loads(play.states[n])["status"]
            state = as_of(step.state, OLDEST) if n <= first else step.state
            assert run.waits(play.made.bundle, state) == run.waits(play.made.bundle, play.states[n])
        assert step.variables == play.last.variables


def test_steps_are_taken_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Version -1 is version 0 under other words."""
    monkeypatch.setitem(UPGRADES, OLDEST, FROM_0)
    older = Upgrade(
        up=lambda c: {k.removeprefix("old_"): v for k, v in c.items()},
        down=lambda c: {f"old_{k}": v for k, v in c.items() if k != "v"},
    )
    monkeypatch.setitem(UPGRADES, -1, older)
    case = Case(line(user("a"), user("b")), text="章").does("a")
    ancient = as_of(case.state or b"", -1)
    assert set(json.loads(ancient)) == {"v", "old_count", "old_standing", "old_rooms"}
    step = run.apply(case.bundle, ancient, Complete(case.number("b"), {}), at=AT)
    assert step.state == case.does("b").state


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (b'{"v":0}', f"是0，本程序只认识{STATE_VERSION}"),
        (b'{"v":99}', f"是99，本程序只认识{STATE_VERSION}"),
        (b'{"v":true}', "是True"),
        (b'{"v":"1"}', "格式版本"),
        (b"{}", "格式版本"),
        (b"[]", "无法读取"),
        (b"\xff", "无法读取"),
    ],
)
def test_it_refuses_a_version_it_does_not_know_and_says_which(state: bytes, words: str) -> None:
    with pytest.raises(EngineError, match=words) as refusal:
        run.waits(line(user("a")), state)
    assert refusal.value.code == "state"


def test_it_writes_no_version_it_does_not_know() -> None:
    state = Case(line(user("a"))).state or b""
    for version in (0, STATE_VERSION + 1):
        with pytest.raises(EngineError, match=f"是{version}，"):
            as_of(state, version)
