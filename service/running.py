"""Running the service: in the foreground until a signal, or in a thread for as long as somebody needs it."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from service.domain.errors import Conflict
from service.wiring import House

STOP_SECONDS = 20
START_SECONDS = 60.0


def serve(house: House, *, host: str, port: int, on_start: Callable[[str], None] | None = None) -> None:
    """Until SIGTERM or SIGINT; requests under way are finished first. ``on_start`` gets our own address, in a thread of its own."""
    bound = bind(host, port)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"

    def tell() -> None:
        if on_start:
            threading.Thread(target=on_start, args=(url,), name="on-start", daemon=True).start()

    with _signals_end_well():
        _server(house, tell).run(sockets=[bound])


@contextmanager
def _signals_end_well() -> Iterator[None]:
    """uvicorn raises the signal that stopped it once more when it is done; a stop that was asked for is no failure."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def served(house: House) -> Iterator[str]:
    """The address of the service while the block runs, on a free port of the loopback."""
    bound = bind("127.0.0.1", 0)
    up = threading.Event()
    server = _server(house, up.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="served", daemon=True)
    thread.start()
    try:
        _wait_until(lambda: up.is_set() and server.started, thread)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS * 2)


def bind(host: str, port: int) -> socket.socket:
    """Bound before anything starts, so that a port in use is said at once: Conflict."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise Conflict("cli.port_in_use", host=host, port=port) from error
    return made


def _server(house: House, on_start: Callable[[], None]) -> uvicorn.Server:
    from service.main import (
        create_app,
    )  # all routes and their models: seconds that a command which serves nobody need not wait for

    config = uvicorn.Config(
        create_app(house, on_start=on_start), log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS, proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(config)


def _wait_until(true: Callable[[], bool], thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not true():
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the service did not come up")
        time.sleep(0.01)
