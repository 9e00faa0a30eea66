"""``python -m tools.try_models``: what becomes of a folder of diagrams, and why."""

from pathlib import Path

import pytest

from tests.engine.diagram import diagram, end, path, process, service, start, user
from tools import try_models

GOOD = diagram(process("main", start(), user("a"), service("b"), end(), path("start", "a", "b", "end")))
BAD = diagram(process("main", start(), "<transaction id='x'/>", end(), path("start", "x", "end")))


def test_it_counts_what_is_accepted_and_the_reasons_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    for name, content in {
        "good.bpmn": GOOD,
        "deep/bad.bpmn20.xml": BAD,
        "deep/worse.bpmn": b"<a",
        "read.me": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr("sys.argv", ["try_models", str(tmp_path), "--each"])
    assert try_models.main() == 0
    told = capsys.readouterr().out
    assert "3 files: 1 accepted, 2 refused, 0 FAILED" in told
    assert "  element: 元素“transaction”不能执行" in told
    assert "accepted " in told.splitlines()[2]
    assert "slowest: " in told
