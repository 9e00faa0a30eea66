"""The part of the walk no case takes: an import, a tidying, a backup, the schema of a new database; and what must hold of them after any death."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from service.actions.tidy_up import tidy_up
from service.domain.keeping import Retention
from service.store.backup.archive import Archive
from service.store.backup.look import look
from service.store.backup.safe_file import sweep
from service.store.backup.take import take
from service.store.schema import differences, migrate, newest_revision
from tests.actions import handed_in
from tests.worker.floor import Floor, new_id


@dataclass(frozen=True)
class Upkeep:
    """``note`` is told what was acknowledged; files lie beside the ``journal`` and bear its name."""

    floor: Floor
    journal: Path
    note: Callable[[str], None]

    def take(self) -> None:
        self._import()
        self.floor.people().act("system", tidy_up, Retention(uploads=timedelta(days=3_650)))  # the walk's own stay
        migrate(
            f"sqlite:///{self.journal.with_suffix('.new.db')}"
        )  # a backup makes the schema in memory, so it comes after
        self._back_up()

    def _import(self) -> None:
        """An organisation, and on the next sheet a person who belongs to it."""
        id = new_id()[:8]
        place = handed_in.PLACE | {"id": f"o{id}", "name": f"{id}镇", "short_name": id, "code": ""}
        person = handed_in.PERSON | {"id": f"p{id}", "organisation_id": f"o{id}"}
        handed_in.imported(self.floor.people(), "sysadmin", organisations=[place], people=[person])
        self.note(f"imported {id}")

    def _back_up(self) -> None:
        path = self.journal.with_suffix(".oneseal")
        with self.floor.database.read() as tx:
            take(tx, path, revision=newest_revision(), at=self.floor.now())
        self.note(f"backed-up {path.name}")


def upkeep_holds(floor: Floor, folder: Path, told: Counter[str]) -> None:
    _imports_are_whole(floor, {line.split()[1] for line in told if line.startswith("imported ")})
    _backups_are_whole(folder, {line.split()[1] for line in told if line.startswith("backed-up ")})
    moved = list(folder.glob("*.new.db"))
    assert len(moved) > 1
    for path in moved:
        migrate(f"sqlite:///{path}")
        assert differences(f"sqlite:///{path}") == []


def _imports_are_whole(floor: Floor, acknowledged: set[str]) -> None:
    with floor.database.read() as tx:
        ask = tx.connection.execute
        places = {id[1:] for id in ask(text("SELECT id FROM organisation WHERE id LIKE 'o________'")).scalars()}
        persons = {id[1:] for id in ask(text("SELECT id FROM person WHERE id LIKE 'p________'")).scalars()}
        told = ask(text("SELECT count(*) FROM event WHERE type = 'import.applied'")).scalar_one()
    assert len(acknowledged) > 1
    assert places == persons, "one sheet of an import without the other"
    assert acknowledged <= places
    assert told == len(places)


def _backups_are_whole(folder: Path, acknowledged: set[str]) -> None:
    found = list(folder.glob("*.oneseal"))
    assert acknowledged <= {path.name for path in found}
    for path in found:
        with Archive(path) as archive:
            assert look(archive).breaks == ()
    sweep(folder)
    assert list(folder.glob(".*.partial")) == []
