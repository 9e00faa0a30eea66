"""What a process is made of, put together once: database, compiled bundles, clock, handlers. Wiring only, no rules."""

import os
import threading
import time
from dataclasses import dataclass, field

from handlers import HANDLERS

from service.actions.frame import Frame
from service.actions.parts.bundles import BundleCache
from service.clock import Clock
from service.domain.calendar import WorkCalendar
from service.domain.errors import Conflict
from service.domain.people import SYSTEM, Actor
from service.domain.texts import say
from service.settings import Settings
from service.store import jobs
from service.store.calendars import calendars_mark, hold_calendars, load_calendars
from service.store.schema import migrate, newest_revision
from service.store.session import Database, Transaction
from service.uploads import problems_apart
from service.worker.loop import Worker


def new_id() -> str:
    """32 hex digits in the layout of a version 7 UUID: time first, so that new rows lie side by side in an index."""
    stamp = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    return f"{stamp << 80 | 0x7 << 76 | (chance >> 64 & 0xFFF) << 64 | 0x2 << 62 | chance & (1 << 62) - 1:032x}"


@dataclass
class House:
    """One process. ``frame`` gives an action its surroundings."""

    settings: Settings
    database: Database
    clock: Clock
    bundles: BundleCache = field(default_factory=lambda: BundleCache(HANDLERS, first=problems_apart))
    _calendar: WorkCalendar = field(default_factory=WorkCalendar)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def frame(self, tx: Transaction, actor: Actor = SYSTEM, *, channel: str) -> Frame:
        """The surroundings of one transaction. Until it ends no calendar changes, so its deadlines are of one calendar."""
        hold_calendars(tx)
        return Frame(
            tx=tx, actor=actor, now=self.clock.now(tx), new_id=new_id, bundles=self.bundles,
            calendar=self.calendar(tx), clock=self.clock.mark(tx), channel=channel, handlers=HANDLERS,
        )  # fmt: skip

    def calendar(self, tx: Transaction) -> WorkCalendar:
        """The working days, read again when any process has changed them: their mark is asked in every transaction."""
        mark = calendars_mark(tx)
        with self._lock:
            known = self._calendar
        if known.mark == mark:
            return known
        found = load_calendars(tx)
        with self._lock:
            self._calendar = found
        return found

    def worker(self, name: str = "") -> Worker:
        keep = self.settings.retention
        return Worker(self.database, lambda tx: self.frame(tx, channel="worker"), HANDLERS, name=name, keep=keep)

    def forget_leases(self, name: str) -> None:
        """On the embedded database this service is alone, so what its former life held when it was killed is nobody's."""
        if self.database.dialect == "sqlite":
            with self.database.begin() as tx:
                jobs.free_leases(tx, owner=name)

    def ready(self) -> str:
        """Empty when requests can be served, else why not. Looking makes no file."""
        path = self.settings.sqlite_path
        if path and not path.is_file():
            return say("ready.no_file", path=path.absolute())
        self.database.ping()
        found, needed = self.database.schema_revision(), newest_revision()
        return "" if found == needed else say("ready.schema", found=found or say("list.none"), needed=needed)

    def migrate(self) -> str:
        """Bring the database to this program's schema, and make the folder of an embedded one; answers the revision."""
        path = self.settings.sqlite_path
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Conflict("ready.no_folder", path=path, why=error.strerror) from error
        self.database.ping()
        return migrate(self.database.url)

    def close(self) -> None:
        self.database.close()


def build(settings: Settings) -> House:
    """The house of these settings. Nothing is opened yet."""
    return House(settings, Database(settings.database_url, pool_size=settings.pool_size), Clock(demo=settings.demo))
