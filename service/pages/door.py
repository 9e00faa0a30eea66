"""The door of the pages: the API's door with HTML before it. One transaction, refusals written down, foreign origins refused,
a form pressed twice acts once; a refused form comes back with the fault beside its field and nothing typed lost.
"""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.actions.frame import Frame
from service.api.door import Answer, RequestDoor
from service.api.problems import STATUS
from service.domain.errors import Invalid, NotAllowed, NotFound, NotSignedIn, OneSealError
from service.domain.texts import say
from service.pages.given import Given, faults_by_field
from service.pages.layout import Layout, layout_of, leave_notice, take_notice
from service.pages.page import Done, Page
from service.pages.rendering import address, render
from service.wiring import House

Look = Callable[[Frame], Page]
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

    def show(self, look: Look) -> Response:
        """The page ``look`` gives, from one consistent state. Who is not signed in goes there first and comes back."""
        try:
            page, layout = self._looked(look)
        except NotSignedIn:
            url = self.request.url
            wanted = f"{url.path}?{url.query}" if url.query else url.path
            return RedirectResponse(address("/sign-in", next=wanted if wanted != "/" else ""), 303)
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
        except (NotAllowed, NotFound):
            raise
        except OneSealError as error:
            if again is None:
                raise
            return self._shown_again(error, again)

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

    def _looked(self, look: Look) -> tuple[Page, Layout]:
        return self.read(lambda frame: (look(frame), layout_of(self.request, self.house, frame)))

    def _shown_again(self, error: OneSealError, again: Look) -> Response:
        page, layout = self._looked(again)
        faults = faults_by_field(error.faults)
        response = render(page, layout, error=str(error), faults=faults, typed=self.given.typed)
        response.status_code = STATUS.get(error.code, 500)
        return response

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
