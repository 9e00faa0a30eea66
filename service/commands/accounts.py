"""``oneseal init`` and ``oneseal account``: the first administrators of a county, and the way back in for who has the server's console.

One-time passwords are printed once, to whoever stands here; nothing keeps or logs them.
"""

import sys
from collections.abc import Callable
from typing import Annotated, NamedTuple

import typer

from service.actions.open_county import FirstAdministrator, OpenCounty, open_county
from service.actions.reset_password import ResetPassword, reset_password
from service.actions.reset_second_factor import ResetSecondFactor, reset_second_factor
from service.api.passwords import hash_password, one_time_password
from service.commands.terminal import fail, must_be_ready, open_house, tell
from service.domain.accounts import ONE_TIME_LASTS
from service.domain.calendar import SHANGHAI
from service.domain.errors import Invalid, NotFound
from service.domain.people import Organisation, OrgKind, Role
from service.domain.texts import say
from service.seeding import calendar_source
from service.store import accounts, second_factors
from service.store.accounts import AccountRow
from service.store.session import Transaction
from service.wiring import House

account = typer.Typer(no_args_is_help=True, help="账号：列出；在服务器控制台上紧急重置密码。")
MOST = 200

Name = Annotated[str, typer.Option(help="县人民政府全称，如 某县人民政府")]
ShortName = Annotated[str, typer.Option(help="简称，如 某县")]
Code = Annotated[str, typer.Option(help="行政区划代码6位（可不填）")]
Id = Annotated[str, typer.Option(help="县机构编号，小写字母、数字、横线")]
SystemName = Annotated[str, typer.Option(help="系统管理员姓名")]
SecurityName = Annotated[str, typer.Option(help="安全管理员姓名")]
AuditName = Annotated[str, typer.Option(help="审计管理员姓名")]
SystemLogin = Annotated[str, typer.Option(help="系统管理员登录名")]
SecurityLogin = Annotated[str, typer.Option(help="安全管理员登录名")]
AuditLogin = Annotated[str, typer.Option(help="审计管理员登录名")]


class Chosen(NamedTuple):
    """Somebody who becomes one of the three."""

    role: Role
    login: str
    name: str


def init(
    name: Name = "", short_name: ShortName = "", code: Code = "", id: Id = "county",
    sysadmin_name: SystemName = "", secadmin_name: SecurityName = "", auditadmin_name: AuditName = "",
    sysadmin_login: SystemLogin = "sysadmin", secadmin_login: SecurityLogin = "secadmin",
    auditadmin_login: AuditLogin = "auditadmin",
) -> None:  # fmt: skip
    """初始化空数据库：升级结构，建立县机构和系统、安全、审计三名管理员，显示一次性密码。缺少的内容在终端上询问。"""
    asked = {
        "name": name, "short_name": short_name, "sysadmin_name": sysadmin_name, "secadmin_name": secadmin_name,
        "auditadmin_name": auditadmin_name,
    }  # fmt: skip
    given = _complete(asked)
    chosen = (
        Chosen(Role.SYSTEM_ADMIN, sysadmin_login, given["sysadmin_name"]),
        Chosen(Role.SECURITY_ADMIN, secadmin_login, given["secadmin_name"]),
        Chosen(Role.AUDIT_ADMIN, auditadmin_login, given["auditadmin_name"]),
    )
    with open_house() as house:
        tell(say("cli.migrated", revision=house.migrate()))
        county = Organisation(id, given["name"], given["short_name"], OrgKind.COUNTY, code=code)
        _told(lambda: _open(house, county, chosen))


@account.command("list")
def list_accounts() -> None:
    """列出全部账号：登录名、姓名、角色或岗位数、状态、最近登录。"""
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            for row in _all(tx):
                tell(_line(row))


@account.command("reset")
def reset(
    login: Annotated[str, typer.Argument(help="登录名")],
    second_factor: Annotated[bool, typer.Option("--second-factor", help="同时取消动态口令（手机丢失）")] = False,
) -> None:
    """紧急重置密码：显示一个一次性密码，解除锁定，结束其全部登录。记入历史（渠道 cli）。"""
    password = one_time_password()
    with open_house() as house:
        must_be_ready(house)
        hashed = hash_password(password)
        with house.database.begin() as tx:
            found = accounts.account_of_login(tx, login)
            if found is None:
                raise NotFound("account.unknown", id=login)
            frame = house.frame(tx, channel="cli")
            if second_factor and second_factors.factor_of(tx, found.person_id):
                reset_second_factor(frame, ResetSecondFactor(found.person_id))
            row = reset_password(frame, ResetPassword(found.person_id, hashed)).row
    tell(say("cli.reset", name=row.name, login=login, days=ONE_TIME_LASTS.days))
    tell(f"  {login}  {password}")


def _complete(asked: dict[str, str]) -> dict[str, str]:
    """What was not given is asked for where somebody sits at a terminal, else named and refused."""
    missing = [key for key, value in asked.items() if not value.strip()]
    if missing and not sys.stdin.isatty():
        fail(say("cli.init_missing", options=" ".join(f"--{key.replace('_', '-')}" for key in missing)))
    return {key: value if value.strip() else str(typer.prompt(say(f"cli.init.{key}"))) for key, value in asked.items()}


def _open(house: House, county: Organisation, chosen: tuple[Chosen, ...]) -> None:
    made = [(each, one_time_password()) for each in chosen]
    first = tuple(FirstAdministrator(c.role, c.login, c.name, hash_password(password)) for c, password in made)
    order = OpenCounty(county.id, county.name, county.short_name, county.code, first)
    with house.database.begin() as tx:
        open_county(house.frame(tx, channel="cli"), order)
    tell(say("cli.opened", name=county.name, source=calendar_source()))
    tell(say("cli.one_time", days=ONE_TIME_LASTS.days))
    for each, password in made:
        tell(f"  {say(f'role.{each.role.value}')}  {each.name.strip()}  {each.login}  {password}")
    tell(say("cli.next"))


def _told(act: Callable[[], None]) -> None:
    """Every fault on a line of its own before the sentence that refuses."""
    try:
        act()
    except Invalid as error:
        for fault in error.faults:
            tell(fault.message)
        raise


def _all(tx: Transaction) -> list[AccountRow]:
    found, after = list[AccountRow](), None
    while True:
        page = accounts.list_rows(tx, after=after, limit=MOST)
        found += page.items
        if not page.next:
            return found
        after = page.next


def _line(row: AccountRow) -> str:
    seen = row.account.last_sign_in_at
    return "  ".join([
        row.account.login, row.name, say(f"role.{row.role.value}") if row.role else say("cli.officer"),
        say(f"account.state.{row.state.value}"),
        seen.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if seen else say("cli.never_signed_in"),
    ])  # fmt: skip
