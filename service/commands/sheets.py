"""Sheets on the console, to set up a county: a template, an import with every fault told, an export. Sealed with the channel cli."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from service.actions.confirm_import import ConfirmImport, confirm_import
from service.actions.frame import Frame
from service.actions.look_at_import import look_at_faults
from service.actions.look_at_sheets import kinds_named, look_at_offers, look_at_sheets
from service.actions.preview_import import PreviewImport, preview_import
from service.commands.terminal import must_be_ready, open_house, tell
from service.domain.errors import NotFound
from service.domain.people import SYSTEM, Actor
from service.domain.sheets.batch import Batch
from service.domain.sheets.columns import Fault
from service.domain.sheets.describing import sentence
from service.domain.sheets.kinds import BY_ID
from service.domain.sheets.plan import State
from service.domain.texts import say
from service.sheets.marking import marked_copy
from service.sheets.reading import read_book
from service.sheets.tables import export, template
from service.store import people
from service.store.session import Transaction
from service.wiring import House

Kinds = Annotated[str, typer.Argument(help="哪些表：organisations、people、posts 等，以逗号分隔，或 all")]
Target = Annotated[Path, typer.Argument(dir_okay=False, help="写到哪个.xlsx文件")]
As = Annotated[str, typer.Option("--as", help="以此登录名的人员办理，按其权限；不给则由系统办理")]


def add_to(app: typer.Typer) -> None:
    """The three commands."""
    app.command("import")(import_file)
    app.command("export")(export_file)
    app.command("template")(template_file)


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="填好的.xlsx文件")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不导入")] = False,
    login: As = "",
    marked: Annotated[Path | None, typer.Option(help="有错误时，把标出错误的副本写到这个文件")] = None,
) -> None:
    """导入机构、人员等表格：全部正确才导入，有一处错误就一行也不导入，退出码1。"""
    with open_house() as house:
        must_be_ready(house)
        content = file.read_bytes()
        order = PreviewImport(file.name, content, read_book(content))
        with house.database.begin() as tx:
            frame = _frame(house, tx, login)
            batch = preview_import(frame, order)
            faults = look_at_faults(frame, batch.id).faults
            _show(batch, faults)
            if faults and marked:
                marked.write_bytes(marked_copy(order.book, faults))
            if faults or dry_run:
                tell(say("cli.import_refused" if faults else "cli.import_tried", count=len(faults)))
                raise typer.Exit(1 if faults else 0)  # takes the preview back too
            confirm_import(frame, ConfirmImport(batch.id))
        tell(say("cli.imported", file=file.name))


def export_file(kinds: Kinds, file: Target, login: As = "") -> None:
    """把机构、人员等导出为.xlsx，与模板同样的列，可以再导入。"""
    with open_house() as house:
        must_be_ready(house)
        wanted = kinds_named(kinds)
        with house.database.read() as tx:
            rows = look_at_sheets(_frame(house, tx, login), wanted)
        file.write_bytes(export(wanted, rows))
        count = sum(len(rows[kind.id]) for kind in wanted)
        tell(say("cli.exported", count=count, file=file))


def template_file(kinds: Kinds, file: Target) -> None:
    """写出待填写的模板，带填表说明、下拉框和示例行。"""
    with open_house() as house:
        must_be_ready(house)
        wanted = kinds_named(kinds)
        with house.database.read() as tx:
            offers = look_at_offers(_frame(house, tx, ""), wanted)
        file.write_bytes(template(wanted, offers))
        tell(say("cli.template_written", file=file))


def _frame(house: House, tx: Transaction, login: str) -> Frame:
    return house.frame(tx, _actor(tx, login), channel="cli")


def _actor(tx: Transaction, login: str) -> Actor:
    found = people.actor(tx, login) if login else SYSTEM
    if found is None:
        raise NotFound("cli.nobody", login=login)
    return found


def _show(batch: Batch, faults: Sequence[Fault]) -> None:
    for note in batch.notes:
        tell(note)
    for fault in faults:
        tell(sentence(fault))
    for kind in batch.kinds:
        counts = {state.value: batch.counts[kind][state.value] for state in State}
        tell(say("cli.import_counts", title=BY_ID[kind].title, **counts))
