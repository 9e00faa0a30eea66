"""强制处理: where a case waits; skip, jump and change variables, each shown beforehand and done with a reason."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.jump_token import JumpToken, jump_token
from service.actions.look_at_repair import look_at_repair
from service.actions.preview_force import PreviewForce, preview_force
from service.actions.preview_variables import PreviewVariables, preview_variables
from service.actions.set_variables import SetVariables, set_variables
from service.actions.skip_wait import SkipWait, skip_wait
from service.domain.errors import Conflict, Invalid, OneSealError
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.given import Given, faults_by_field
from service.pages.page import Done, Page
from service.pages.pictures import place_picture

router = APIRouter()
Foresee = Callable[[Frame, str, Given], Page]
Number = Annotated[int, Query(ge=0, le=2**31 - 1)]
HIGHEST = 2**31 - 1
NAME, VALUE = 100, 10_000


@router.get("/repair/{case_id}")
def show(door: Door, case_id: str, at: Number = 0) -> Response:
    """``at``: the number of the place that is marked; the first one when it is not given."""
    return door.show(lambda frame: _page(frame, case_id, at))


@router.post("/repair/{case_id}/preview")
def preview(door: Door, case_id: str) -> Response:
    """What a skip, or with a target a jump, would do."""
    return door.show(_or_before(door, case_id, _force_foreseen))


@router.post("/repair/{case_id}/force")
def force(door: Door, case_id: str) -> Response:
    """Do what was shown, if the case is still as it was."""

    def act(frame: Frame) -> Done:
        number, target = _place_given(door.given)
        reason, version = _confirmed(door.given)
        if target:
            moved = jump_token(frame, JumpToken(case_id, number, target, reason, version))
        else:
            moved = skip_wait(frame, SkipWait(case_id, number, reason, version))
        return Done(f"/repair/{case_id}", say("notice.forced", case=moved.case.business_key))

    return door.do(act, again=_or_before(door, case_id, _force_foreseen))


@router.post("/repair/{case_id}/variables/preview")
def preview_change(door: Door, case_id: str) -> Response:
    """The old and the new value."""
    return door.show(_or_before(door, case_id, _change_foreseen))


@router.post("/repair/{case_id}/variables")
def change(door: Door, case_id: str) -> Response:
    """修改变量, if the case is still as it was."""

    def act(frame: Frame) -> Done:
        order = _change(door.given, case_id)
        reason, version = _confirmed(door.given)
        set_variables(frame, SetVariables(case_id, order.given, reason, order.remove, order.number, version))
        return Done(f"/repair/{case_id}", say("notice.variables_set"))

    return door.do(act, again=_or_before(door, case_id, _change_foreseen))


def _force_foreseen(frame: Frame, case_id: str, given: Given) -> Page:
    number, target = _place_given(given)
    found = preview_force(frame, PreviewForce(case_id, number, target))
    view = look_at_repair(frame, case_id)
    place = next(place for place in view.places if place.number == number)
    name = place.targets.get(target, "")
    return Page("repair/preview.html", view=view, place=place, target=target, found=found, target_name=name)


def _change_foreseen(frame: Frame, case_id: str, given: Given) -> Page:
    order = _change(given, case_id)
    found = preview_variables(frame, order)
    typed = {name: values[0] for name, values in given.typed.items()}
    kept = {name: typed[name] for name in ("number", "name", "value", "remove") if name in typed}
    return Page("repair/variables.html", view=look_at_repair(frame, case_id), found=found, order=order, kept=kept)


def _or_before(door: PageDoor, case_id: str, foreseen: Foresee) -> Callable[[Frame], Page]:
    """The preview as things are now, or the page before it with why there is none."""

    def look(frame: Frame) -> Page:
        door.given.faults.clear()
        try:
            return foreseen(frame, case_id, door.given)
        except (Invalid, Conflict) as error:
            return _page(frame, case_id, _number(door.given), error=error, given=door.given)

    return look


def _page(
    frame: Frame, case_id: str, at: int, *, error: OneSealError | None = None, given: Given | None = None
) -> Page:
    view = look_at_repair(frame, case_id)
    marked = next((p for p in view.places if p.number == at), view.places[0] if view.places else None)
    faults = faults_by_field(error.faults) if error else {}
    more = {"error": str(error), "faults": _beside(faults), "typed": given.typed} if error and given else {}
    return Page(
        "repair/show.html", status=422 if error else 200, islands=True, view=view, at=marked,
        picture=place_picture(frame, view.case, marked.element, "active") if marked else None, **more,
    )  # fmt: skip


def _beside(faults: dict[str, list[str]]) -> dict[str, list[str]]:
    """A fault of a variable stands beside its value, whatever its name."""
    known = ("number", "target", "reason", "version", "name", "value")
    found: dict[str, list[str]] = {}
    for field, messages in faults.items():
        found.setdefault(field if field in known else "value", []).extend(messages)
    return found


def _number(given: Given) -> int:
    text = (given.typed.get("number") or [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place_given(given: Given) -> tuple[int, str]:
    number = given.whole("number", least=1, most=HIGHEST, required=True)
    target = given.text("target", most=200, required=(given.typed.get("what") or [""])[0] == "jump")
    given.check()
    return number or 0, target


def _confirmed(given: Given) -> tuple[str, int | None]:
    reason = given.text("reason", required=True)
    version = given.whole("version", least=0, most=HIGHEST, required=True)
    given.check()
    return reason, version


def _change(given: Given, case_id: str) -> PreviewVariables:
    number = given.whole("number", least=0, most=HIGHEST, required=True)
    removes = given.flag("remove")
    name = given.text("name", most=NAME, required=True)
    value = given.text("value", most=VALUE, required=not removes)
    given.check()
    return PreviewVariables(case_id, {} if removes else {name: value}, (name,) if removes else (), number or 0)
