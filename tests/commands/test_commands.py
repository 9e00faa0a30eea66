"""The command of the house, as a process of its own, against a database with a case in it."""

import shutil
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from service.actions.deploy import Deploy, deploy
from service.settings import Settings, shipped_bpmn
from service.shipping import shipped_bundles
from service.store import definitions, people
from service.store.clock import set_clock_offset
from service.store.session import Database
from service.touring import prepare
from service.wiring import build
from tests.commands.service import Service, run
from tests.databases import tamper
from tests.story import Story

pytestmark = pytest.mark.road


def _with_a_case(url: str) -> str:
    with Story(url) as story:
        story.begins("huotian-clerk", township="huotian").goes_on_until("例外确认")
        return story.case


def test_verify_and_replay_hold_and_name_the_event_that_was_changed(county_url: str) -> None:
    case = _with_a_case(county_url)
    verified = run(county_url, "verify")
    assert (verified.returncode, "没有断裂" in verified.stdout) == (0, True), verified.stdout + verified.stderr
    replayed = run(county_url, "replay", "--all")
    assert (replayed.returncode, "重放1个案件，0个不一致" in replayed.stdout) == (0, True), replayed.stdout
    database = Database(county_url)
    tamper(database, f"case/{case}", 3)
    database.close()
    broken = run(county_url, "verify")
    assert broken.returncode == 1
    assert f"链 case/{case} 第3条" in broken.stdout
    assert run(county_url, "replay", case).returncode == 0, "the command itself was not touched"


def test_replay_finds_a_case_by_its_number_and_says_what_it_cannot_find(embedded_url: str) -> None:
    _with_a_case(embedded_url)
    assert run(embedded_url, "replay", "授权-火田镇-2022-001").returncode == 0
    unknown = run(embedded_url, "replay", "nothing")
    assert (unknown.returncode, "nothing" in unknown.stderr) == (2, True)
    assert run(embedded_url, "replay").returncode == 2


def test_a_database_whose_clock_was_moved_is_refused_in_service(embedded_url: str) -> None:
    database = Database(embedded_url)
    with database.begin() as tx:
        set_clock_offset(tx, timedelta(days=1))
    database.close()
    refused = run(embedded_url, "serve", "--port", "0")
    assert (refused.returncode, "ONESEAL_DEMO=true" in refused.stderr) == (2, True), refused.stderr
    for harmless in (["verify"], ["replay", "--all"], ["deploy"]):
        done = run(embedded_url, *harmless)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [["verify"], ["replay", "--all"], ["deploy"]])
def test_a_database_that_is_not_there_is_named_and_not_made(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "data" / "none.db"
    refused = run(f"sqlite:///{path}", *command)
    assert (refused.returncode, str(path) in refused.stderr, "migrate" in refused.stderr) == (2, True, True)
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("url", "command"),
    [
        ("mysql://x", "serve"),
        ("garbage", "migrate"),
        ("sqlite:x", "worker"),
        ("postgresql://u:p@127.0.0.1:x/y", "verify"),
    ],
)
def test_an_address_that_is_no_database_s_is_named_in_a_sentence(url: str, command: str) -> None:
    refused = run(url, command)
    assert refused.returncode == 2
    assert refused.stderr.startswith("设置 ONESEAL_DATABASE_URL 不对")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["migrate"], ["serve"], ["verify"]])
def test_a_database_that_does_not_answer_is_named_in_a_sentence(command: list[str]) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, not listening: refused at once
        refused = run(f"postgresql://u:secret@127.0.0.1:{nobody.getsockname()[1]}/x", *command)
    assert refused.returncode == 2
    assert "无法访问" in refused.stderr
    assert "secret" not in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("这不是数据库" * 500, encoding="utf-8")
    for command in ("migrate", "verify"):
        refused = run(f"sqlite:///{path}", command)
        assert (refused.returncode, "无法访问" in refused.stderr, "Traceback" in refused.stderr) == (2, True, False)


