"""``oneseal check-start``: what is missing before the first case can be begun and brought to its end."""

import typer

from service.actions.check_states import check_states
from service.actions.look_at_readiness import look_at_readiness
from service.commands.terminal import must_be_ready, open_house, tell
from service.domain.readiness import State, is_ready
from service.domain.texts import say


def check_start() -> None:
    """开局检查：列出开办第一个案件还缺少什么；有缺少的退出码1。不改变任何数据。"""
    with open_house() as house:
        must_be_ready(house)
        with house.database.read() as tx:
            checks = look_at_readiness(house.frame(tx, channel="cli"))
            states = check_states(tx, bundles=house.bundles)
    for check in checks:
        tell(f"[{say(f'readiness.state.{check.state}')}] {say(f'readiness.check.{check.key}')}  {check.told}".rstrip())
        for finding in check.findings:
            tell(f"    {say(f'readiness.state.{finding.state}')}：{finding.sentence}")
    for bad in states.unreadable:
        tell(say("check.unreadable", case=bad.case_id, why=bad.why))
    if is_ready(checks) and not states.unreadable:
        tell(say("cli.check.ready"))
    else:
        tell(
            say(
                "cli.check.not_ready",
                count=sum(check.state is State.LACKING for check in checks) + bool(states.unreadable),
            )
        )
        raise typer.Exit(1)
