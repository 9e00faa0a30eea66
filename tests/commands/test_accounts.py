"""``oneseal init`` and ``oneseal account``, as processes of their own."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.settings import Settings
from service.store import accounts, events, organisations
from service.store.session import Database
from service.wiring import build
from tests.commands.service import COMMAND, Service, environment, run
from tests.databases import Shelf
from tests.store.together import at_once

pytestmark = pytest.mark.road

GIVEN = [
    "--name", "某县人民政府", "--short-name", "某县", "--code", "350000", "--sysadmin-name", "甲（虚构）",
    "--secadmin-name", "乙（虚构）", "--auditadmin-name", "丙（虚构）",
]  # fmt: skip
BEGUN = ["account.created"] * 3 + ["calendar.seeded", "county.opened"]
LINE = re.compile(r"^  (\S+)  (\S+)  (\S+)  ((?:\w{4}-){3}\w{4})$", re.MULTILINE)


@pytest.fixture
def bare_url(shelf: Shelf) -> Iterator[str]:
    """A database without any table."""
    name = f"bare{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    yield url
    shelf.drop(url)


def _passwords(said: str) -> dict[str, str]:
    return {login: password for _, _, login, password in LINE.findall(said)}


def _types(url: str) -> list[tuple[str, str]]:
    database = Database(url)
    with database.read() as tx:
        found = [(e.type, e.sealed.body) for e in events.list_events(tx, limit=200).items]
    database.close()
    return found


def _sign_in(service: Service, login: str, password: str) -> httpx.Client:
    client = httpx.Client(base_url=f"{service.address}/api/v1", headers={"Origin": service.address}, trust_env=False)
    assert client.post("/session", json={"login": login, "password": password}).status_code == 200
    return client


def test_three_administrators_begin_with_passwords_shown_once(bare_url: str) -> None:
    done = run(bare_url, "init", *GIVEN)
    assert done.returncode == 0, done.stderr
    passwords = _passwords(done.stdout)
    assert list(passwords) == ["sysadmin", "secadmin", "auditadmin"]
    assert "数据库结构已是最新" in done.stdout
    listed = run(bare_url, "account", "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["auditadmin", "secadmin", "sysadmin"]
    everything = listed.stdout + str(_types(bare_url))
    assert not any(password in everything for password in passwords.values())
    assert run(bare_url, "verify").returncode == 0
    with Service(bare_url, ONESEAL_DEMO="false") as service:
        service.start()
        client = _sign_in(service, "secadmin", passwords["secadmin"])
        assert client.get("/accounts").json()["code"] == "password-change-needed"
        changed = client.post("/me/password", json={"current": passwords["secadmin"], "new": "Wei-shan-72-river"})
        assert changed.status_code == 204
        assert len(client.get("/accounts").json()["items"]) == 3
        client.close()


def test_a_second_time_changes_nothing(bare_url: str) -> None:
    passwords = _passwords(run(bare_url, "init", *GIVEN).stdout)
    again = run(bare_url, "init", *GIVEN)
    assert (again.returncode, _passwords(again.stdout)) == (2, {})
    assert "已有账号" in again.stderr
    assert sorted(type for type, _ in _types(bare_url)) == BEGUN
    assert passwords


def test_of_two_at_once_one_wins(bare_url: str) -> None:
    assert run(bare_url, "migrate").returncode == 0
    done = at_once([lambda: run(bare_url, "init", *GIVEN)] * 2)
    assert sorted(each.returncode for each in done) == [0, 2], [each.stderr for each in done]
    assert sorted(len(_passwords(each.stdout)) for each in done) == [0, 3]
    assert sorted(type for type, _ in _types(bare_url)) == BEGUN


def test_what_is_missing_or_wrong_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    missing = run(url, "init", "--name", "某县人民政府")
    assert missing.returncode == 2
    assert "--short-name --sysadmin-name --secadmin-name --auditadmin-name" in missing.stderr
    assert not (tmp_path / "x.db").exists()
    wrong = run(url, "init", *GIVEN, "--auditadmin-name", "甲（虚构）", "--code", "12")
    assert wrong.returncode == 2
    assert "区划代码" in wrong.stdout
    assert "三个不同的人" in wrong.stdout
    database = Database(url)
    with database.read() as tx:
        assert not accounts.any_account(tx)
        assert organisations.list_organisations(tx) == []
    database.close()


def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    answers = {"全称": "某县人民政府", "简称": "某县", "系统": "甲（虚构）", "安全": "乙（虚构）", "审计": "丙（虚构）"}
    master, slave = pty.openpty()
    process = subprocess.Popen([COMMAND, "init"], stdin=slave, stdout=slave, stderr=slave, env=environment(url))
    os.close(slave)
    said, asked = b"", 0
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        said += _read(master)
        if asked < len(answers) and said.count(b": ") > asked:
            os.write(master, (list(answers.values())[asked] + "\n").encode())
            asked += 1
    said += _read(master)
    os.close(master)
    assert process.wait(30) == 0, said.decode()
    assert all(word in said.decode() for word in answers)
    assert len(_passwords(said.decode().replace("\r\n", "\n"))) == 3


def _read(master: int) -> bytes:
    if not select.select([master], [], [], 0.2)[0]:
        return b""
    try:
        return os.read(master, 65536)
    except OSError:  # the other end is closed
        return b""


def test_the_console_is_the_way_back_in(bare_url: str) -> None:
    run(bare_url, "init", *GIVEN)
    done = run(bare_url, "account", "reset", "secadmin")
    found = re.search(r"secadmin  ((?:\w{4}-){3}\w{4})$", done.stdout, re.MULTILINE)
    assert (done.returncode, bool(found)) == (0, True), done.stderr
    assert found
    (event,) = [body for type, body in _types(bare_url) if type == "password.reset"]
    assert '"channel":"cli"' in event
    assert '"actor":"system"' in event
    assert found[1] not in event
    with Service(bare_url, ONESEAL_DEMO="false") as service:
        service.start()
        _sign_in(service, "secadmin", found[1]).close()


def test_an_unknown_login_is_named(embedded_url: str) -> None:
    done = run(embedded_url, "account", "reset", "nobody")
    assert (done.returncode, "nobody" in done.stderr) == (2, True)


def test_a_demo_is_not_loaded_into_a_real_county(bare_url: str) -> None:
    run(bare_url, "init", *GIVEN)
    refused = run(bare_url, "tour")
    assert (refused.returncode, "正式账号" in refused.stderr) == (2, True), refused.stdout
    house = build(Settings(database_url=bare_url))
    with house.database.read() as tx:
        assert len(accounts.list_rows(tx).items) == 3
    house.close()
