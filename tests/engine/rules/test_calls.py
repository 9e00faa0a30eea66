"""Rule ``calls``: what is called is in the deployment, and nothing calls itself."""

from tests.engine.diagram import bundle, call, diagram, end, path, problems_of, process, start

PLAIN = (start("s"), end("e"), path("s", "e"))


def texts(*processes: str) -> list[tuple[str, str]]:
    return [(p.element, p.message) for p in problems_of(diagram(*processes)) if p.rule == "calls"]


def calling(id: str, *called: str) -> str:
    parts = "".join(call(f"{id}_calls_{c}", c) for c in called)
    ids = [f"{id}_calls_{c}" for c in called]
    return process(id, start(f"{id}_s"), parts, end(f"{id}_e"), path(f"{id}_s", *ids, f"{id}_e"))


def test_it_accepts_a_process_called_twice() -> None:
    assert texts(calling("main", "a", "b"), calling("a", "b"), calling("b")) == []
    assert bundle(start(), call("c", "other"), end(), path("start", "c", "end"), called={"other": PLAIN})


def test_it_refuses_a_process_that_is_not_there_or_not_to_be_run() -> None:
    assert texts(calling("main", "missing")) == [("main_calls_missing", "流程包里没有可执行的被调用流程“missing”。")]
    idle = process("idle", *PLAIN, executable=False)
    assert texts(calling("main", "idle"), idle) == [("main_calls_idle", "流程包里没有可执行的被调用流程“idle”。")]


def test_it_refuses_circles() -> None:
    assert texts(calling("main", "a"), calling("a", "a")) == [("a_calls_a", "流程“a”直接或间接调用了自己。")]
    found = texts(calling("main", "a"), calling("a", "b"), calling("b", "c"), calling("c", "a"))
    assert {element for element, _ in found} == {"a_calls_b", "b_calls_c", "c_calls_a"}
