"""Rule ``limits``: a size people can read and the engine can hold, and no waiting for the answer."""

import time

from tests.engine.diagram import (
    diagram,
    end,
    parallel,
    path,
    problems,
    problems_of,
    process,
    start,
    sub,
    task,
)


def chain(count: int) -> bytes:
    ids = [f"t{n}" for n in range(count)]
    return diagram(process("main", start(), *(task(id) for id in ids), end(), path("start", *ids, "end")))


def test_it_takes_two_thousand_nodes_and_not_more() -> None:
    assert problems_of(chain(1998)) == ()
    assert [p.message for p in problems_of(chain(1999))] == ["共2001个节点，超过上限2000个。"]


def test_it_answers_fast_however_large_the_file() -> None:
    large = chain(9_000)
    assert 1_000_000 < len(large) < 2_000_000
    begun = time.process_time()
    assert {p.rule for p in problems_of(large)} == {"limits"}
    assert time.process_time() - begun < 5


def test_it_counts_flows_too() -> None:
    parts = [start(), parallel("f"), parallel("j"), end(), path("start", "f"), path("j", "end")]
    parts += [path("f", "j").replace('id="f__j"', f'id="f{n}"') for n in range(5_000)]
    assert [p.message for p in problems(*parts)] == ["共5002条顺序流，超过上限5000条。"]


def nested(levels: int) -> str:
    inner = ""
    for n in reversed(range(levels)):
        body = path(f"s{n}", f"x{n + 1}", f"e{n}") if inner else path(f"s{n}", f"e{n}")
        inner = sub(f"x{n}", start(f"s{n}"), inner, end(f"e{n}"), body)
    return inner


def test_it_nests_sixteen_deep_and_not_deeper() -> None:
    assert not problems(start(), nested(15), end(), path("start", "x0", "end"))
    found = problems(start(), nested(18), end(), path("start", "x0", "end"), rule="limits")
    assert {p.message for p in found} == {"子流程嵌套超过16层。"}
