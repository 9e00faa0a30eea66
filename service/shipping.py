"""The diagrams that ship with the program: ``bpmn/bundles.toml`` lists what is deployed together."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.actions.deploy import Deploy, deploy
from service.domain.cases import Definition
from service.domain.errors import Conflict, Invalid
from service.domain.people import SYSTEM
from service.store import definitions
from service.wiring import House


@dataclass(frozen=True, slots=True)
class Deployed:
    """``new``: a version was made; otherwise the newest one holds the same files already."""

    definition: Definition
    new: bool


def shipped_bundles(root: Path) -> Iterator[dict[str, bytes]]:
    """Path below ``root`` -> content, one bundle after the other in the order of the list: what another one starts comes first."""
    listed: Mapping[str, Mapping[str, list[str]]] = tomllib.loads((root / "bundles.toml").read_text("utf-8"))
    for bundle in listed.values():
        paths = sorted(path for pattern in bundle["files"] for path in root.glob(pattern))
        yield {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def deploy_shipped(house: House, note: str = "", *, force: bool = False) -> tuple[Deployed, ...]:
    """Deploy them all; what is deployed already stays as it is. What a person deployed is replaced by ``force`` alone."""
    bundles = list(shipped_bundles(house.settings.bpmn))
    if not force:
        for files in bundles:
            _refuse_over_a_person(house, files)
    return tuple(deploy_files(house, files, note) for files in bundles)


def deploy_missing(house: House, note: str) -> None:
    """Deploy those of which there is no version yet."""
    for files in shipped_bundles(house.settings.bpmn):
        key = house.bundles.compile(files, trusted=True).key
        with house.database.read() as tx:
            known = definitions.latest_definition(tx, key)
        if not known:
            deploy_files(house, files, note)


def deploy_files(house: House, files: Mapping[str, bytes], note: str) -> Deployed:
    """One bundle from the command line, compiled before the transaction begins."""
    key = house.bundles.compile(files, trusted=True).key
    with house.database.begin() as tx:
        before = definitions.latest_definition(tx, key)
        made = deploy(house.frame(tx, channel="cli"), Deploy(files, note))
    return Deployed(made, new=made != before)


def read_files(root: Path, paths: Sequence[Path]) -> dict[str, bytes]:
    """Files named on the command line: those below ``root`` keep their path there, as when all are deployed; others their name.

    Two under one name are refused, for one of them would be lost.
    """
    found: dict[str, Path] = {}
    for path in paths:
        whole, base = path.resolve(), root.resolve()
        name = whole.relative_to(base).as_posix() if whole.is_relative_to(base) else path.name
        if found.setdefault(name, path).resolve() != whole:
            raise Invalid("cli.two_of_a_name", name=name, first=found[name], second=path)
    return {name: path.read_bytes() for name, path in found.items()}


def _refuse_over_a_person(house: House, files: Mapping[str, bytes]) -> None:
    bundle = house.bundles.compile(files, trusted=True)
    with house.database.read() as tx:
        newest = definitions.latest_definition(tx, bundle.key)
    if newest and newest.bundle_digest != bundle.digest and newest.deployed_by != SYSTEM.person_id:
        raise Conflict(
            "cli.deployed_by_a_person", name=newest.name, process=newest.process_key, version=newest.version,
            person=newest.deployed_by,
        )  # fmt: skip
