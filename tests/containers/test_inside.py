"""Every command the image and the composition start does its work: installed from the wheel, as nobody in particular, on a read-only
root, without a network. The same words and the same environment as in Dockerfile and compose.yaml, read from there.
"""

import json
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from service.store.schema import newest_revision
from tests.containers.composition import (
    default_command,
    entrypoint,
    healthcheck,
    image_environment,
    inside,
)
from tests.containers.room import Room
from tools.postgres import Cluster

pytestmark = pytest.mark.timeout(400)
UP_SECONDS = 90.0


@pytest.fixture
def database(server_by_file: Cluster) -> str:
    """The URL of an empty database, as the secret has it, but by the server's file."""
    name = f"inside{time.monotonic_ns()}"
    with psycopg.connect(f"{server_by_file.url}postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server_by_file.socket_url.format(name)


def environment(installed: Path, room: Room, given: Mapping[str, str]) -> dict[str, str]:
    """What the container would have, and nothing of ours: paths inside are below the room's folder."""
    moved = {"PATH": f"{installed}:{os.environ['PATH']}", "TMPDIR": str(room.writable / "tmp"), "COLUMNS": "200"}
    found = dict(given) | moved
    if "ONESEAL_BACKUPS" in found:
        found["ONESEAL_BACKUPS"] = str(room.writable / found["ONESEAL_BACKUPS"].lstrip("/"))
    return found


def healthy(room: Room, process: "subprocess.Popen[str]", settings: Mapping[str, str]) -> bool:
    return room.beside(process, healthcheck(), settings).returncode == 0


def wait_until_healthy(room: Room, process: "subprocess.Popen[str]", settings: Mapping[str, str]) -> None:
    until = time.monotonic() + UP_SECONDS
    while not healthy(room, process, settings):
        if process.poll() is not None:
            raise AssertionError(process.communicate())
        assert time.monotonic() < until, "not healthy"
        time.sleep(0.2)


def ask(room: Room, process: "subprocess.Popen[str]", settings: Mapping[str, str], path: str) -> str:
    """From inside, as nobody else can reach it."""
    script = (
        f"import urllib.request as web; print(web.urlopen('http://127.0.0.1:8000{path}', timeout=10).read().decode())"
    )
    done = room.beside(process, ["python", "-c", script], settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_composition_works_without_a_network(room: Room, installed: Path, database: str) -> None:
    for name, value in {"oneseal_database_url": database, "oneseal_secret_key": "0123456789abcdef" * 4}.items():
        assert name in inside("service1").secrets
        (room.secrets / name).write_text(value)
    for name, words in (("migrate", newest_revision()), ("upgrade", "无须升级")):
        found = inside(name)
        done = room.run(found.argv, environment(installed, room, found.environment))
        assert (done.returncode, words in done.stdout) == (0, True), done.stdout + done.stderr
    tool = inside("oneseal")
    settings = environment(installed, room, tool.environment)
    deployed = room.run([*entrypoint(), "deploy"], settings)
    assert (deployed.returncode, deployed.stdout.count("第1版")) == (0, 3), deployed.stdout + deployed.stderr
    service = inside("service1")
    served = room.start(service.argv, environment(installed, room, service.environment))
    wait_until_healthy(room, served, environment(installed, room, service.environment))
    assert json.loads(ask(room, served, settings, "/readyz")) == {"status": "ready"}
    assert "openapi" in json.loads(ask(room, served, settings, "/api/v1/openapi.json"))
    assert "登录" in ask(room, served, settings, "/sign-in")
    worker = room.start(inside("worker").argv, environment(installed, room, inside("worker").environment))
    kept = room.run(inside("backup").argv, environment(installed, room, inside("backup").environment))
    assert (kept.returncode, "备份完好" in kept.stdout) == (0, True), kept.stdout + kept.stderr
    (backup,) = (room.writable / "backups").glob("oneseal-*.oneseal")
    assert (backup.stat().st_uid, backup.stat().st_mode & 0o777) == (10001, 0o600)
    assert worker.poll() is None, worker.communicate()
    for process in (served, worker):
        process.terminate()
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, out + err
        assert all(line.startswith("{") for line in err.splitlines()), "ONESEAL_LOG_FORMAT of the image is json"


def test_the_image_alone_works_on_its_volume(room: Room, installed: Path) -> None:
    """As the head of Dockerfile says: SQLite on /data, which lies where WORKDIR sees it."""
    settings = environment(installed, room, image_environment())
    for command in (["migrate"], ["deploy"], ["backup"], ["verify"], ["tidy", "--dry-run"]):
        done = room.run([*entrypoint(), *command], settings)
        assert done.returncode == 0, (command, done.stdout + done.stderr)
    assert (room.writable / "data/oneseal.db").is_file()
    assert list((room.writable / "data/backups").glob("*.oneseal"))
    served = room.start([*entrypoint(), *default_command()], settings)
    wait_until_healthy(room, served, settings)
    assert json.loads(ask(room, served, settings, "/readyz")) == {"status": "ready"}


def test_the_room_is_what_it_says(room: Room, installed: Path) -> None:
    """Else the tests above would prove nothing."""
    settings = environment(installed, room, image_environment())
    script = (
        "import os, socket, errno\n"
        "print(os.getuid(), open('/proc/self/status').read().split('CapEff:')[1].split()[0])\n"
        "for path in ('/x', '/etc/x', '/var/tmp/x', os.environ['PATH'].split(':')[0] + '/x'):\n"
        "    try: open(path, 'w')\n"
        "    except OSError as error: print(errno.errorcode[error.errno])\n"
        "try: socket.create_connection(('192.0.2.1', 80), timeout=5)\n"
        "except OSError as error: print(errno.errorcode[error.errno])\n"
        "print(sorted(os.listdir('/run')))\n"
    )
    done = room.run(["python", "-c", script], settings)
    lines = done.stdout.splitlines()
    assert lines[0] == "10001 0000000000000000", done.stderr
    assert set(lines[1:5]) == {"EROFS"}
    assert lines[5] == "ENETUNREACH"
    assert lines[6] in ("['secrets']", "['mount', 'secrets']"), (
        "nothing of the machine's /run but what mount itself leaves"
    )
