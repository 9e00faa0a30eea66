"""A case whose check fails, for those who repair it."""

import json
from datetime import timedelta
from typing import Any

from service.actions.replay_case import replay_case
from service.domain.cases import Incident
from service.engine import run
from service.store import events, incidents
from tests.actions.stage import Stage
from tests.actions.test_fail_job import failing_case


def stuck(stage: Stage) -> str:
    """Its job has used up its tries; answers its id."""
    case_id = failing_case(stage)
    stage.work()
    stage.later(timedelta(seconds=5))
    stage.work()
    return case_id


def number_of(stage: Stage, case_id: str, element: str) -> int:
    case = stage.case(case_id)
    with stage.database.read() as tx:
        bundle = stage.bundles.get(tx, case.bundle_digest)
    (found,) = [w.number for w in run.waits(bundle, case.state) if w.element == element]
    return found


def open_ones(stage: Stage, case_id: str) -> list[Incident]:
    with stage.database.read() as tx:
        return incidents.open_incidents(tx, case_id)


def told(stage: Stage, case_id: str, type: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Body and payload of the events of this type, oldest first."""
    with stage.database.read() as tx:
        chain = list(events.read_chain(tx, f"case/{case_id}"))
    return [(body, json.loads(e.payload or "{}")) for e in chain if (body := json.loads(e.body))["type"] == type]


def replays(stage: Stage, case_id: str) -> bool:
    with stage.database.read() as tx:
        return replay_case(tx, case_id, bundles=stage.bundles).same
