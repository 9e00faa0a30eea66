"""``oneseal restore``: a database from a backup, checked before it counts; whoever was signed in signs in anew."""

from pathlib import Path
from typing import Annotated

import typer

from service.actions.end_all_sessions import EndAllSessions, Ended, end_all_sessions
from service.actions.note_keeping import NoteKeeping, note_keeping
from service.clock import machine_time
from service.commands.backup import described
from service.commands.checking import Checked, check_all
from service.commands.terminal import open_house, tell
from service.domain.texts import say
from service.store.backup.archive import Archive
from service.store.backup.bring_back import bring_back
from service.store.schema import newest_revision
from service.touring import described as database_of


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件", metavar="FILE")],
    replace: Annotated[
        str, typer.Option(help="数据库不是空的：以此处写出的数据库名为准予取代，原有数据改名保留", metavar="NAME")
    ] = "",
    replay: Annotated[bool, typer.Option("--replay", help="并由历史重放全部案件")] = False,
    end_sessions: Annotated[
        bool, typer.Option("--end-sessions/--keep-sessions", help="结束备份中的全部登录会话")
    ] = True,
    end_tokens: Annotated[bool, typer.Option("--end-tokens/--keep-tokens", help="作废备份中的全部接口令牌")] = True,
) -> None:
    """由备份恢复到空的数据库，校验全部历史链；历史有断裂或重放不一致的退出码1。"""
    with Archive(file) as archive, open_house() as house:
        tell(described(archive.manifest))
        with bring_back(archive, house.settings.database_url, replace=replace, now=machine_time()) as tx:
            frame = house.frame(tx, channel="cli")
            ended = end_all_sessions(frame, EndAllSessions(end_sessions, end_tokens))
            note_keeping(frame, NoteKeeping("data.restored", _facts(archive, ended)))
            checked = check_all(tx, house.bundles, replayed=None if replay else 0)
        tell(say("restore.done", database=database_of(house.settings), revision=newest_revision()))
        tell(say("restore.ended", sessions=ended.sessions, tokens=ended.tokens))
    raise typer.Exit(_told(checked))


def _facts(archive: Archive, ended: Ended) -> dict[str, str | int]:
    manifest = archive.manifest
    return {
        "sha256": archive.digest, "taken_at": manifest.taken_at.isoformat(), "revision": manifest.revision,
        "events": manifest.events, "sessions_ended": ended.sessions, "tokens_ended": ended.tokens,
    }  # fmt: skip


def _told(checked: Checked) -> int:
    checked.tell()
    return 0 if checked.good else 1
