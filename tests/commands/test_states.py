"""A case whose state this program cannot read is named before anybody serves with it, though every table is as it should be."""

from contextlib import closing

import pytest
from sqlalchemy import text

from service.store.session import Database
from tests.commands.service import run
from tests.story import Story

pytestmark = pytest.mark.road


def test_upgrade_and_check_start_name_the_case_and_nothing_is_changed(embedded_url: str) -> None:
    with Story(embedded_url) as story:
        story.begins("huotian-clerk", township="huotian")
        case = story.case
    fine = run(embedded_url, "upgrade")
    assert (fine.returncode, "无须升级" in fine.stdout) == (0, True), fine.stdout + fine.stderr
    assert "重放1个案件，0个不一致" in fine.stdout
    assert case not in run(embedded_url, "check-start").stdout
    with closing(Database(embedded_url)) as database, database.begin() as tx:
        newer = {"id": case, "state": b'{"v":99}'}
        tx.connection.execute(text("UPDATE case_ SET state = :state WHERE id = :id"), newer)
    refused = run(embedded_url, "upgrade")
    assert (refused.returncode, "不能由本程序继续办理" in refused.stderr) == (2, True), refused.stdout + refused.stderr
    checked = run(embedded_url, "check-start")
    assert checked.returncode == 1
    for told in (refused.stdout, checked.stdout):
        assert f"{case}" in told
        assert "格式版本是99，本程序只认识1" in told
