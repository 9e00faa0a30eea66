"""Makes the database of one program, for all later ones to carry on: ``python -m tests.upgrade.old_life FOLDER`` in its checkout.

Writes ``<revision>.db.xz`` (SQLite) and ``<revision>.sql.xz`` (PostgreSQL; ONESEAL_TEST_POSTGRES names a server, pg_dump is needed).
Live cases wait at every kind of step: a person, another case, a timer; one is suspended with a draft, one is over.
"""

import lzma
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from service.store import notices
from service.store.schema import newest_revision
from service.store.session import normal_url
from tests.databases import postgresql
from tests.story import WATCHER, Story, batch_of, prepare_county

CLERK = "huotian-clerk"
DRAFT = "编制授权事项建议清单"
UNTIL = {
    "linmu-caifa": "例外确认",
    "shengyu-dengji": "中心主任审核",
    "gaoling-jintie": "逐条自查确认",
    "gu-er-baozhang": "签批",
    "dibao-shenhe": "承接能力评估",
    "zhaijidi-pizhun": "合法性审核",
    "tekun-rending": "乡镇集体研究",
    "canji-liangbu": "签发授权决定和授权书",
    "linshi-jiuzhu": "公布",
}
ON_TRIAL, OVER = "yiliao-jiuzhu", "zaishengyu-queren"
TRIAL_OVER, RECEIPTS_IN, ALL_OVER = date(2022, 12, 1), date(2022, 12, 8), date(2022, 12, 15)


def live(url: str) -> None:
    """Everything, on an empty database."""
    prepare_county(url)
    with Story(url) as story:
        _finished(story)
    for item, task in UNTIL.items():
        with Story(url) as story:
            _drafted(story, item)
            story.goes_on_until(task)
    with Story(url) as story:
        _drafted(story, ON_TRIAL).goes_on_to_the_trial()
    with Story(url) as story:
        _set_aside(story)


def _drafted(story: Story, item: str) -> Story:
    return story.begins(CLERK, township="huotian").does(CLERK, DRAFT, batch_of(item))


def _finished(story: Story) -> None:
    _drafted(story, OVER).goes_on_to_the_trial()
    to_the_end(story)


def to_the_end(story: Story, *case_ids: str) -> None:
    """Trials are reviewed, every organisation confirms that it has the documents, and the wait for them is over."""
    for day in (TRIAL_OVER, RECEIPTS_IN):
        story.on(day)
        for case in case_ids or (story.case,):
            story.case = case
            _receive(story.goes_on_to_the_trial())
    story.on(ALL_OVER)


def _receive(story: Story) -> None:
    with story.house.database.read() as tx:
        open_ = [r for r in notices.receipts_of(tx, story.case) if r.receipted_at is None]
    for receipt in open_:
        story.ask(f"{receipt.organisation_id}-clerk", "POST", f"/receipts/{receipt.id}/confirm")


def _set_aside(story: Story) -> None:
    """Begun, claimed, half written, then suspended; and something that was refused."""
    clerk = "heping-clerk"
    story.begins(clerk, township="heping")
    task = story.task(DRAFT)["id"]
    story.ask(clerk, "POST", f"/tasks/{task}/claim")
    story.ask(clerk, "PUT", f"/tasks/{task}/draft", {"data": {"batch_name": "半份草稿"}})
    story.ask(WATCHER, "POST", f"/cases/{story.case}/suspend", {"reason": "等候通知"})
    story.ask("chendai-clerk", "GET", f"/cases/{story.case}", status=404)


def _sqlite(folder: Path) -> None:
    path = folder / "made.db"
    live(f"sqlite:///{path}")
    (folder / f"{newest_revision()}.db.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9))
    path.unlink()


def _postgresql(folder: Path) -> None:
    with postgresql() as server:
        assert server, "no PostgreSQL"
        server.create("old_life", template=None)
        url = server.url_of("old_life")
        live(url)
        plain = normal_url(url).replace("+psycopg", "")
        command = ["pg_dump", "--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges", plain]
        done = subprocess.run(command, check=True, capture_output=True)
        (folder / f"{newest_revision()}.sql.xz").write_bytes(lzma.compress(done.stdout, preset=9))
        server.drop(url)


def main(makers: tuple[Callable[[Path], None], ...] = (_sqlite, _postgresql)) -> None:
    folder = Path(sys.argv[1])
    for make in makers:
        make(folder)


if __name__ == "__main__":
    main()
