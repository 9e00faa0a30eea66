"""The diagrams that ship with the program: ``bpmn/bundles.toml`` lists what is deployed together."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.actions.deploy import Deploy, deploy
from service.domain.cases import Definition
from service.wiring import House


def shipped_bundles(root: Path) -> Iterator[dict[str, bytes]]:
    """Path below ``root`` -> content, one bundle after the other in the order of the list: what another one starts comes first."""
    listed: Mapping[str, Mapping[str, list[str]]] = tomllib.loads((root / "bundles.toml").read_text("utf-8"))
    for bundle in listed.values():
        paths = sorted(path for pattern in bundle["files"] for path in root.glob(pattern))
        yield {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def deploy_shipped(house: House, note: str = "") -> tuple[Definition, ...]:
    """Deploy them all; what is deployed already stays as it is."""
    return tuple(deploy_files(house, files, note) for files in shipped_bundles(house.settings.bpmn))


def deploy_files(house: House, files: Mapping[str, bytes], note: str) -> Definition:
    """One bundle from the command line, compiled before the transaction begins."""
    house.bundles.compile(files)
    with house.database.begin() as tx:
        return deploy(house.frame(tx, channel="cli"), Deploy(files, note))
