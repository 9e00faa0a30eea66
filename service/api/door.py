"""One request, one transaction. Every route goes through here, so every mutation has the same promises:

who asks is known; ``Idempotency-Key`` gives the same answer again; ``If-Match`` is read; a refusal is written into the actor's day; a step
the engine could not do leaves an incident; everything else is rolled back whole.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, NoReturn, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from pydantic_core import to_json

from service.actions.frame import Frame
from service.actions.record_denial import DeniedAttempt, record_denial
from service.actions.record_failure import FailedStep, record_failure
from service.api.identity import Caller, caller, keep_alive, must_be_fit
from service.domain.accounts import Pending
from service.domain.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound, OneSealError, StepFailed
from service.domain.people import Actor
from service.store import idempotency
from service.store.idempotency import Remembered
from service.store.session import Transaction
from service.wiring import House

T = TypeVar("T")
KEY_LIMIT = 200
THING_LIMIT = 200
FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route gives back. ``version`` becomes the ETag."""

    body: BaseModel | None
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class RequestDoor:
    """The door of one request. The pages' door is one too: it answers in HTML and takes its key from the form."""

    channel = "api"
    kept: tuple[str, ...] = ("etag", "location", "content-type")  # headers of an answer that is given again

    def __init__(self, request: Request, house: House, body: bytes) -> None:
        self.request, self.house, self._body = request, house, body
        self.caller: Caller | None = None  # known inside ``write`` and ``read``

    @property
    def if_match(self) -> int | None:
        """The version the caller last saw, from ``If-Match: "7"``; None when not given."""
        text = self.request.headers.get("if-match", "").strip()
        if not text:
            return None
        bare = text.removeprefix("W/").strip('"')
        if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
            raise Invalid("request.if_match", found=text[:40])
        return int(bare)

    def write(
        self, act: Callable[[Frame], Answer], *, fingerprint: str = "", thing: str = "", remember: bool = True,
        during: Collection[Pending] = (), part: str = "",
    ) -> Response:  # fmt: skip
        """Do ``act`` in one transaction and answer. ``fingerprint`` stands for the content where it is not the body (uploads).

        ``part``: one of several acts this request does, each with a memory of its own.

        ``remember=False``: the answer holds a secret, so it is never kept, and an Idempotency-Key is refused.
        ``during``: steps of an unfinished sign-in that may do this.
        """
        if not remember and "idempotency-key" in self.request.headers:
            raise Invalid("request.no_key")
        who: Actor | None = None
        try:
            with self.house.database.begin() as tx:
                found = caller(self.request, self.house, tx)
                self.caller, who = found, found.actor
                must_be_fit(self.request, self.house, found, during=during)
                response = self._once(tx, found, act, fingerprint=fingerprint, remember=remember, part=part)
        except (NotAllowed, NotFound, StepFailed) as error:
            self._write_down(error, who, thing=thing)
            raise
        keep_alive(self.house, found)
        return response

    def write_each(self, things: Iterable[str], act: Callable[[Frame, str], Answer]) -> dict[str, OneSealError | None]:
        """``act`` for each thing in a transaction of its own; answers what was refused, None for what was done.

        The same request again does nothing a second time, and answers as it did.
        """
        found: dict[str, OneSealError | None] = {}
        for thing in dict.fromkeys(things):
            try:
                self.write(partial(_on, act, thing), thing=thing, part=thing)
                found[thing] = None
            except (NotAllowed, NotFound, Conflict, StepFailed) as error:
                found[thing] = error
        return found

    def read(self, look: Callable[[Frame], T], *, during: Collection[Pending] = ()) -> T:
        """Look at one consistent state of the database. A refusal is written down here too."""
        who: Actor | None = None
        try:
            with self.house.database.read() as tx:
                found = caller(self.request, self.house, tx)
                self.caller, who = found, found.actor
                must_be_fit(self.request, self.house, found, during=during)
                seen = look(self.house.frame(tx, who, channel=self.channel))
        except (NotAllowed, NotFound) as error:
            self._write_down(error, who)
            raise
        keep_alive(self.house, found)
        return seen

    def respond(self, answer: Answer) -> Response:
        return respond(answer)

    def _once(
        self, tx: Transaction, found: Caller, act: Callable[[Frame], Answer], *, fingerprint: str, remember: bool,
        part: str = "",
    ) -> Response:  # fmt: skip
        """The stored answer when this key came before with the same request, else do it and store the answer."""
        key, wanted = self.key() if remember else "", self._hash(fingerprint)
        key = hashlib.sha256(f"{key}\x00{part}".encode()).hexdigest() if key and part else key
        actor = found.actor.person_id
        before = idempotency.remembered(tx, actor_id=actor, key=key) if key else None
        if before:
            if before.request_hash != wanted:
                raise KeyReused("request.key_reused", key=key)
            return Response(before.body, before.status, headers=dict(before.headers) | {"Idempotent-Replayed": "true"})
        frame = self.house.frame(tx, found.actor, channel=self.channel)
        response = self.respond(act(frame))
        if key:
            headers = {k: v for k, v in response.headers.items() if k in self.kept}
            kept = Remembered(wanted, response.status_code, headers, bytes(response.body).decode())
            idempotency.remember(tx, actor_id=actor, key=key, answer=kept, at=frame.now)
        return response

    def key(self) -> str:
        """What makes this request the same as an earlier one; empty when nothing does."""
        key = self.request.headers.get("idempotency-key", "").strip()
        if len(key) > KEY_LIMIT or not key.isprintable():
            raise Invalid("request.key_length", limit=KEY_LIMIT)
        return key

    def _hash(self, fingerprint: str) -> str:
        url = self.request.url
        parts = (self.request.method, url.path, url.query, self.request.headers.get("if-match", ""), fingerprint)
        try:
            said = "\x00".join(parts).encode()
        except UnicodeEncodeError as error:  # half surrogates in a form's field or file name
            raise Invalid("body.character") from error
        return hashlib.sha256(said + b"\x00" + self._body).hexdigest()

    def _write_down(self, error: OneSealError, who: Actor | None, *, thing: str = "") -> None:
        """In a transaction of its own: the refused one is gone."""
        refused = isinstance(error, NotAllowed) or bool(error.values.get("hidden"))
        if who is None or not (refused or isinstance(error, StepFailed)):
            return
        route = self.request.scope.get("route")
        what = f"{self.request.method} {getattr(route, 'path', self.request.url.path)}"
        with self.house.database.begin() as tx:
            frame = self.house.frame(tx, who, channel=self.channel)
            if isinstance(error, StepFailed) and _record_incident(frame, error, task_id=thing):
                return  # a failed start leaves no case to hang an incident on, so it is told like a refusal
            code = str(error.values.get("verdict", error.code))
            record_denial(frame, DeniedAttempt(what, code, str(error), self._aimed_at(thing)))

    def _aimed_at(self, thing: str) -> str:
        """What the path names, if not ``thing``, without the characters that cannot be sealed."""
        named = thing or "/".join(str(part) for part in self.request.path_params.values())
        return "".join(c for c in named if c.isprintable())[:THING_LIMIT]


