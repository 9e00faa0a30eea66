"""Random block-structured processes, and what a case of them must do: every task as often as the structure says.

A block is a tuple: ("task",), ("job",), ("seq", blocks), ("xor", pick, blocks), ("and", blocks), ("or", picks, blocks),
("loop", rounds, block), ("sub", block), ("call", block), ("multi", count, sequential, block), ("beside", block, block).
"""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from service.engine.model import Bundle, Wait
from tests.engine.diagram import (
    boundary,
    call,
    deploy,
    diagram,
    each,
    end,
    flow,
    inclusive,
    parallel,
    path,
    process,
    service,
    start,
    sub,
    task,
    timer,
    user,
    xor,
)

Block = tuple[Any, ...]


def blocks() -> st.SearchStrategy[Block]:
    """Any block, of up to seven tasks and jobs."""
    leaf: st.SearchStrategy[Block] = st.sampled_from([("task",), ("job",), ("task",)])
    return st.recursive(leaf, _bigger, max_leaves=7)


def _bigger(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.tuples(st.just("seq"), some),
        st.tuples(st.just("xor"), st.integers(0, 2), some),
        st.tuples(st.just("and"), some),
        st.tuples(st.just("or"), st.sets(st.integers(0, 2)).map(frozenset), some),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
        st.tuples(st.sampled_from(["sub", "call"]), inner),
        st.tuples(st.just("multi"), st.integers(0, 3), st.booleans(), inner),
        st.tuples(st.just("beside"), inner, inner),
    )


class Made:
    """A block drawn: ``xml``, its ``bundle``, and how often each task is to be done."""

    def __init__(self, block: Block) -> None:
        self._ids = 0
        self.expected: Counter[str] = Counter()
        self.rounds: dict[str, int] = {}
        self._called: list[str] = []
        parts, first, last = self._draw(block, 1)
        main = process("main", start(), *parts, end(), path("start", first), path(last, "end"))
        self.xml = diagram(main, *self._called)
        self.bundle: Bundle = deploy({"main.bpmn": self.xml})

    def _id(self, kind: str) -> str:
        self._ids += 1
        return f"{kind}{self._ids}"

    def _draw(self, block: Block, times: int) -> tuple[list[str], str, str]:
        """Parts, the node to go to, the node to go on from."""
        found: tuple[list[str], str, str] = getattr(self, f"_{block[0]}")(times, *block[1:])
        return found

    def _task(self, times: int) -> tuple[list[str], str, str]:
        id = self._id("u")
        self.expected[id] += times
        return [user(id)], id, id

    def _job(self, times: int) -> tuple[list[str], str, str]:
        id = self._id("j")
        self.expected[id] += times
        return [service(id)], id, id

    def _seq(self, times: int, inner: tuple[Block, ...]) -> tuple[list[str], str, str]:
        drawn = [self._draw(b, times) for b in inner]
        parts = [p for found, _, _ in drawn for p in found]
        parts += [path(one[2], other[1]) for one, other in pairwise(drawn)]
        return parts, drawn[0][1], drawn[-1][2]

    def _xor(self, times: int, pick: int, inner: tuple[Block, ...]) -> tuple[list[str], str, str]:
        taken = pick % len(inner)
        return self._fork(xor, xor, times, inner, {taken})

    def _and(self, times: int, inner: tuple[Block, ...]) -> tuple[list[str], str, str]:
        return self._fork(None, None, times, inner, set(range(len(inner))))

    def _or(self, times: int, picks: frozenset[int], inner: tuple[Block, ...]) -> tuple[list[str], str, str]:
        taken = {p for p in picks if p < len(inner) - 1} or {len(inner) - 1}
        return self._fork(inclusive, inclusive, times, inner, taken)

    def _fork(
        self, split: Any, join: Any, times: int, inner: tuple[Block, ...], taken: set[int]
    ) -> tuple[list[str], str, str]:
        """The last branch is the default one."""
        here, there = self._id("split"), self._id("join")
        drawn = [self._draw(b, times if n in taken else 0) for n, b in enumerate(inner)]
        parts = [p for found, _, _ in drawn for p in found]
        if split is None:
            parts += [parallel(here), parallel(there), *(path(here, first) for _, first, _ in drawn)]
        else:
            parts += [split(here, drawn[-1][1]), join(there), path(here, drawn[-1][1])]
            parts += [flow(here, first, f"= {str(n in taken).lower()}") for n, (_, first, _) in enumerate(drawn[:-1])]
        parts += [path(last, there) for _, _, last in drawn]
        return parts, here, there

    def _loop(self, times: int, rounds: int, inner: Block) -> tuple[list[str], str, str]:
        """Its last task says whether to go round again; ``answer`` counts in the variables of the case itself."""
        into, out, after, ask = self._id("in"), self._id("out"), self._id("after"), self._id("again")
        self.rounds[ask] = rounds
        self.expected[ask] += times * rounds
        parts, first, last = self._draw(inner, times * rounds)
        parts += [xor(into), user(ask), xor(out, after), task(after), path(into, first), path(last, ask, out)]
        return [*parts, flow(out, into, f"= {ask}_more"), flow(out, after)], into, after

    def answer(self, wait: Wait) -> dict[str, Any]:
        """What the task is completed with."""
        rounds = self.rounds.get(wait.element)
        if rounds is None:
            return {}
        done = wait.data.get(f"{wait.element}_done", 0) + 1
        return {f"{wait.element}_done": done % rounds, f"{wait.element}_more": done < rounds}

    def _sub(self, times: int, inner: Block) -> tuple[list[str], str, str]:
        id = self._id("sub")
        parts, first, last = self._draw(inner, times)
        body = [start(f"{id}_s"), *parts, end(f"{id}_e"), path(f"{id}_s", first), path(last, f"{id}_e")]
        return [sub(id, *body)], id, id

    def _call(self, times: int, inner: Block) -> tuple[list[str], str, str]:
        id = self._id("call")
        parts, first, last = self._draw(inner, times)
        body = (start(f"{id}_s"), *parts, end(f"{id}_e"), path(f"{id}_s", first), path(last, f"{id}_e"))
        self._called.append(process(f"{id}_p", *body))
        return [call(id, f"{id}_p")], id, id

    def _beside(self, times: int, inner: Block, aside: Block) -> tuple[list[str], str, str]:
        """A subprocess that waits once for sure, with a timer that starts ``aside`` beside it, on a road with its own end."""
        id, ask = self._id("sub"), self._id("u")
        self.expected[ask] += times
        parts, first, last = self._draw(inner, times)
        body = [start(f"{id}_s"), user(ask), *parts, end(f"{id}_e"), path(f"{id}_s", ask, first), path(last, f"{id}_e")]
        road, there, back = self._draw(aside, times)
        event = boundary(f"{id}_t", id, timer(), interrupting=False)
        self.expected[f"{id}_t"] += times
        return [sub(id, *body), event, *road, end(f"{id}_o"), path(f"{id}_t", there), path(back, f"{id}_o")], id, id

    def _multi(self, times: int, count: int, sequential: bool, inner: Block) -> tuple[list[str], str, str]:
        id = self._id("multi")
        parts, first, last = self._draw(inner, times * count)
        marker = each(f"= [{','.join('1' * count)}]", sequential=sequential, output="= item")
        body = [start(f"{id}_s"), *parts, end(f"{id}_e"), path(f"{id}_s", first), path(last, f"{id}_e")]
        return [sub(id, marker, *body)], id, id
