"""Several at once: threads that begin at the same moment, and a wait for something to come true."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """Run all of them in threads of their own, from the same moment on; their answers in order. The first failure is raised."""
    start = threading.Barrier(len(works))
    answers: dict[int, T] = {}
    failures: list[BaseException] = []

    def run(n: int) -> None:
        try:
            start.wait(30)
            answers[n] = works[n]()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "stuck"
    if failures:
        raise failures[0]
    return [answers[n] for n in range(len(works))]


def until(true: Callable[[], T], *, seconds: float = 30) -> T:
    """Wait for a condition and give what it answered; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while True:
        answer = true()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"did not come true in {seconds} s"
        time.sleep(0.01)
