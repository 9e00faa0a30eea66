"""``oneseal``: the command of the house. Wiring only; what it prints is Chinese, what it logs is not.

Larger groups of commands stand in ``service/commands/``, one file each, and are named here.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from service import running, touring
from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from service.commands import accounts, calendar, sheets
from service.commands.backup import backup
from service.commands.restore import restore
from service.commands.start_check import check_start
from service.commands.terminal import fail, must_be_ready, must_keep_time, open_house, out, settings_given, tell
from service.commands.tidy import tidy
from service.commands.upgrade import upgrade
from service.domain.errors import DiagramRefused, OneSealError
from service.domain.texts import say
from service.shipping import deploy_files, deploy_shipped, read_files
from service.store import cases
from service.store.session import Transaction
from service.wiring import House

app = typer.Typer(
    name="oneseal", help="OneSeal 一章通", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.command()(accounts.init)
app.add_typer(accounts.account, name="account")
app.add_typer(calendar.app, name="calendar")
for more in (backup, restore, upgrade, tidy, check_start):
    app.command()(more)

sheets.add_to(app)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址；不给则用 ONESEAL_HOST")] = "",
    port: Annotated[int, typer.Option(min=-1, max=65535, help="端口，0为任选空闲端口；-1则用 ONESEAL_PORT")] = -1,
) -> None:
    """启动服务（含内置作业处理）。先运行 migrate。"""
    with open_house() as house:
        must_be_ready(house)
        must_keep_time(house)
        running.serve(house, host=host or house.settings.host, port=house.settings.port if port < 0 else port)


@app.command()
def worker(name: Annotated[str, typer.Option(help="在日志和租约中的名称；不给则自动取")] = "") -> None:
    """单独启动一个作业处理进程；PostgreSQL 上可以启动任意多个。"""
    with open_house() as house:
        must_be_ready(house)
        must_keep_time(house)
        runner = house.worker(name)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: runner.stop())
        runner.run()


@app.command()
def migrate() -> None:
    """把数据库结构升级到本程序的版本；比本程序新的数据库拒绝打开。"""
    with open_house() as house:
        tell(say("cli.migrated", revision=house.migrate()))


@app.command()
def deploy(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="一个流程包的流程图、判定表和表单")
    ] = None,
    note: Annotated[str, typer.Option(help="部署说明，写入历史")] = "",
    force: Annotated[bool, typer.Option("--force", help="不给文件时：由人员部署的版本也以随附文件取代")] = False,
) -> None:
    """部署流程包：给出文件，或不给文件而部署 bpmn/bundles.toml 所列的全部。"""
    with open_house() as house:
        must_be_ready(house)
        contents = read_files(house.settings.bpmn, files or ())
        made = (deploy_files(house, contents, note),) if contents else deploy_shipped(house, note, force=force)
        for each in made:
            key, found = "cli.deployed" if each.new else "cli.unchanged", each.definition
            tell(say(key, name=found.name, process=found.process_key, version=found.version))


@app.command()
def verify() -> None:
    """校验全部历史链；有断裂的逐条指出，退出码1。"""
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            found = verify_history(tx)
    for broken in found.breaks:
        tell(say("cli.broken", chain=broken.chain, seq=broken.seq, what=say(f"break.{broken.what}")))
    key = "cli.verify_failed" if found.breaks else "cli.verified"
    tell(say(key, chains=found.chains, events=found.events, breaks=len(found.breaks)))
    raise typer.Exit(1 if found.breaks else 0)


@app.command()
def replay(
    case: Annotated[str, typer.Argument(help="案件编号（id）或案件号")] = "",
    every: Annotated[bool, typer.Option("--all", help="全部案件")] = False,
) -> None:
    """由历史重放案件，与数据库中的状态逐字节比较；不一致的退出码1。"""
    if bool(case) == every:
        raise typer.BadParameter(say("cli.replay_what"))
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            ids = cases.all_case_ids(tx) if every else [cases.id_by_key(tx, case) or case]
            wrong = sum(not _replayed(house, tx, id, quiet=every) for id in ids)
    if every:
        tell(say("cli.replayed_all", count=len(ids), wrong=wrong))
    raise typer.Exit(1 if wrong else 0)


def _replayed(house: House, tx: Transaction, id: str, *, quiet: bool) -> bool:
    """Whether the case is the same again; ``quiet``: only what differs is told."""
    found = replay_case(tx, id, bundles=house.bundles)
    if not quiet or not found.same:
        key = "cli.replayed" if found.same else "cli.replay_differs"
        tell(say(key, case=id, steps=found.steps, event=found.wrong_at, why=found.why))
    return found.same


@app.command()
def demo() -> None:
    """演示：示例县数据、内置数据库、一个案件从头办到尾，然后服务继续运行。"""
    with open_house(demo=True, log_level="warning") as house:
        touring.prepare(house)
        running.serve(
            house,
            host=house.settings.host,
            port=house.settings.port,
            on_start=lambda url: touring.show(url, house, out),
        )


@app.command()
def tour() -> None:
    """全速演示主流程并退出：每一步都办成、每项预期都成立才返回0。"""
    given = "ONESEAL_DATABASE_URL" in os.environ
    raise typer.Exit(0 if touring.run_tour(settings_given(demo=True), keep=given, console=out) else 1)


@app.command()
def openapi() -> None:
    """打印接口说明（OpenAPI）。"""
    from service.main import create_app  # see running

    with open_house() as house:
        sys.stdout.write(json.dumps(create_app(house).openapi(), ensure_ascii=False, indent=2) + "\n")


def main() -> None:
    """The console script: errors of ours become one sentence and exit code 2, never a stack."""
    try:
        app()
    except DiagramRefused as error:
        for fault in error.faults:
            where = fault.where
            tell(
                f"{where.get('file')}:{where.get('line')}:{where.get('column')} {where.get('element')} {fault.message}"
            )
        fail(str(error))
    except OneSealError as error:
        fail(str(error))
