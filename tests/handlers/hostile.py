"""Functions as a hostile file would make them: run by the sandbox in its child, never here."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from handlers.sandbox import Unreadable


def echo(content: bytes) -> list[int]:
    return list(content)


def environment(_content: bytes) -> dict[str, object]:
    return {"names": sorted(os.environ), "cwd": str(Path.cwd()), "pid": os.getpid(), "isolated": sys.flags.isolated}


def refuse(content: bytes) -> None:
    raise Unreadable(content.decode())


def stumble(_content: bytes) -> None:
    raise KeyError("a fault of the parser")


def burn(_content: bytes) -> int:
    return sum(range(10**12))


def burn_deaf(_content: bytes) -> int:
    """As native code that blocks the polite signal."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return burn(b"")


def sleep(_content: bytes) -> None:
    time.sleep(600)


def eat(_content: bytes) -> int:
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024 * 1024))


def recurse(content: bytes) -> object:
    return recurse(content)


def die(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def babble(_content: bytes) -> str:
    return "x" * (64 * 1024 * 1024)


def lie(_content: bytes) -> None:
    os.write(1, b"[" * 200_000)
    os._exit(0)


def reach_out(_content: bytes) -> str:
    try:
        socket.create_connection(("127.0.0.1", 1), timeout=1)
    except OSError as error:
        return type(error).__name__ + f" {error.errno}"
    return "connected"


def read_disk(_content: bytes) -> str:
    try:
        return Path("/etc/passwd").read_text("utf-8")[:10]
    except OSError as error:
        return f"refused {error.errno}"


def start_program(_content: bytes) -> str:
    try:
        return str(subprocess.run(["/bin/true"], check=False).returncode)
    except OSError as error:
        return f"refused {error.errno}"
