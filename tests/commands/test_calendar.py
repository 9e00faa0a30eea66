"""``oneseal calendar`` as a process of its own, whatever the zone of the machine."""

from datetime import date
from pathlib import Path

import pytest

from service.actions.count_workdays import CountWorkdays, count_workdays
from service.actions.verify_history import verify_history
from service.settings import Settings
from service.wiring import build
from tests.commands.service import run
from tests.domain.notices import INVENTED_2027
from tests.story import Story

pytestmark = pytest.mark.road


def test_a_year_is_shown_and_a_guess_is_called_one(embedded_url: str) -> None:
    shown = run(embedded_url, "calendar", "show", "2026")
    assert shown.returncode == 0, shown.stderr
    assert "10月  工作日18天  放假：10-01至10-07（国庆节）  调休上班：10-10（国庆节）" in shown.stdout
    assert "暂定" not in shown.stdout
    guessed = run(embedded_url, "calendar", "show", "2027")
    assert "暂定" in guessed.stdout.splitlines()[0]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_a_deadline_is_counted_in_shanghai_wherever_the_machine_stands(embedded_url: str, zone: str) -> None:
    found = run(embedded_url, "calendar", "due", "2026-12-28", "10", TZ=zone)
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert lines[0].startswith("2026-12-28（周一）起10个工作日：2027-01-12（周二）（暂定")
    assert (len(lines), lines[1].strip(), lines[-1].strip()) == (11, "2026-12-29（周二）", "2027-01-12（周二）（暂定）")


def test_a_notice_is_previewed_and_brought_in(county_url: str, tmp_path: Path) -> None:
    with Story(county_url) as story:
        story.begins("huotian-clerk", township="huotian")
    file = tmp_path / "notice.txt"
    file.write_text(INVENTED_2027, encoding="utf-8")
    dry = run(county_url, "calendar", "import", str(file), "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "→ 放假：2027-01-01（周五）至2027-01-04（周一），计4天" in dry.stdout
    assert "2026-12-27（周日）：休息日 → 调休上班 元旦" in dry.stdout
    assert "没有更改" in dry.stdout
    assert _due(county_url) == (date(2027, 1, 12), True)
    done = run(county_url, "calendar", "import", str(file), TZ="America/New_York")
    assert (done.returncode, "日历已更改" in done.stdout) == (0, True), done.stderr
    assert _due(county_url) == (date(2027, 1, 13), False)


def _due(url: str) -> tuple[date, bool]:
    """Ten working days from 2026-12-28 as the database now has them; every chain must hold."""
    house = build(Settings(database_url=url))
    with house.database.read() as tx:
        found = count_workdays(house.frame(tx, channel="cli"), CountWorkdays(date(2026, 12, 28), 10))
        assert verify_history(tx).breaks == ()
    house.close()
    return found.due, found.provisional


def test_what_is_not_understood_is_shown_and_nothing_is_brought_in(embedded_url: str, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_bytes(INVENTED_2027.replace("（周五）至4日", "（周四）至4日").encode("gb18030"))
    refused = run(embedded_url, "calendar", "import", str(file))
    assert refused.returncode == 1
    assert "2027-01-01是周五，不是周四" in refused.stdout
    assert "暂定" in run(embedded_url, "calendar", "show", "2027").stdout


def test_a_table_is_brought_in_for_one_organisation(embedded_url: str, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("日期,类型,说明\n2026-12-29,休息,示例：本地休息日\n2026-12-99,休息,\n", encoding="utf-8")
    order = ["calendar", "import", str(file), "--organisation", "huotian", "--source", "示例文号"]
    refused = run(embedded_url, *order)
    assert (refused.returncode, "第3行" in refused.stdout) == (1, True)
    file.write_text("日期,类型,说明\n2026-12-29,休息,示例：本地休息日\n", encoding="utf-8")
    assert run(embedded_url, *order).returncode == 0
    ours = run(embedded_url, "calendar", "due", "2026-12-28", "1", "--organisation", "huotian-center").stdout
    assert "2026-12-30（周三）" in ours
    assert "2026-12-29（周二）" in run(embedded_url, "calendar", "due", "2026-12-28", "1").stdout


def test_what_makes_no_sense_is_refused_in_a_sentence(embedded_url: str, tmp_path: Path) -> None:
    picture = tmp_path / "x.txt"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x80")
    for arguments in (
        ["import", str(picture)],
        ["due", "2026-12-28", "1", "--organisation", "nobody"],
        ["show", "2026", "--organisation", "nobody"],
    ):
        refused = run(embedded_url, "calendar", *arguments)
        assert refused.returncode == 2, refused.stdout
        assert refused.stderr.count("\n") == 1, refused.stderr
