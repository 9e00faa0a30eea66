"""What stands round every page: the navigation, who is signed in, and the notice an act left for the next page."""

import base64
import json
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from service.actions.frame import Frame
from service.domain.people import Person
from service.pages.navigation import groups_for
from service.store import notices, organisations, people
from service.wiring import House

NOTICE_SECONDS = 120
NOTICE_LIMIT = 300
MOST_UNSEEN = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """``person`` is None for a page without a signed-in person."""

    here: str
    notice: str = ""
    person: Person | None = None
    organisation: str = ""
    navigation: dict[str, dict[str, str]] = field(default_factory=dict)
    demo: bool = False
    unseen: int = 0  # notices since the person looked, counted to MOST_UNSEEN


def layout_of(request: Request, house: House, frame: Frame | None = None, *, settled: bool = True) -> Layout:
    """Three look-ups: the person, the person's organisation, and how many notices are new.

    Not ``settled``: a sign-in that is not finished leads nowhere yet.
    """
    here, notice = request.url.path, read_notice(request, house)
    if frame is None:
        return Layout(here, notice, demo=house.settings.demo)
    actor = frame.actor
    organisation = organisations.get_organisation(frame.tx, actor.organisation_id)
    return Layout(
        here, notice,
        person=people.get_person(frame.tx, actor.person_id),
        organisation=organisation.name if organisation else "",
        navigation=groups_for(actor) if settled else {},
        demo=house.settings.demo,
        unseen=0 if actor.roles else notices.count_unseen(frame.tx, actor, most=MOST_UNSEEN),
    )  # fmt: skip


def notice_name(house: House) -> str:
    """``__Host-``: no other host of the domain can leave a notice here."""
    return "__Host-oneseal_notice" if house.settings.secure else "oneseal_notice"


def read_notice(request: Request, house: House) -> str:
    """What the act before this page left; nothing when somebody put something else there."""
    word = request.cookies.get(notice_name(house), "")
    try:
        found = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))) if word else ""
    except (ValueError, UnicodeError):
        return ""
    return found[:NOTICE_LIMIT] if isinstance(found, str) else ""


def leave_notice(response: Response, house: House, notice: str) -> None:
    """Shown by the next page, whichever that is."""
    word = base64.urlsafe_b64encode(json.dumps(notice[:NOTICE_LIMIT]).encode()).decode().rstrip("=")
    response.set_cookie(
        notice_name(house), word, max_age=NOTICE_SECONDS, path="/", secure=house.settings.secure, httponly=True,
        samesite="lax",
    )  # fmt: skip


def take_notice(response: Response, request: Request, house: House) -> None:
    """It was shown; the browser may forget it."""
    if notice_name(house) in request.cookies:
        response.delete_cookie(notice_name(house), path="/", secure=house.settings.secure, httponly=True)
