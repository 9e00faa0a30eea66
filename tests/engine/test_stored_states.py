"""Cases stored by version 1 of the state wait for the same today, and go on to the same end."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.engine import codec, model, run
from service.engine.model import Bundle
from tests.engine.case import AT
from tests.engine.diagram import deploy
from tests.engine.fixtures.make_state_v1 import told

FOLDER = Path(__file__).parent / "fixtures" / "state-v1"
STORIES = sorted(FOLDER.glob("*.json"))


def read(path: Path) -> tuple[dict[str, Any], Bundle]:
    story: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return story, deploy({"main.bpmn": (FOLDER / story["bundle"]).read_bytes()})


def test_it_has_stories() -> None:
    assert {p.stem for p in STORIES} == {"branches", "calls", "instances"}


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_it_waits_for_what_it_waited_for(path: Path) -> None:
    story, made = read(path)
    found = run.waits(made, story["state"].encode())
    assert [told(wait) for wait in found] == story["waits"]


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_it_goes_on_to_its_end(path: Path) -> None:
    story, made = read(path)
    state = story["state"].encode()
    for given in story["rest"]:
        verb = getattr(model, given["verb"])
        step = run.apply(made, state, verb(**codec.decode({k: v for k, v in given.items() if k != "verb"})), at=AT)
        state = step.state
    assert step.status == "completed"
    assert codec.encode(step.variables) == story["end"]["variables"]
    assert state == story["end"]["state"].encode()
