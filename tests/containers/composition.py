"""Reads Dockerfile and compose.yaml the way Docker does, as far as ours go: what is started, with which environment and secrets."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.house.source import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "compose.yaml").read_text()
NAMED = {"ONESEAL_PUBLIC_URL": "https://seal.example.gov.cn"}  # what .env must say
_VARIABLE = re.compile(r"\$\{(\w+)(?::?([-?])([^}]*))?\}")


class NotSet(Exception):
    """compose refuses to start: a variable that must be named is not."""


@dataclass(frozen=True)
class Inside:
    """What runs inside one container. ``mounts``: path inside -> source; ``secrets``: names below /run/secrets."""

    argv: list[str]
    environment: dict[str, str]
    secrets: list[str]
    tmpfs: list[str]
    mounts: dict[str, str] = field(default_factory=dict)


def instructions(name: str, text: str = DOCKERFILE) -> list[str]:
    """The arguments of every instruction of that name, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return re.findall(rf"^{name}\s+(.*)$", joined, flags=re.MULTILINE)


def last_stage() -> str:
    return "FROM " + DOCKERFILE.rpartition("\nFROM ")[2]


def image_environment() -> dict[str, str]:
    """ENV of the last stage, without what only the image has a place for."""
    found = [re.findall(r'(\w+)=("[^"]*"|\S+)', line) for line in instructions("ENV", last_stage())]
    return {name: value.strip('"') for line in found for name, value in line}


def entrypoint() -> list[str]:
    (found,) = instructions("ENTRYPOINT", last_stage())
    return [str(word) for word in json.loads(found)]


def default_command() -> list[str]:
    (found,) = instructions("CMD", last_stage())
    return [str(word) for word in json.loads(found)]


def healthcheck() -> list[str]:
    (found,) = instructions("HEALTHCHECK", last_stage())
    return [str(word) for word in json.loads(found[found.index("[") :])]


def composition(named: Mapping[str, str] | None = None) -> dict[str, Any]:
    """compose.yaml with its variables filled in; NotSet for one that must be there."""
    given = NAMED if named is None else named

    def fill(match: re.Match[str]) -> str:
        name, kind, more = match.groups()
        if given.get(name):
            return given[name]
        if kind == "?":
            raise NotSet(f"{name}: {more}")
        return more or ""

    found: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(fill, COMPOSE_TEXT))
    return found


def inside(name: str, named: Mapping[str, str] | None = None) -> Inside:
    """Of a service of ours: the image's entrypoint with the service's command."""
    service = composition(named)["services"][name]
    mounts = dict(reversed(volume.split(":")[:2]) for volume in service.get("volumes", ()))
    return Inside(
        [*entrypoint(), *service["command"]],
        image_environment() | {key: str(value) for key, value in service.get("environment", {}).items()},
        list(service.get("secrets", ())),
        [each.partition(":")[0] for each in service.get("tmpfs", ())],
        mounts,
    )
