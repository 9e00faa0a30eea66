"""The road of the manual: from nothing to a township's first own case; backup, destroy, restore, continue."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from docs.manual import county
from docs.manual.hands import Walk, press
from docs.manual.walk import FIRST_CASE, check_form
from tests.commands.service import run
from tests.databases import Server
from tests.web.town import chromium
from tests.web.window import ROOT, missing
from tools.build_web import build

EXAMPLE = ROOT / "docs/manual/example"


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    if reason := missing() or build():
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with chromium() as browser, Walk(tmp_path, browser) as found:
        yield found


@pytest.mark.timeout(600)
def test_from_nothing_to_a_first_case_backup_destroy_restore_continue(walk: Walk, server: Server) -> None:
    for section in FIRST_CASE:
        section(walk)
    _the_examples_are_what_was_imported(walk.folder)
    backup = walk.folder / "copy.oneseal"
    walk.command("backup", str(backup))
    walk.stop()
    _destroy(walk)
    assert "没有数据库文件" in run(walk.url, "verify", **walk.settings).stderr
    walk.command("backup", "--check", str(backup))
    walk.command("restore", str(backup), "--replay")
    _goes_into_a_server_too(backup, server)
    walk.start()
    _the_lost_session_signs_in_by_a_recovery_code(walk)
    check_form(walk)
    walk.stop()
    assert "没有断裂" in walk.command("verify")
    assert "0个不一致" in walk.command("replay", "--all")


def _destroy(walk: Walk) -> None:
    """The database and what lies beside it; the key of second factors is kept apart, as the manual says."""
    kept = {path.name: path.read_bytes() for path in walk.file.parent.glob("*.key")}
    for path in walk.file.parent.iterdir():
        path.unlink()
    for name, content in kept.items():
        (walk.file.parent / name).write_bytes(content)
    assert kept


def _the_examples_are_what_was_imported(folder: Path) -> None:
    for name in county.FILES:
        assert _cells(EXAMPLE / name) == _cells(folder / name), f"{name} is not what the walk filled in: make pictures"


def _cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Worksheet -> rows, of those that are filled in; the lists behind the drop-downs are those of the day."""
    book = load_workbook(path)
    return {title: list(book[title].iter_rows(values_only=True)) for title in county.FILES[path.name]}


def _goes_into_a_server_too(backup: Path, server: Server) -> None:
    """The same file into PostgreSQL: how a small office moves to the server."""
    name = f"manual{next(server.names)}"
    server.create(name, template=None)
    url = server.url_of(name)
    done = run(url, "restore", str(backup), "--replay")
    assert done.returncode == 0, done.stdout + done.stderr
    assert run(url, "verify").returncode == 0
    server.drop(url)


def _the_lost_session_signs_in_by_a_recovery_code(walk: Walk) -> None:
    """Restoring ends every session; a recovery code of before still opens, once."""
    page = walk.stranger()
    walk.sign_in(page, "auditadmin")
    page.get_by_label("手机上的6位动态口令，或一个恢复码").fill(walk.recovery[0])
    press(page, "继续")
    expect(page.get_by_role("link", name="历史校验")).to_be_visible()
