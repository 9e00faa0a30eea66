"""Errors as pages: what went wrong, in a sentence, and a way back. What is asked under /api stays a problem in JSON."""

from urllib.parse import urlsplit

from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.api import problems
from service.api.identity import caller
from service.api.problems import CODE_OF, STATUS
from service.domain.errors import OneSealError
from service.domain.texts import say
from service.pages.given import faults_by_field
from service.pages.layout import Layout, layout_of
from service.pages.page import Page, local
from service.pages.rendering import render

NO_PAGES = ("/api/", "/healthz", "/readyz", "/static/")


def of_pages(request: Request) -> bool:
    """Whether somebody with a browser asks."""
    return not f"{request.url.path}/".startswith(tuple(f"{start.rstrip('/')}/" for start in NO_PAGES))


async def on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, OneSealError)
    return await refused(request, error) if of_pages(request) else problems.of_error(error)


async def refused(request: Request, error: OneSealError) -> Response:
    """One error of the family as a page."""
    faults = faults_by_field(error.faults)
    return await run_in_threadpool(_page, request, error.code, str(error), STATUS.get(error.code, 500), faults)


async def on_http(request: Request, error: Exception) -> Response:
    """Unknown addresses, wrong methods, forms over the limit."""
    assert isinstance(error, HTTPException)
    if not of_pages(request):
        return await problems.on_http(request, error)
    code = CODE_OF.get(error.status_code, "invalid")
    sentence = say("page.unknown") if code == "not-found" else say(f"problem.{code}")
    return await run_in_threadpool(_page, request, code, sentence, error.status_code)


async def on_validation(request: Request, error: Exception) -> Response:
    """An address with values that do not fit: nobody gets it by clicking."""
    assert isinstance(error, RequestValidationError)
    if not of_pages(request):
        return await problems.on_validation(request, error)
    return await run_in_threadpool(_page, request, "invalid", say("page.bad_address"), 422)


async def on_surprise(request: Request) -> Response:
    """A defect of ours: no inner story. Nothing is looked up any more."""
    if not of_pages(request):
        return problems.problem("error", say("problem.error"))
    return _bare(request, "error", say("page.surprise"), 500)


def _page(
    request: Request, code: str, sentence: str, status: int, faults: dict[str, list[str]] | None = None
) -> Response:
    every = [message for found in (faults or {}).values() for message in found]
    page = Page("error.html", status=status, code=code, back=_back(request), all_faults=every)
    return render(page, _layout(request), error=sentence)


def _bare(request: Request, code: str, sentence: str, status: int) -> Response:
    page = Page("error.html", status=status, code=code, back="/", all_faults=[])
    return render(page, Layout(request.url.path), error=sentence)


def _layout(request: Request) -> Layout:
    """With the navigation when somebody is signed in and the database answers."""
    house = request.app.state.house
    try:
        with house.database.read() as tx:
            found = caller(request, house, tx)
            frame = house.frame(tx, found.actor, channel="page")
            return layout_of(request, house, frame, settled=found.pending is None)
    except OneSealError:
        return layout_of(request, house)


def _back(request: Request) -> str:
    """The page before, when it was one of ours and another one."""
    before = urlsplit(request.headers.get("referer", ""))
    if before.netloc != request.headers.get("host", "") or before.path == request.url.path:
        return "/"
    return local(f"{before.path}?{before.query}" if before.query else before.path)
