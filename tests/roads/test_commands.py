"""The command of the house, as a process of its own, against a database with a case in it."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from service.store.clock import set_clock_offset
from service.store.session import Database
from tests.databases import tamper
from tests.roads.service import Service, run
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


def test_replay_finds_a_case_by_its_number_and_says_what_it_cannot_find(county_url: str) -> None:
    _with_a_case(county_url)
    assert run(county_url, "replay", "授权-火田镇-2022-001").returncode == 0
    unknown = run(county_url, "replay", "nothing")
    assert (unknown.returncode, "nothing" in unknown.stderr) == (2, True)
    assert run(county_url, "replay").returncode == 2


def test_a_database_whose_clock_was_moved_is_refused_in_service(county_url: str) -> None:
    database = Database(county_url)
    with database.begin() as tx:
        set_clock_offset(tx, timedelta(days=1))
    database.close()
    refused = run(county_url, "serve", "--port", "0")
    assert (refused.returncode, "演示" in refused.stderr) == (2, True), refused.stderr


def test_an_empty_database_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    refused = run(url, "serve", "--port", "0")
    assert (refused.returncode, "migrate" in refused.stderr) == (2, True)
    assert run(url, "migrate").returncode == 0
    deployed = run(url, "deploy")
    assert (deployed.returncode, deployed.stdout.count("第1版")) == (0, 3), deployed.stdout + deployed.stderr
    assert run(url, "deploy").stdout == deployed.stdout, "the same files stay the same version"


@pytest.mark.parametrize("name", ["[red]x[/red]", "[/red]", "[a" * 60])
def test_brackets_are_printed_as_they_are_and_no_sentence_is_broken(county_url: str, name: str) -> None:
    unknown = run(county_url, "replay", name, COLUMNS="40")
    assert (unknown.returncode, unknown.stderr.count("\n"), name in unknown.stderr) == (2, 1, True), unknown.stderr


def test_a_bad_diagram_is_named_line_by_line(tmp_path: Path, county_url: str) -> None:
    bad = tmp_path / "bad.bpmn"
    bad.write_text("<html/>", encoding="utf-8")
    refused = run(county_url, "deploy", str(bad))
    assert refused.returncode == 2
    assert "bad.bpmn:1:1" in refused.stdout


@pytest.mark.parametrize(
    "setting", [{"ONESEAL_PORT": "x"}, {"ONESEAL_WORKER_THREADS": "99"}, {"ONESEAL_LOG_FORMAT": "xml"}]
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


def test_a_port_that_is_taken_is_named(county_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run(county_url, "serve", "--port", port)
    assert (refused.returncode, port in refused.stderr) == (2, True), refused.stderr
