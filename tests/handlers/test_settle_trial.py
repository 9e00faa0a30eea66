"""试运行结论落地."""

import pytest

from tests.handlers.desk import run


@pytest.mark.parametrize(
    ("decision", "status"), [("good", "in_force"), ("unfit", "suspended"), ("", "suspended"), (None, "suspended")]
)
def test_only_a_good_trial_makes_the_authorisations_regular(decision: str | None, status: str) -> None:
    output = run("settle_trial", {"trial_decision": decision})
    assert output.data == {"ledger_status": status}
    assert [(e.kind, e.values["status"]) for e in output.effects] == [("authorisation_status", status)]
