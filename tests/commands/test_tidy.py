"""``oneseal tidy``: says what it would delete, then deletes just that."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from service.store import sessions
from service.store.session import Database
from service.store.sessions import Session
from tests.commands.service import run

pytestmark = pytest.mark.road
SESSIONS = "SELECT count(*) FROM session"


def _count(url: str) -> int:
    with closing(Database(url)) as database, database.read() as tx:
        return int(tx.connection.execute(text(SESSIONS)).scalar_one())


def test_it_says_first_and_does_the_same_then(county_url: str) -> None:
    old = datetime.now(UTC) - timedelta(days=40)
    with closing(Database(county_url)) as database, database.begin() as tx:
        for n in range(3):
            sessions.add_session(tx, Session(f"{n}", f"{n}", "huotian-clerk", old, old, old, old))
    said = run(county_url, "tidy", "--dry-run")
    assert (said.returncode, "将删除：应答0条，会话3条" in said.stdout) == (0, True), said.stdout + said.stderr
    assert _count(county_url) == 3
    kept = run(county_url, "tidy", ONESEAL_KEEP_SESSIONS_DAYS="50")
    assert (kept.returncode, "会话50天" in kept.stdout, "已删除：应答0条，会话0条" in kept.stdout) == (0, True, True)
    done = run(county_url, "tidy")
    assert (done.returncode, "已删除：应答0条，会话3条" in done.stdout) == (0, True), done.stdout + done.stderr
    assert _count(county_url) == 0
    assert run(county_url, "verify").returncode == 0
