"""The door of the pages: the API's door with HTML before it. One transaction, refusals written down, foreign origins refused,
a form pressed twice acts once; a refused form comes back with the fault beside its field and nothing typed lost.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.actions.frame import Frame
from service.api.door import Answer, RequestDoor
from service.api.problems import STATUS
from service.domain.accounts import Pending
from service.domain.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OneSealError,
    PasswordChangeNeeded,
    SecondFactorNeeded,
    SecondFactorSetupNeeded,
)
from service.domain.texts import say
from service.pages.given import Given, faults_by_field
from service.pages.layout import Layout, layout_of, leave_notice, take_notice
from service.pages.page import Done, Page
from service.pages.rendering import address, render
from service.wiring import House

Look = Callable[[Frame], Page]
UNFINISHED = (SecondFactorNeeded, PasswordChangeNeeded, SecondFactorSetupNeeded)
NEXT_STEP = {
    SecondFactorNeeded.code: "/sign-in/code",
    PasswordChangeNeeded.code: "/me/password",
    SecondFactorSetupNeeded.code: "/me/second-factor",
}
"""Where a sign-in is finished."""

MOST_FIELDS = 2_000
MOST_FILES = 50
KEY_LIMIT = 100


class PageDoor(RequestDoor):
    """The door of one request of a page. ``given`` is what its form sent."""

    channel = "page"
    kept = ("location", "set-cookie")

    def __init__(self, request: Request, house: House, given: Given) -> None:
        super().__init__(request, house, b"")
        self.given = given

    def show(self, look: Look, *, during: Collection[Pending] = ()) -> Response:
        """The page ``look`` gives, from one consistent state. Who is not signed in, or not wholly, does that first and comes back.
        ``during``: steps of an unfinished sign-in that may see it.
        """
        try:
            page, layout = self._looked(look, during=during)
        except NotSignedIn:
            return self._first("/sign-in")
        except UNFINISHED as error:
            return self._first(NEXT_STEP[error.code])
        response = render(page, layout)
        take_notice(response, self.request, self.house)
        return response

    def do(
        self, act: Callable[[Frame], Done], *, again: Look | None = None, thing: str = "",
        before: Callable[[], None] = lambda: None,
    ) -> Response:  # fmt: skip
        """Do ``act`` in one transaction and go where it says. ``again`` is the page that shows the form: when the form is refused
        (a fault, another was first, an older version), it is shown with what was typed and why. ``before`` is what takes long and
        needs no transaction; what it raises is told like a refusal of ``act``.
        """
        try:
            before()
            return self.write(self.answer(act), fingerprint=self.given.fingerprint(), thing=thing)
        except NotSignedIn:
            return self._signed_out()
        except UNFINISHED as error:
            return RedirectResponse(NEXT_STEP[error.code], 303)
        except (NotAllowed, NotFound):
            raise
        except OneSealError as error:
            if again is None:
                raise
            return self.refused(error, again)

    def once(self, act: Callable[[Frame], Page], *, again: Look, thing: str = "") -> Response:
        """Do ``act`` in one transaction and show the page it makes, this one time: it holds a secret and is never kept. A second press
        does it a second time, or is refused.
        """
        made: list[Page] = []

        def do(frame: Frame) -> Answer:
            made.append(act(frame))
            return Answer(None, headers={"location": "/"})

        try:
            self.write(do, thing=thing, remember=False)
        except NotSignedIn:
            return self._signed_out()
        except UNFINISHED as error:
            return RedirectResponse(NEXT_STEP[error.code], 303)
        except (NotAllowed, NotFound):
            raise
        except OneSealError as error:
            return self.refused(error, again)
        return self.finish(made[0])

    def answer(self, act: Callable[[Frame], Done]) -> Callable[[Frame], Answer]:
        """``act`` as the API's door takes it."""
        return lambda frame: _answer(act(frame))

    def respond(self, answer: Answer) -> Response:
        response = RedirectResponse(answer.headers["location"], 303)
        if notice := answer.headers.get("notice"):
            leave_notice(response, self.house, notice)
        return response

    def key(self) -> str:
        key = self.given.key
        if len(key) > KEY_LIMIT or not key.isprintable():
            raise Invalid("request.key_length", limit=KEY_LIMIT)
        return f"page/{key}" if key else ""

    def _looked(self, look: Look, *, during: Collection[Pending] = ()) -> tuple[Page, Layout]:
        def both(frame: Frame) -> tuple[Page, Layout]:
            settled = self.caller is not None and self.caller.pending is None
            return look(frame), layout_of(self.request, self.house, frame, settled=settled)

        return self.read(both, during=during)

    def _first(self, where: str) -> Response:
        """Go there, and afterwards come back to what was wanted."""
        url = self.request.url
        wanted = f"{url.path}?{url.query}" if url.query else url.path
        return RedirectResponse(address(where, next=wanted if wanted != "/" else ""), 303)

    def again(
        self, look: Look, error: str, *, status: int, faults: Mapping[str, list[str]] | None = None,
        during: Collection[Pending] = (),
    ) -> Response:  # fmt: skip
        """The page with the form once more: what is wrong, and what was typed."""
        page, layout = self._looked(look, during=during)
        response = render(page, layout, error=error, faults=faults or {}, typed=self.given.typed)
        response.status_code = status
        return response

    def refused(self, error: OneSealError, look: Look, *, during: Collection[Pending] = ()) -> Response:
        """The same for an error of the family, faults beside their fields."""
        status, faults = STATUS.get(error.code, 500), faults_by_field(error.faults)
        return self.again(look, str(error), status=status, faults=faults, during=during)

    def finish(self, page: Page, *, settled: bool = True) -> Response:
        """A page that shows something this one time, as the answer to a form. The session may have a new token by now, so it is not
        asked for again. ``settled``: whether this sign-in is finished.
        """
        assert self.caller
        with self.house.database.read() as tx:
            frame = self.house.frame(tx, self.caller.actor, channel=self.channel)
            return render(page, layout_of(self.request, self.house, frame, settled=settled))

    def finish_with(self, look: Callable[..., Page], *about: object) -> Response:
        """The page ``look`` makes of what this request did, as the answer to its form."""
        page, layout = self._looked(lambda frame: look(frame, *about))
        return render(page, layout)

    def _signed_out(self) -> Response:
        """The session ended while somebody was typing: what was typed stays, and can be sent once signed in again."""
        hidden = ("password", "secret", "code")
        kept = {k: v for k, v in self.given.typed.items() if not any(word in k for word in hidden)}
        page = Page("signed_out.html", status=401, target=self.request.url.path, kept=kept)
        return render(page, layout_of(self.request, self.house), error=say("page.signed_out"))


def _answer(done: Done) -> Answer:
    return Answer(None, 303, headers={"location": done.location, "notice": done.notice})


async def open_page_door(request: Request) -> AsyncIterator[PageDoor]:
    """Reads the form, if there is one, and lets go of its files afterwards."""
    posted = request.method == "POST"
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) if posted else None
    given = Given(form)
    try:
        yield PageDoor(request, request.app.state.house, given)
    finally:
        await given.close()


Door = Annotated[PageDoor, Depends(open_page_door)]
