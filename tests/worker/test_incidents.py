"""An incident is there as soon as the last try has failed, with what failed."""

import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.contract import Context, Handler, Output, TryLater

from tests.worker.floor import Floor

PATIENCE = 20.0
AT_ONCE = 1.0


def _until(floor: Floor, case_id: str, *, incident: bool) -> float:
    """When it was seen; polls with a deadline."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = floor.incidents_of(case_id) if incident else floor.jobs_of(case_id)["check"].last_error
        if found:
            return time.monotonic()
        time.sleep(0.01)
    raise AssertionError("nothing was seen")


def test_it_is_seen_within_a_second_of_the_failing_step(floor: Floor) -> None:
    failed: list[float] = []

    def fail(_given: Mapping[str, Any], _context: Context) -> Output:
        failed.append(time.monotonic())
        raise TryLater("外部系统未开放")

    floor.handlers["echo"] = Handler("echo", "回声", fail)
    worker = floor.worker()
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        took = []
        for _ in range(3):
            case_id = floor.begin()
            _until(floor, case_id, incident=False)
            floor.ahead += timedelta(minutes=1)
            took.append(_until(floor, case_id, incident=True) - failed[-1])
    finally:
        worker.stop()
        thread.join(PATIENCE)
    assert min(took) < AT_ONCE, took  # the least of three: the machine is shared


def test_a_step_the_engine_could_not_do_is_told_with_its_element(floor: Floor) -> None:
    floor.handlers["echo"] = Handler("echo", "回声", lambda _given, _context: Output(error="nobody_catches_this"))
    case_id = floor.begin()
    floor.work()
    floor.ahead += timedelta(minutes=1)
    floor.work()
    (incident,) = floor.incidents_of(case_id)
    assert (incident.kind, incident.times, incident.cause_element) == ("handler", 2, "check")
    assert incident.first_at
    assert incident.last_at
    assert incident.first_at < incident.last_at
