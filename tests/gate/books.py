"""What must hold after any number of kills."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from service.actions.retry_incident import RetryIncident, retry_incident
from service.domain.cases import CaseStatus
from service.domain.texts import say
from service.engine import run
from service.store import cases, events, tasks
from tests.gate.gate import Gate
from tests.gate.players import floor_of
from tests.worker.floor import BUNDLES, Floor

Told = dict[str, list[dict[str, Any]]]  # case -> bodies of its events


def must_balance(gate: Gate) -> None:
    """Nothing lost, nothing twice, every history holds and gives its case's state, nothing adrift."""
    floor = floor_of(gate.url)
    finish(floor)
    ids = floor.cases()
    told = {case_id: history(floor, case_id) for case_id in ids}
    nothing_lost(gate, told)
    nothing_twice(floor, told)
    floor.must_hold(*ids)
    nothing_adrift(floor, ids)
    floor.database.close()


def finish(floor: Floor) -> None:
    """Dead workers' leases end, jobs that lost all their workers are begun again by hand, trials end."""
    for days in (0, 31):
        floor.ahead = timedelta(days=days, minutes=1)
        floor.work()
        found = [incident for case_id in floor.cases() for incident in floor.incidents_of(case_id)]
        assert {incident.message for incident in found} <= {say("worker.lost", tries=2)}
        print(f"{len(found)} jobs lost their worker twice")
        for incident in found:
            floor.people().act("sysadmin", retry_incident, RetryIncident(incident.id, "重新执行"))
        floor.work()


def history(floor: Floor, case_id: str) -> list[dict[str, Any]]:
    with floor.database.read() as tx:
        return [json.loads(sealed.body) for sealed in events.read_chain(tx, f"case/{case_id}")]


def nothing_lost(gate: Gate, told: Told) -> None:
    done = Counter(line for bodies in told.values() for body in bodies if (line := journal_line(body)))
    acknowledged = gate.acknowledged()
    lost = acknowledged - done
    assert not lost, f"acknowledged, and not in the history: {lost}"
    unknown = done - acknowledged
    assert sum(unknown.values()) <= gate.kills + gate.unsure, "more than one step a kill was done and not acknowledged"
    assert sum(acknowledged.values()) > gate.kills


def journal_line(body: dict[str, Any]) -> str:
    """What a person's journal says about this event; empty when no person did it."""
    case = body["case"]
    lines = {
        "case.started": f"started {case}",
        "task.completed": f"completed {case}.{body.get('number')}",
        "message.sent": f"sent {case}",
    }
    return lines.get(body["type"], "")


def nothing_twice(floor: Floor, told: Told) -> None:
    for case_id, bodies in told.items():
        steps = Counter((body["type"], body.get("number", 0)) for body in bodies if "command" in body)
        assert set(steps.values()) <= {1}, f"done twice in {case_id}: {steps}"
        finished = sum(body["type"] == "job.finished" for body in bodies)
        with floor.database.read() as tx:
            count = "SELECT count(*) FROM notification WHERE case_id = :id AND kind = 'notice'"
            notices = tx.connection.execute(text(count), {"id": case_id}).scalar_one()
        assert (finished, notices) in ((0, 0), (1, 1)), f"{case_id}: {finished} jobs finished, {notices} notices"


def nothing_adrift(floor: Floor, ids: list[str]) -> None:
    """Open tasks are what the state waits for, a case that ended waits for nothing, and no case stands still."""
    for case_id in ids:
        with floor.database.read() as tx:
            case = cases.case_with_state(tx, case_id)
            assert case
            bundle = BUNDLES.get(tx, case.bundle_digest)
            open_ = {task.number for task in tasks.tasks_of_case(tx, case_id, open_only=True)}
        active = case.status is CaseStatus.ACTIVE
        waits = run.waits(bundle, case.state) if active else ()
        assert open_ == {wait.number for wait in waits if wait.kind == "user"}, case_id
        assert bool(open_) == active, f"{case_id} is active and waits for nobody"
        assert floor.incidents_of(case_id) == []