def test_an_empty_database_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    refused = run(url, "serve", "--port", "0")
    assert (refused.returncode, "migrate" in refused.stderr) == (2, True)
    assert run(url, "migrate").returncode == 0
    deployed = run(url, "deploy")
    assert (deployed.returncode, deployed.stdout.count("第1版")) == (0, 3), deployed.stdout + deployed.stderr
    assert run(url, "deploy").stdout.count("没有变化，仍为第1版") == 3, "the same files stay the same version"
    shutil.copytree(shipped_bpmn() / "form_self_check", tmp_path / "copied")
    for folder, sentence in (
        (shipped_bpmn() / "form_self_check", "没有变化，仍为第1版"),
        (tmp_path / "copied", "第2版"),
    ):
        files = [folder / "process.bpmn", *sorted((folder / "forms").glob("*.form"))]
        told = run(url, "deploy", *map(str, files))
        assert (told.returncode, sentence in told.stdout) == (0, True), told.stdout + told.stderr


def _deployed_by_a_person(url: str) -> None:
    """form_self_check under other names, by 云霄县's administrator."""
    files = {f"other/{name}": content for name, content in next(shipped_bundles(shipped_bpmn())).items()}
    house = build(Settings(database_url=url))
    with house.database.begin() as tx:
        admin = people.actor(tx, "sysadmin")
        assert admin
        assert deploy(house.frame(tx, admin, channel="api"), Deploy(files)).version == 2
    house.close()


def _newest(url: str) -> int:
    database = Database(url)
    with database.read() as tx:
        found = definitions.latest_definition(tx, "form_self_check")
    database.close()
    assert found
    return found.version


def test_what_a_person_deployed_is_replaced_only_when_told_so(embedded_url: str) -> None:
    _deployed_by_a_person(embedded_url)
    refused = run(embedded_url, "deploy")
    assert (refused.returncode, "第2版由 sysadmin 部署" in refused.stderr) == (2, True), refused.stderr
    house = build(Settings(database_url=embedded_url, demo=True))
    prepare(house)
    house.close()
    assert _newest(embedded_url) == 2, "a demo started again leaves it alone too"
    assert run(embedded_url, "deploy", "--force").returncode == 0
    assert _newest(embedded_url) == 3


def test_two_files_of_one_name_are_both_named(tmp_path: Path, embedded_url: str) -> None:
    paths = [tmp_path / "a" / "x.form", tmp_path / "b" / "x.form"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("{}", encoding="utf-8")
    refused = run(embedded_url, "deploy", *map(str, paths))
    assert refused.returncode == 2
    assert all(str(path) in refused.stderr for path in paths)


@pytest.mark.parametrize("name", ["[red]x[/red]", "[/red]", "[a" * 60])
def test_brackets_are_printed_as_they_are_and_no_sentence_is_broken(county_url: str, name: str) -> None:
    unknown = run(county_url, "replay", name, COLUMNS="40")
    assert (unknown.returncode, unknown.stderr.count("\n"), name in unknown.stderr) == (2, 1, True), unknown.stderr


def test_a_bad_diagram_is_named_line_by_line(tmp_path: Path, embedded_url: str) -> None:
    bad = tmp_path / "bad.bpmn"
    bad.write_text("<html/>", encoding="utf-8")
    refused = run(embedded_url, "deploy", str(bad))
    assert refused.returncode == 2
    assert "bad.bpmn:1:1" in refused.stdout


@pytest.mark.parametrize(
    "setting",
    [
        {"ONESEAL_PORT": "x"},
        {"ONESEAL_WORKER_THREADS": "99"},
        {"ONESEAL_LOG_FORMAT": "xml"},
        {"ONESEAL_PUBLIC_URL": "seal.example"},
        {"ONESEAL_PUBLIC_URL": "https://seal.example/app"},
    ],
)
def test_a_wrong_setting_is_named(setting: dict[str, str], tmp_path: Path) -> None:
    refused = run(f"sqlite:///{tmp_path / 'x.db'}", "migrate", **setting)
    assert refused.returncode == 2
    assert next(iter(setting)) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_service_asked_to_stop_ends_well_and_starts_again(county_url: str) -> None:
    with Service(county_url) as service:
        for _ in range(2):
            service.start()
            assert service.stop() == 0


def test_a_port_that_is_taken_is_named(embedded_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run(embedded_url, "serve", "--port", port)
    assert (refused.returncode, port in refused.stderr) == (2, True), refused.stderr
