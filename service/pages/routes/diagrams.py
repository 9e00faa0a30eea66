"""流程图: how far a case is, on a page of its own."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_case import look_at_case
from service.pages.diagrams import case_diagram
from service.pages.door import Door
from service.pages.page import Page

router = APIRouter()


@router.get("/cases/{case_id}/diagram")
def show(door: Door, case_id: str, diagram: Annotated[str, Query(max_length=200)] = "") -> Response:
    """``diagram``: another process of the deployment."""

    def look(frame: Frame) -> Page:
        found = look_at_case(frame, case_id)
        return Page("diagrams/case.html", islands=True, case=found.case, diagram=case_diagram(frame, case_id, diagram))

    return door.show(look)
