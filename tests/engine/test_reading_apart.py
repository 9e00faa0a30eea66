"""Uploads are read in a child process first: with the same result as here, and with a limit met there as a problem of the upload."""

from collections.abc import Collection, Mapping

import pytest

from service.actions.parts.bundles import BundleCache
from service.domain.errors import DiagramRefused
from service.domain.posts import POSTS
from service.engine.model import Problem, Refused
from service.engine.read import read_bundle
from service.settings import Settings
from service.uploads import problems_apart
from service.wiring import build
from tests.engine.diagram import FORM, HANDLERS, HEAD, diagram, end, flow, path, process, start, task, user, xor
from tests.engine.shipped import files_of, listed_handlers

GOOD = {"main.bpmn": diagram(process("main", start(), user("a"), end(), path("start", "a", "end"))), "form.form": FORM}
PLAIN = diagram(process("main", start(), end(), path("start", "end"))).decode()

IDS = [f"t{n}" for n in range(1998)]
CHAIN = diagram(process("main", start(), *(task(id) for id in IDS), end(), path("start", *IDS, "end")))
LARGEST = {"main.bpmn": CHAIN}


def asking(condition: str) -> bytes:
    parts = [start(), xor("which", "end"), task("a"), end(), path("start", "which"), path("a", "end")]
    return diagram(process("main", *parts, flow("which", "a", condition), flow("which", "end")))


ODD = {
    "nothing at all": {},
    "no XML": {"main.bpmn": b"<a"},
    "a doctype": {"main.bpmn": b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"},
    "another kind": {"main.txt": b"", "x.dmn": b"<a/>", "y.form": b"{"},
    "what we do not run": {"main.bpmn": diagram(process("main", start(), "<transaction id='x'/>", end()))},
    "half a surrogate in a form": {"main.bpmn": PLAIN.encode(), "y.form": b'{"id": "\\ud800"}'},
    "a zone": {"main.bpmn": asking('= now() > date and time("2026-01-01T00:00:00@Asia/Shanghai")')},
    "a zone as a literal": {"main.bpmn": asking('= @"12:00:00@Pacific/Chatham" = @"12:00:00@Nowhere/Else"')},
    "a zone that is none": {"main.bpmn": asking('= @"12:00:00@../../etc/passwd" = 1')},
    "an old character set": {"main.bpmn": b'<?xml version="1.0" encoding="windows-1251"?>' + PLAIN.encode()},
    "a character set of many bytes": {"main.bpmn": b'<?xml version="1.0" encoding="GBK"?>' + PLAIN.encode()},
    "no character set": {"main.bpmn": b'<?xml version="1.0" encoding="nonsense"?>' + PLAIN.encode()},
    "more problems than are shown": {"main.bpmn": diagram(process("main", *(task(f"t{n}") for n in range(900))))},
}


def here(files: Mapping[str, bytes], handlers: Collection[str]) -> tuple[Problem, ...]:
    try:
        read_bundle(files, handlers=handlers, posts=POSTS)
    except Refused as refused:
        return refused.problems
    return ()


@pytest.mark.parametrize("files", ODD.values(), ids=ODD)
def test_it_finds_apart_what_it_finds_here(files: Mapping[str, bytes]) -> None:
    assert problems_apart(files, HANDLERS) == here(files, HANDLERS)


def test_it_finds_nothing_wrong_with_what_is_shipped() -> None:
    assert problems_apart(files_of("seal_authorisation"), listed_handlers()) == ()
    assert problems_apart(GOOD, HANDLERS) == ()


def test_it_has_room_for_the_largest_that_is_accepted() -> None:
    assert problems_apart(LARGEST, HANDLERS) == ()
    assert [p.rule for p in problems_apart({"main.bpmn": f"{HEAD}{'<a/>' * 60_000}</definitions>".encode()}, ())] == [
        "xml"
    ]


def test_a_limit_met_there_is_a_problem_of_the_upload() -> None:
    (slow,) = problems_apart(GOOD, HANDLERS, wall=0.01)
    assert (slow.rule, slow.file) == ("limits", "main.bpmn")
    assert slow.message.startswith("读取这些文件超过10秒处理器时间（或0秒），不予部署：")
    (full,) = problems_apart(LARGEST, HANDLERS, memory=40)  # less than it holds already
    assert (full.rule, full.message.partition("，")[0]) == ("limits", "读取这些文件需要的内存超过40MB")


def test_only_what_came_through_is_compiled_here_and_only_once() -> None:
    asked: list[Mapping[str, bytes]] = []
    problem = Problem("limits", "太大了", "main.bpmn")

    def look(files: Mapping[str, bytes], handlers: Collection[str]) -> tuple[Problem, ...]:
        asked.append(files)
        return () if files == GOOD and handlers == HANDLERS else (problem,)

    bundles = BundleCache(HANDLERS, first=look)
    assert bundles.compile(GOOD) is bundles.compile(GOOD)
    assert asked == [GOOD]
    with pytest.raises(DiagramRefused) as refused:
        bundles.compile({"main.bpmn": PLAIN.encode()})
    assert [(fault.code, fault.message) for fault in refused.value.faults] == [("limits", "太大了")]
    assert bundles.compile({"main.bpmn": PLAIN.encode()}, trusted=True).key == "main"
    assert len(asked) == 2


def test_the_service_reads_uploads_apart() -> None:
    house = build(Settings(database_url="sqlite:///nowhere.db"))
    assert house.bundles.first is problems_apart
    house.close()
