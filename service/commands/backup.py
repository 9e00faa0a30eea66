"""``oneseal backup``: everything into one file while everybody works on; ``--check`` looks into one without a database."""

from pathlib import Path
from typing import Annotated

import typer

from service.actions.note_keeping import NoteKeeping, note_keeping
from service.clock import machine_time
from service.commands.terminal import fail, open_house, tell
from service.domain.calendar import SHANGHAI
from service.domain.errors import Conflict
from service.domain.texts import say
from service.store.backup.archive import Archive, Manifest
from service.store.backup.look import Looked, look
from service.store.backup.take import take
from service.store.schema import newest_revision
from service.wiring import House

ENDING = ".oneseal"
MIB = 1 << 20


def backup(
    to: Annotated[
        str, typer.Argument(help="备份文件，或放备份的目录；不给则用 ONESEAL_BACKUPS", metavar="FILE|FOLDER")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="不做备份，只检查给出的备份文件；不需要数据库")] = False,
    keep: Annotated[int, typer.Option(min=0, help="目录中只留最新的几份（0为全部保留）")] = 0,
) -> None:
    """整库备份为一个文件（办理不必停），随后立即检查；历史有断裂的退出码1。"""
    if check:
        raise typer.Exit(_told(_looked(Path(to))))
    with open_house() as house:
        path = place_for(house, to)
        code = _told(take_backup(house, path))
        if keep:
            _drop_oldest(path, keep)
    raise typer.Exit(code)


def take_backup(house: House, path: Path) -> Looked:
    """Written, told to the history, and looked into. Also of an older schema: then the history is told by the upgrade."""
    revision = revision_of(house)
    must_have_folder(house, path)
    with house.database.read() as tx:
        _, digest = take(tx, path, revision=revision, at=machine_time())
    found = _looked(path)
    if revision == newest_revision():
        facts = {"sha256": digest, "file": path.name, "revision": revision, "events": found.manifest.events}
        with house.database.begin() as tx:
            note_keeping(house.frame(tx, channel="cli"), NoteKeeping("backup.taken", facts))
    return found


def revision_of(house: House) -> str:
    """Fails, like ``ready``, where there is no database to keep; looking makes no file."""
    path = house.settings.sqlite_path
    if path and not path.is_file():
        fail(say("cli.not_ready", why=say("ready.no_file", path=path.absolute())))
    house.database.ping()
    found = house.database.schema_revision()
    if found is None:
        fail(say("cli.not_ready", why=say("ready.schema", found=say("list.none"), needed=newest_revision())))
    assert found
    return found


def place_for(house: House, to: str, *, name: str = "oneseal") -> Path:
    """A file as it is named; in a folder, a name with the Shanghai time. Nothing is made yet."""
    path = Path(to) if to else house.settings.backups
    if to and path.suffix and not (path.is_dir() or to.endswith("/")):
        return path
    return path / f"{name}-{machine_time().astimezone(SHANGHAI):%Y%m%d-%H%M%S}{ENDING}"


def must_have_folder(house: House, path: Path) -> None:
    """Only the folder of the settings is made. One that was named must be there: a drive that is not mounted is no place to make one."""
    folder = house.settings.backups
    if path.parent != folder:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Conflict("backup.not_written", path=path, why=error.strerror) from error


def described(manifest: Manifest) -> str:
    """When it was taken, of what, and how much is in it."""
    taken = manifest.taken_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    tables = {part.table: part.rows for part in manifest.parts}
    return say(
        "backup.holds", taken=taken, database=manifest.database, revision=manifest.revision, cases=tables.get("case_", 0),
        events=manifest.events, chains=manifest.chains, rows=manifest.rows,
    )  # fmt: skip


def _looked(path: Path) -> Looked:
    with Archive(path) as archive:
        found = look(archive)
    size = path.stat().st_size / MIB
    tell(say("backup.whole", path=path, size=f"{size:.1f}", digest=found.digest))
    tell(described(found.manifest))
    return found


def _told(found: Looked) -> int:
    """The exit code, after what is to be said of the history."""
    for broken in found.breaks:
        tell(say("cli.broken", chain=broken.chain, seq=broken.seq, what=say(f"break.{broken.what}")))
    if found.breaks:
        tell(say("backup.breaks", breaks=len(found.breaks)))
    return 1 if found.breaks else 0


def _drop_oldest(newest: Path, keep: int) -> None:
    """Only of our own names in its folder; never the one just made, and never those an upgrade made."""
    stamp, ours = "[0-9]" * 8 + "-" + "[0-9]" * 6, sorted(newest.parent.glob(f"oneseal-*{ENDING}"))
    of_us = [path for path in ours if path.match(f"oneseal-{stamp}{ENDING}")]
    if newest not in of_us:
        return
    for path in of_us[:-keep]:
        path.unlink()
        tell(say("backup.dropped", path=path))
