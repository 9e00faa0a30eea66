"""统一身份认证: to the county's identity provider and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import RedirectResponse

from service.actions.sign_in_by_provider import ProviderRefused
from service.api.oidc import come_back, forget_browser, keep_browser, send_away
from service.domain.errors import NotSignedIn, Unavailable
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.page import local
from service.pages.routes.sessions import sign_in_page, signed_in_as

router = APIRouter()
Next = Annotated[str, Query(max_length=2_000)]


@router.get("/sign-in/provider")
def leave(door: Door, next: Next = "") -> Response:
    """Off to the provider; the cookie stays here and is looked at when the person comes back."""
    try:
        sent = send_away(door.house, next_path=local(next), channel=door.channel)
    except Unavailable as error:
        return sign_in_page(door, next, error=str(error), status=503)
    response = RedirectResponse(sent.address, 303)
    keep_browser(response, door.house, sent.browser)
    return response


@router.get("/sign-in/provider/callback")
def arrive(door: Door) -> Response:
    """Back from the provider: in, or to the sign-in page with the reason."""
    response = _arrived(door)
    forget_browser(response, door.house)
    return response


def _arrived(door: PageDoor) -> Response:
    try:
        back = come_back(door.request, door.house, channel=door.channel)
    except NotSignedIn as error:
        return sign_in_page(door, "", error=str(error), status=401)
    except Unavailable as error:
        return sign_in_page(door, "", error=str(error), status=503)
    if isinstance(back.outcome, ProviderRefused):
        why = say(f"oidc.{back.outcome.why.value}", login=back.outcome.login)
        return sign_in_page(door, back.next_path, error=why, status=403)
    return signed_in_as(door, back.outcome, back.next_path)