def _on(act: Callable[[Frame, str], Answer], thing: str, frame: Frame) -> Answer:
    return act(frame, thing)


def respond(answer: Answer) -> Response:
    headers = dict(answer.headers)
    if answer.version is not None:
        headers["ETag"] = f'"{answer.version}"'
    if answer.body is None:
        return Response(status_code=204, headers=headers)
    return Response(to_json(answer.body), answer.status, headers=headers, media_type="application/json")


def _record_incident(frame: Frame, error: StepFailed, *, task_id: str) -> bool:
    values: dict[str, Any] = error.values
    failed = FailedStep(
        case_id=str(values.get("case_id", "")), message=str(error), element=str(values.get("element", "")),
        task_id=task_id or None, expression=str(values.get("expression", "")),
    )  # fmt: skip
    return record_failure(frame, failed) is not None


async def open_door(request: Request) -> RequestDoor:
    """Async so that it costs no thread hop. An upload's body has been read as a form; its route gives a fingerprint instead."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = kind in FORMS
    return RequestDoor(request, request.app.state.house, b"" if form else await request.body())


Door = Annotated[RequestDoor, Depends(open_door)]


def missing(text: str, /, **values: Any) -> NoReturn:
    """404 for a thing that is not there or not for this caller."""
    raise NotFound(text, **values)
