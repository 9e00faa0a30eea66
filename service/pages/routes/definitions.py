"""流程定义: which processes are deployed, how each goes, and deploying new versions."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from service.actions.deploy import Deploy, deploy
from service.actions.frame import Frame
from service.actions.look_at_version import look_at_version
from service.actions.parts.acting import allow
from service.api.routes.definitions import safe_name
from service.domain.cases import Definition
from service.domain.errors import DiagramRefused, Fault, Stale
from service.domain.permission import Facts, can
from service.domain.texts import say
from service.pages.deployment import placed
from service.pages.diagrams import version_picture
from service.pages.door import Door, PageDoor
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import definitions

router = APIRouter()
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]
Word = Annotated[str, Query(max_length=200)]
NOTE_LIMIT = 1_000
DEPLOY = "definition.deploy"


@router.get("/definitions")
def list_definitions(door: Door) -> Response:
    """Every version, newest of each process first."""

    def look(frame: Frame) -> Page:
        every = definitions.list_definitions(frame.tx)
        groups: dict[str, list[Definition]] = {}
        for found in every:
            groups.setdefault(found.process_key, []).append(found)
        return Page(
            "definitions/list.html", groups=groups, running=definitions.running_cases(frame.tx),
            may_deploy=bool(can(frame.actor, DEPLOY, Facts())), names=Names(frame.tx, [d.deployed_by for d in every]),
        )  # fmt: skip

    return door.show(look)


@router.get("/definitions/{process}")
def show_newest(door: Door, process: str, shown: Annotated[Word, Query(alias="diagram")] = "") -> Response:
    return door.show(lambda frame: _page(frame, process, None, shown))


@router.get("/definitions/{process}/versions/{version}")
def show_version(
    door: Door, process: str, version: Version, shown: Annotated[Word, Query(alias="diagram")] = ""
) -> Response:
    """One version: its diagrams, who does what with which form, its files."""
    return door.show(lambda frame: _page(frame, process, version, shown))


@router.get("/deploy")
def ask(door: Door, process: Word = "") -> Response:
    """The form; ``process``: the one to be changed."""
    return door.show(lambda frame: _form(frame, process, ()))


@router.post("/deploy")
def deploy_files(door: Door) -> Response:
    """All of it accepted, or refused with every problem in a table. Compiled before the transaction: that can take seconds."""
    attempt = _Attempt(door)

    def act(frame: Frame) -> Done:
        definitions.lock_deployments(frame.tx)
        before = attempt.newest(frame)
        found = deploy(frame, Deploy(attempt.contents, attempt.note))
        same = before is not None and before.version == found.version
        key = "notice.deploy_unchanged" if same else "notice.deployed"
        where = f"/definitions/{found.process_key}/versions/{found.version}"
        return Done(where, say(key, name=found.name, version=found.version))

    return door.do(act, before=attempt.prepare, again=lambda frame: _form(frame, "", attempt.problems), thing="deploy")


class _Attempt:
    """What was chosen, compiled. ``problems`` is filled when the files are refused."""

    def __init__(self, door: PageDoor) -> None:
        self.door = door
        self.contents: Mapping[str, bytes] = {}
        self.problems: Sequence[Fault] = ()
        self.note = self.process = ""
        self.version = 0

    def prepare(self) -> None:
        given = self.door.given
        uploads = {safe_name(f.filename or ""): f.file.read() for f in given.files("files")}
        self.note = given.text("note", most=NOTE_LIMIT)
        self.process, _, version = given.text("over", most=200).partition("@")
        self.version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        if not uploads:
            given.wrong("files", "given.no_file")
        given.check()
        if self.door.read(lambda frame: bool(can(frame.actor, DEPLOY, Facts()))):  # others are refused by the action
            self._compile(uploads)

    def newest(self, frame: Frame) -> Definition | None:
        """Of the process these files are; Stale when another deployed since the form was shown."""
        key = self.process or frame.bundles.compile(self.contents).key
        found = definitions.latest_definition(frame.tx, key)
        if self.process and (found is None or found.version != self.version):
            current = found.version if found else 0
            raise Stale("version.stale", what=found.name if found else key, wanted=self.version, current=current)
        return found

    def _compile(self, uploads: Mapping[str, bytes]) -> None:
        bundles = self.door.house.bundles
        try:
            key = self.process or bundles.compile(uploads).key
            before = self.door.read(lambda frame: _files_of(frame, key))
            self.contents = placed(uploads, before, over=bool(self.process))
            bundles.compile(self.contents)
        except DiagramRefused as error:
            self.problems = error.faults
            raise


def _files_of(frame: Frame, process: str) -> Mapping[str, bytes]:
    found = definitions.latest_definition(frame.tx, process)
    return definitions.bundle_files(frame.tx, found.bundle_digest) if found else {}


def _form(frame: Frame, process: str, problems: Sequence[Fault]) -> Page:
    allow(frame, DEPLOY, Facts())
    newest: dict[str, Definition] = {}
    for found in definitions.list_definitions(frame.tx):
        newest.setdefault(found.process_key, found)
    choices = {
        f"{d.process_key}@{d.version}": say("deploy.over", name=d.name, version=d.version) for d in newest.values()
    }
    chosen = f"{process}@{newest[process].version}" if process in newest else ""
    return Page("definitions/deploy.html", choices=choices, chosen=chosen, problems=problems)


def _page(frame: Frame, process: str, version: int | None, shown: str) -> Page:
    view = look_at_version(frame, process, version)
    chosen = next((p for p in view.processes if p.id == shown), view.processes[0])
    found = view.definition
    values: dict[str, Any] = {
        "picture": version_picture(process, found.version, shown=chosen.id, undrawn=chosen.undrawn),
        "names": Names(frame.tx, [d.deployed_by for d in view.versions]),
        "may_deploy": bool(can(frame.actor, DEPLOY, Facts())),
        "relation": _relation,
    }
    return Page("definitions/show.html", islands=True, view=view, shown=chosen, **values)


def _relation(group: str) -> str:
    """``center_clerk@center`` as people say it: the post, and of which organisation."""
    post, _, relation = group.partition("@")
    head, _, argument = relation.partition(":")
    where = argument if head == "org" else say(f"relation.{argument or head}")
    return say("relation.post", post=say(f"post.{post}"), where=where)
