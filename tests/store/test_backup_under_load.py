"""A backup is one moment of the database while everybody goes on working."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from service.store import cases, events, tasks
from service.store.backup.archive import Manifest
from service.store.session import Database
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.store.backups import Bag, restored, saved
from tests.store.together import until

STEPS = ("case.started", "task.completed")


class Crowd:
    """People in threads, each with a connection of their own, who begin cases and hand them in. ``done`` steps were acknowledged."""

    def __init__(self, url: str, size: int) -> None:
        self.url, self.done = url, 0
        self.failures: list[Exception] = []
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(size)]

    @contextmanager
    def at_work(self) -> Iterator["Crowd"]:
        for thread in self._threads:
            thread.start()
        yield self
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _work(self, n: int) -> None:
        with closing(Database(self.url)) as database:
            stage = Stage(database)
            while not self._stop.is_set():
                try:
                    self._begin_one(stage, f"批{n}")
                except Exception as error:
                    self.failures.append(error)
                    return

    def _begin_one(self, stage: Stage, batch: str) -> None:
        id = stage.start().case.id
        self._acknowledged()
        stage.do("clerk", stage.open_task(id).id, {"batch_name": batch})
        self._acknowledged()

    def _acknowledged(self) -> None:
        with self._lock:
            self.done += 1


def test_each_step_is_in_it_wholly_or_not_at_all_and_nothing_acknowledged_is_missing(
    shelf: Shelf, tmp_path: Path
) -> None:
    bag = Bag(shelf, shelf.fresh("stage", prepare))
    taken: list[tuple[int, Manifest]] = []
    with Crowd(bag.url, 3).at_work() as crowd:
        for n in range(3):
            so_far = crowd.done
            until(lambda: crowd.done > so_far + 3 or crowd.failures)  # noqa: B023
            taken.append((crowd.done, saved(bag.url, tmp_path / f"{n}.oneseal")))
    assert not crowd.failures
    for n, (acknowledged, manifest) in enumerate(taken):
        url = bag.empty(shelf)
        restored(tmp_path / f"{n}.oneseal", url)
        _must_hold(url, bag.stage, acknowledged, manifest)
    assert taken[0][1].events < taken[2][1].events
    bag.drop()


def _must_hold(url: str, stage: Stage, acknowledged: int, manifest: Manifest) -> None:
    with closing(Database(url)) as database, database.read() as tx:
        found = verify_history(tx)
        assert (found.breaks, found.events) == ((), manifest.events)
        ids = cases.all_case_ids(tx)
        assert ids
        assert all(replay_case(tx, id, bundles=stage.bundles).same for id in ids)
        waiting = {id: [task.status for task in tasks.tasks_of_case(tx, id, open_only=True)] for id in ids}
        assert all(len(open_) <= 1 for open_ in waiting.values())
        kept = [event for event in events.list_events(tx, limit=100_000).items if event.type in STEPS]
        assert len(kept) >= acknowledged, "a step that was acknowledged is missing"


@pytest.mark.parametrize("pieces", [3])
def test_what_is_written_meanwhile_waits_for_nothing(shelf: Shelf, tmp_path: Path, pieces: int) -> None:
    """The writers get on between the first and the last table of a backup."""
    bag = Bag(shelf, shelf.fresh("stage", prepare))
    with Crowd(bag.url, 2).at_work() as crowd, closing(Database(bag.url)) as database, database.read() as tx:
        first = cases.all_case_ids(tx)
        for _ in range(pieces):
            so_far = crowd.done
            until(lambda: crowd.done > so_far or crowd.failures)  # noqa: B023
        assert cases.all_case_ids(tx) == first, "the view stays that of its first look"
    assert not crowd.failures
    bag.drop()
