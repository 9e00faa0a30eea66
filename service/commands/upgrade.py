"""``oneseal upgrade``: a new program's schema under live cases. What it would do is tried first; what it does counts only if all holds."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from service.actions.note_keeping import NoteKeeping, note_keeping
from service.commands.backup import place_for, revision_of, take_backup
from service.commands.checking import Checked, check_all
from service.commands.terminal import open_house, tell
from service.domain.errors import Conflict
from service.domain.texts import say
from service.store import cases
from service.store.backup.copying import copy_of
from service.store.schema import Step, moving, newest_revision, steps_after
from service.wiring import House

MIB = 1 << 20
PATIENCE = 5.0  # seconds a trial on a served database waits for a table


@dataclass(frozen=True, slots=True)
class Plan:
    """``size`` and ``free`` in bytes: of the database, and where the backup goes."""

    current: str
    steps: tuple[Step, ...]
    live: int
    size: int
    free: int
    folder: Path

    @property
    def fits(self) -> bool:
        return self.free > self.size


def upgrade(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明和试做，不改变任何数据")] = False,
    to: Annotated[str, typer.Option("--backup", help="升级前备份到的文件或目录；不给则用 ONESEAL_BACKUPS")] = "",
    no_backup: Annotated[bool, typer.Option("--no-backup", help="升级前不备份")] = False,
    while_serving: Annotated[bool, typer.Option("--while-serving", help="仍有其他进程使用数据库时也升级")] = False,
    sample: Annotated[int, typer.Option(min=0, help="升级后重放多少个在办案件")] = 50,
) -> None:
    """升级数据库结构：先备份，再升级，校验历史并重放在办案件；有不能继续办理的案件则全部撤回。"""
    with open_house() as house:
        plan = _plan(house, to)
        _tell_plan(plan)
        if not plan.steps:
            raise typer.Exit(_look(house, sample))
        if dry_run:
            raise typer.Exit(_try(house, sample))
        others = [] if while_serving else house.database.others()
        if others:
            raise Conflict("upgrade.in_use", names="、".join(others))
        if not no_backup:
            _back_up(house, plan, to)
        checked = _do(house, plan, sample)
        checked.tell()
        tell(say("upgrade.done", current=plan.current, newest=newest_revision()))
    raise typer.Exit(0 if checked.good else 1)


def _plan(house: House, to: str) -> Plan:
    current = revision_of(house)
    steps = tuple(steps_after(current))
    with house.database.read() as tx:
        live = len(cases.live_case_ids(tx))
    folder = place_for(house, to).absolute().parent
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    free = shutil.disk_usage(there).free
    return Plan(current, steps, live, size=house.database.size(), free=free, folder=folder)


def _tell_plan(plan: Plan) -> None:
    if not plan.steps:
        tell(say("upgrade.newest", current=plan.current))
        return
    tell(say("upgrade.plan", current=plan.current, newest=newest_revision(), count=len(plan.steps), live=plan.live))
    for step in plan.steps:
        tell(say("upgrade.step", revision=step.revision, title=step.title))
    room = say("upgrade.room", size=f"{plan.size / MIB:.0f}", free=f"{plan.free / MIB:.0f}", folder=plan.folder)
    tell(room + ("" if plan.fits else say("upgrade.no_room")))


def _look(house: House, sample: int) -> int:
    """A newer program may read states otherwise though no table is otherwise."""
    with house.database.read() as tx:
        checked = check_all(tx, house.bundles, replayed=sample)
    checked.tell()
    if not checked.goes_on:
        raise Conflict("upgrade.cannot", count=len(checked.states.unreadable) + len(checked.differing))
    return 0 if checked.good else 1


def _try(house: House, sample: int) -> int:
    """The whole way, kept nowhere."""
    with _trial(house) as url, moving(url, keep=False, patience=PATIENCE) as schema:
        schema.to()
        checked = check_all(schema.tx, house.bundles, replayed=sample)
    checked.tell()
    tell(say("upgrade.tried_well" if checked.goes_on else "upgrade.tried_badly"))
    return 0 if checked.good else 1


@contextmanager
def _trial(house: House) -> Iterator[str]:
    """What to try it on: a copy of the file, or the database itself, whose transaction is rolled back."""
    path = house.settings.sqlite_path
    if path is None:
        yield house.settings.database_url
        return
    with tempfile.TemporaryDirectory(prefix=".oneseal-trial-", dir=path.absolute().parent) as folder:
        yield f"sqlite:///{copy_of(path, Path(folder) / path.name)}"


def _back_up(house: House, plan: Plan, to: str) -> None:
    take_backup(house, place_for(house, to, name=f"before-upgrade-of-{plan.current}"))


def _do(house: House, plan: Plan, sample: int) -> Checked:
    """One transaction: the schema, the look at every case, and the event that tells of it. Conflict when a case could not go on."""
    with moving(house.settings.database_url) as schema:
        schema.to()
        checked = check_all(schema.tx, house.bundles, replayed=sample)
        if not checked.goes_on:
            checked.tell()
            raise Conflict("upgrade.undone", count=len(checked.states.unreadable) + len(checked.differing))
        facts = {"from": plan.current, "to": newest_revision(), "live": plan.live, "replayed": checked.replays}
        note_keeping(house.frame(schema.tx, channel="cli"), NoteKeeping("schema.upgraded", facts))
    return checked
