"""bpmnlint's recommended rules hold for every shipped diagram; the rules switched off stand in web/.bpmnlintrc, their reasons in web/README.md."""

import json
import subprocess

import pytest

from tests.engine.shipped import ROOT
from tests.web.window import WEB

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]
DIAGRAMS = sorted(ROOT.glob("*/*.bpmn"))


def test_it_finds_nothing_not_even_a_warning() -> None:
    command = [str(WEB / "node_modules/.bin/bpmnlint"), "--max-warnings", "0", *map(str, DIAGRAMS)]
    found = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout.strip()) == (0, ""), found.stdout + found.stderr


def test_it_tells_why_a_rule_is_switched_off() -> None:
    rules = json.loads((WEB / ".bpmnlintrc").read_text("utf-8"))["rules"]
    reasons = (WEB / "README.md").read_text("utf-8")
    assert set(rules.values()) == {"off"}
    assert all(f"`{name}`" in reasons for name in rules)


def test_it_would_find_a_nameless_task(tmp_path_factory: pytest.TempPathFactory) -> None:
    bad = tmp_path_factory.mktemp("bad") / "bad.bpmn"
    good = (ROOT / "seal_making/seal_making.bpmn").read_text("utf-8")
    bad.write_text(good.replace(' name="刻制" ', " "), "utf-8")
    command = [str(WEB / "node_modules/.bin/bpmnlint"), str(bad)]
    found = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    assert "seal_engrave" in found.stdout
    assert found.returncode == 1
