"""The story as it is printed."""

import io
from datetime import UTC, datetime

from rich.console import Console

from service.demo.expectations import Expectation, Outcome
from service.demo.reader import Reader
from service.demo.telling import MachineDone, NowWaits, Opening, Person, StepDone

PERSON = Person("huotian-clerk", "方一鸣（虚构）", "便民服务中心经办", "火田镇便民服务中心")
STEP = StepDone(
    7, datetime(2026, 11, 24, 1, 5, tzinfo=UTC), PERSON, "编制清单", "授权-1", "第一批", "同意", "可以[办]。"
)


def told(*, terminal: bool) -> str:
    out = io.StringIO()
    with Reader(Console(file=out, force_terminal=terminal, width=60)) as reader:
        reader.hear(Opening("第一批", "授权-1", resumed=False, ended=False, done=0))
        reader.hear(STEP)
        reader.hear(MachineDone("授权-1", ("自动预检", "适格判定", "适格判定")))
        reader.hear(NowWaits("授权-1", "预检", (("例外确认", "县行政服务中心 经办"),), ended=False))
    return out.getvalue()


def test_it_tells_who_what_when_and_what_is_waited_for() -> None:
    text = told(terminal=False)
    for part in (
        "[ 7]",
        "2026-11-24 09:05",
        "方一鸣（虚构）",
        "火田镇便民服务中心",
        "编制清单",
        "同意",
        "可以[办]。",
        "例外确认",
    ):
        assert part in text
    assert "自动预检 → 适格判定\n" in text, "what repeats is said once"


def test_it_prints_plain_whole_lines_without_a_terminal() -> None:
    text = told(terminal=False)
    assert "\x1b" not in text
    assert "     编制清单 —— 第一批（授权-1）\n" in text


def test_it_shows_progress_on_a_terminal() -> None:
    assert "\x1b[" in told(terminal=True)


def test_it_shows_the_ledger_and_every_expectation_that_fell() -> None:
    row = {
        "item_name": "生育登记", "item_class": "E1", "scope": "decide", "document_number": "示例〔2026〕1号",
        "document_date": "2026-11-27", "filing_number": "示例备1", "seal": "s", "status": "in_force",
    }  # fmt: skip
    gone = {"name": "老年人优待证", "item_class": "E9", "reason": "已停办"}
    fell = Expectation("台账每行都有文号", held=False, found="缺")
    out = io.StringIO()
    Reader(Console(file=out, width=200)).outcome(Outcome((row,), {"s": "某专用章"}, (gone,), (fell,)))
    for part in ("生育登记", "审核审批", "某专用章", "生效", "老年人优待证", "已停办", "✗ 台账每行都有文号：缺"):
        assert part in out.getvalue()
