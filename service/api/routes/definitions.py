"""Deployed processes: deploy a diagram with everything it needs, list versions, read the exact files back."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, Path, Response, UploadFile

from service.actions.deploy import Deploy, deploy
from service.actions.frame import Frame
from service.api.door import Answer, Door, missing
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import Listed, Shown
from service.domain.cases import Definition
from service.domain.errors import Invalid
from service.domain.permission import Facts, can
from service.store import definitions

router = new_router("definitions")
NAME_LIMIT = 200
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


class DefinitionShown(Shown):
    """A deployed version. `bundle` is the SHA-256 over all its files."""

    process: str
    version: int
    name: str
    bundle: str
    deployed_at: datetime
    deployed_by: str


class DefinitionFiles(DefinitionShown):
    """With the names of its files."""

    files: list[str]


@router.post("/definitions", response_model=DefinitionShown, status_code=201, responses=WRITE_PROBLEMS)
def deploy_files(
    door: Door, files: list[UploadFile], note: Annotated[str, Form(max_length=4_000)] = "",
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """All accepted, or refused with every problem: file, element id, name, line, column. The same files again change nothing."""
    contents = {safe_name(file.filename or ""): file.file.read() for file in files}

    def act(frame: Frame) -> Answer:
        found = deploy(frame, Deploy(contents, note))
        where = {"Location": f"/api/v1/definitions/{quote(found.process_key)}/versions/{found.version}"}
        return Answer(DefinitionShown(**_fields(found)), 201, headers=where)

    if door.read(lambda frame: bool(can(frame.actor, "definition.deploy", Facts()))):  # others are refused below
        door.house.bundles.compile(contents)  # outside the transaction: it can take seconds
    digests = [f"{name}:{hashlib.sha256(content).hexdigest()}" for name, content in sorted(contents.items())]
    return door.write(act, fingerprint="/".join([note, *digests]))


@router.get("/definitions")
def list_definitions(door: Door) -> Listed[DefinitionShown]:
    """Every version, newest of each process first."""

    def look(frame: Frame) -> Listed[DefinitionShown]:
        found = definitions.list_definitions(frame.tx)
        return Listed[DefinitionShown](items=[DefinitionShown(**_fields(d)) for d in found], next=None)

    return door.read(look)


@router.get("/definitions/{process}/versions/{version}")
def show_definition(door: Door, process: str, version: Version) -> DefinitionFiles:
    """One version and the names of its files."""

    def look(frame: Frame) -> DefinitionFiles:
        found = _find(frame, process, version)
        return DefinitionFiles(**_fields(found), files=sorted(definitions.bundle_files(frame.tx, found.bundle_digest)))

    return door.read(look)


@router.get("/definitions/{process}/versions/{version}/files/{name:path}", response_class=Response)
def show_file(door: Door, process: str, version: Version, name: str) -> Response:
    """The bytes as they were deployed."""

    def look(frame: Frame) -> bytes:
        files = definitions.bundle_files(frame.tx, _find(frame, process, version).bundle_digest)
        return (
            files[name] if name in files else missing("definition.no_file", name=name, process=process, version=version)
        )

    content = door.read(look)
    media = "application/json" if name.endswith(".form") else "application/xml"
    return Response(content, media_type=media, headers={"Content-Security-Policy": "sandbox"})


def _find(frame: Frame, process: str, version: int) -> Definition:
    found = definitions.get_definition(frame.tx, process, version=version)
    return found or missing("definition.no_version", process=process, version=version)


def _fields(found: Definition) -> dict[str, Any]:
    return {
        "process": found.process_key, "version": found.version, "name": found.name, "bundle": found.bundle_digest,
        "deployed_at": found.deployed_at, "deployed_by": found.deployed_by,
    }  # fmt: skip


def safe_name(name: str) -> str:
    """A path inside the bundle: relative, forward slashes, no steps upward."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.name or path.is_absolute() or ".." in path.parts or len(name) > NAME_LIMIT or not name.isprintable():
        raise Invalid("deploy.file_name", name=name[:60])
    return path.as_posix()
