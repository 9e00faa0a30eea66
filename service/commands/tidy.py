"""``oneseal tidy``: what the settings let go, now instead of in the next hour; ``--dry-run`` says how much it would be."""

from dataclasses import asdict, fields
from typing import Annotated

import typer

from service.actions.tidy_up import tidy_up
from service.commands.terminal import must_be_ready, open_house, tell
from service.domain.keeping import Tidied
from service.domain.texts import say
from service.wiring import House


def tidy(dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会删多少，不删")] = False) -> None:
    """按保存期限清理：旧应答、过期会话、旧通知、无人使用的上传文件。历史和业务记录从不删除。"""
    with open_house() as house:
        must_be_ready(house)
        keep = house.settings
        tell(
            say(
                "tidy.spans", answers=keep.keep_answers_days, sessions=keep.keep_sessions_days,
                failures=keep.keep_failures_days, notices=keep.keep_notices_days, uploads=keep.keep_uploads_days,
            )
        )  # fmt: skip
        done = _rehearsed(house) if dry_run else _done(house)
        tell(say("tidy.would" if dry_run else "tidy.done", **asdict(done)))


def _rehearsed(house: House) -> Tidied:
    """Everything, in one transaction that is not kept."""
    with house.database.rehearse() as tx:
        frame, found = house.frame(tx, channel="cli"), Tidied()
        while (more := tidy_up(frame, house.settings.retention)).rows:
            found = _sum(found, more)
    return found


def _done(house: House) -> Tidied:
    found, more = Tidied(), Tidied(answers=1)
    while more.rows:
        with house.database.begin() as tx:
            more = tidy_up(house.frame(tx, channel="cli"), house.settings.retention)
        found = _sum(found, more)
    return found


def _sum(one: Tidied, other: Tidied) -> Tidied:
    return Tidied(**{f.name: getattr(one, f.name) + getattr(other, f.name) for f in fields(Tidied)})
