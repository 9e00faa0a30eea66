"""开局检查 as JSON."""

from service.api.shapes.base import Shown
from service.domain.readiness import Check, State, is_ready
from service.domain.texts import say


class FindingShown(Shown):
    """`state`: lacking (a case would stand still) or doubtful."""

    state: State
    sentence: str


class CheckShown(Shown):
    """One thing looked at. `state`: ok, doubtful, lacking; the worst of its findings."""

    key: str
    name: str
    state: State
    told: str
    findings: list[FindingShown]


class ReadinessShown(Shown):
    """`ready`: nothing is lacking."""

    ready: bool
    checks: list[CheckShown]


def readiness(checks: tuple[Check, ...]) -> ReadinessShown:
    return ReadinessShown(ready=is_ready(checks), checks=[_check(check) for check in checks])


def _check(check: Check) -> CheckShown:
    found = [FindingShown(state=finding.state, sentence=finding.sentence) for finding in check.findings]
    name = say(f"readiness.check.{check.key}")
    return CheckShown(key=check.key, name=name, state=check.state, told=check.told, findings=found)
