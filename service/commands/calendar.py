"""``oneseal calendar``: look at a year, count a deadline, bring in a notice."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.count_workdays import CountWorkdays, count_workdays
from service.actions.look_at_calendar import CalendarYear, DayOfYear, look_at_calendar
from service.actions.parts.calendar_change import CalendarGiven, Prepared
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.commands.terminal import fail, must_be_ready, open_house, tell
from service.domain.calendar import COUNTY, SHANGHAI, DayKind
from service.domain.calendar_change import table_rows
from service.domain.counting import Move
from service.domain.holiday_notice import runs, written
from service.domain.texts import say

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 1_000_000
app = typer.Typer(help="工作日历：查看、推算、导入年度放假通知", no_args_is_help=True)
Calendar = Annotated[str, typer.Option("--organisation", help="机构编号；不给则为全县的日历")]


@app.command()
def show(
    year: Annotated[int, typer.Argument(min=1949, max=2999, help="年份")], organisation: Calendar = COUNTY
) -> None:
    """逐月列出放假、调休上班和工作日数；没有通知的年份标明暂定。"""
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            found = look_at_calendar(house.frame(tx, channel="cli"), organisation, year)
    tell(say("calendar.cli.year", year=year, note=say("calendar.cli.guess") if found.provisional else ""))
    for line in _months(found):
        tell(line)


@app.command()
def due(
    start: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="起算日，不计入")],
    workdays: Annotated[int, typer.Argument(min=0, max=2000, help="工作日数")],
    organisation: Calendar = COUNTY,
) -> None:
    """从起算日推算若干个工作日之后是哪一天。"""
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            order = CountWorkdays(start.date(), workdays, None if organisation == COUNTY else organisation)
            found = count_workdays(house.frame(tx, channel="cli"), order)
    note = say("calendar.cli.due_guess", count=len(found.guessed)) if found.provisional else ""
    tell(say("calendar.cli.due", start=written(start.date()), workdays=workdays, due=written(found.due), note=note))
    for day in found.days:
        tell(f"  {written(day)}{say('calendar.cli.day_guess') if day in found.guessed else ''}")


@app.command("import")
def bring_in(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="通知全文（.txt）或者表格（.csv：日期、类型、说明）")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不更改")] = False,
    year: Annotated[
        int | None, typer.Option(min=1949, max=2999, help="没有标题的通知是哪一年的；表格是否写全了一年")
    ] = None,
    source: Annotated[str, typer.Option(help="依据；表格必填")] = "",
    organisation: Calendar = COUNTY,
) -> None:
    """导入年度放假通知：逐句显示读懂的内容、变化的日子和移动的期限，再一次写入。有一处没读懂就不写入，退出码1。"""
    text = _read(file)
    table = table_rows(text) if file.suffix.lower() == ".csv" else ()
    given = CalendarGiven(organisation, "" if table else text, table, year=year, source=source)
    with open_house() as house:
        must_be_ready(house)
        with house.database.begin() as tx:
            frame = house.frame(tx, channel="cli")
            found = preview_calendar(frame, PreviewCalendar(given))
            if not (dry_run or found.understood.faults):
                change_calendar(frame, ChangeCalendar(given, found.digest))
    for line in _told(found):
        tell(line)
    tell(
        say(
            "calendar.cli.refused"
            if found.understood.faults
            else "calendar.cli.dry"
            if dry_run
            else "calendar.cli.done"
        )
    )
    raise typer.Exit(1 if found.understood.faults else 0)


def _read(file: Path) -> str:
    """UTF-8, or as Chinese spreadsheets save it."""
    content = file.read_bytes()
    if len(content) > LARGEST:
        fail(say("calendar.cli.too_large", file=file, limit=LARGEST))
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    fail(say("calendar.cli.no_text", file=file))
    raise AssertionError


def _months(found: CalendarYear) -> Iterator[str]:
    for month in range(1, 13):
        days = [each for each in found.days if each.day.day.month == month]
        works = sum(each.day.kind.works for each in days)
        off = _listed(days, DayKind.HOLIDAY)
        shifted = _listed(days, DayKind.SHIFTED)
        yield say("calendar.cli.month", month=f"{month:2}", works=works, off=off, shifted=shifted)


def _listed(days: list[DayOfYear], kind: DayKind) -> str:
    """``01-01至01-03（元旦）``; names where they are known."""
    found = {each.day.day: each.day.name for each in days if each.day.kind is kind}
    parts = []
    for first, last in runs(sorted(found)):
        name = f"（{found[first]}）" if found[first] else ""
        parts.append(f"{_short(first)}{name}" if first == last else f"{_short(first)}至{_short(last)}{name}")
    return say("list.comma").join(parts) or say("list.none")


def _short(day: date) -> str:
    return day.strftime("%m-%d")


def _told(found: Prepared) -> Iterator[str]:
    for sentence in found.understood.sentences:
        yield f"  {sentence.text}"
        yield f"    → {'；'.join(sentence.faults) or sentence.understood}"
    for fault in found.understood.faults:
        row = fault.where.get("row")
        yield say("calendar.cli.fault", place=say("calendar.cli.row", row=row) if row else "", message=fault.message)
    for change in found.plan.changes:
        before = say(f"calendar.kind.{change.before.value}") + (say("calendar.cli.day_guess") if change.guessed else "")
        after = say(f"calendar.kind.{change.after.value}")
        yield say("calendar.cli.change", day=written(change.day), before=before, after=after, name=change.name)
    yield from (_moved(move) for move in found.recount.moves)
    counts = {"days": found.plan.settled, "limits": len(found.recount.settled), "resting": found.resting}
    yield say("calendar.cli.counts", moves=len(found.recount.moves), **counts)


def _moved(move: Move) -> str:
    old, new = (at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") for at in (move.old, move.new))
    return say("calendar.cli.move", case=move.case_key, step=move.name, kind=say(f"move.{move.kind}"), old=old, new=new)
