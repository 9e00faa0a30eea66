"""What handlers get to know."""

from datetime import UTC, date, datetime

from service.actions.parts.facts import FACTS
from service.domain.items import Form, Verdict
from service.store import items, ledger
from tests.actions.stage import Stage

ROW = {"form_id": "f", "version": 1, "owner_id": "yunxiao", "name": "登记表"}


def _verdict(case: str, version: int) -> Verdict:
    return Verdict(
        f"v{version}", "form_check", "yunxiao", "f", version, conclusion="passed", detail="", case_id=case,
        decided_at=datetime(2022, 10, 14, tzinfo=UTC), valid_until=date(2023, 10, 14),
    )  # fmt: skip


def test_a_form_is_judged_by_the_verdict_of_its_newest_version(stage: Stage) -> None:
    """A check that ended in a new form leaves the batch holding the old version's number."""
    case = stage.case(stage.start().case.id)
    with stage.frame("system") as frame:
        for version in (1, 2):
            items.put_form(frame.tx, Form("f", version, "登记表", "yunxiao", "county"))
        ledger.put_verdict(frame.tx, _verdict(case.id, 1))
        given = {"items": [{"item_id": "a", "forms": [ROW]}]}
        assert FACTS["form_verdicts"](frame, case, given) == [], (
            "the old version's verdict says nothing about the new form"
        )
        ledger.put_verdict(frame.tx, _verdict(case.id, 2))
        (found,) = FACTS["form_verdicts"](frame, case, given)
    assert (found["subject_id"], found["conclusion"]) == ("f", "passed")
