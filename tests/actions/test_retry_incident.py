"""Trying again after an incident."""

from datetime import timedelta

import pytest

from service.actions.retry_incident import RetryIncident, retry_incident
from service.domain.cases import Incident, IncidentStatus
from service.domain.errors import Conflict, NotAllowed
from service.store import incidents
from tests.actions.stage import Stage
from tests.actions.test_fail_job import failing_case


def _incident(stage: Stage) -> Incident:
    case_id = failing_case(stage)
    stage.work()
    stage.later(timedelta(seconds=5))
    stage.work()
    with stage.database.read() as tx:
        return incidents.open_incidents(tx, case_id)[0]


def test_the_job_gets_all_its_tries_again(stage: Stage) -> None:
    incident = _incident(stage)
    resolved = stage.act("sysadmin", retry_incident, RetryIncident(incident.id, "外部系统已恢复"))
    assert (resolved.status, resolved.resolved_by) == (IncidentStatus.RESOLVED, "sysadmin")
    assert stage.work() == 1
    stage.later(timedelta(seconds=5))
    assert stage.work() == 1


def test_it_is_done_once_and_by_the_system_administrator(stage: Stage) -> None:
    incident = _incident(stage)
    with pytest.raises(NotAllowed):
        stage.act("clerk", retry_incident, RetryIncident(incident.id, "x"))
    stage.act("sysadmin", retry_incident, RetryIncident(incident.id, "x"))
    with pytest.raises(Conflict):
        stage.act("sysadmin", retry_incident, RetryIncident(incident.id, "x"))
