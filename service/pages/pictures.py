"""The drawing of a case's version with one place marked: for those who repair it, and may not see how far the case is."""

from dataclasses import replace

from service.actions.frame import Frame
from service.actions.look_at_diagram import look_at_definition
from service.actions.parts.pictures import marks_seen
from service.domain.cases import Case
from service.domain.errors import NotFound
from service.pages.diagrams import Picture, version_picture


def place_picture(frame: Frame, case: Case, element: str, state: str) -> Picture:
    """``state``: active or incident. Of the process the element stands in."""
    elements = frame.bundles.get(frame.tx, case.bundle_digest).elements
    shown = elements[element].process if element in elements else ""
    try:
        found = look_at_definition(frame, case.process_key, case.definition_version, shown)
        marks_seen(found)
    except NotFound as error:
        return Picture(undrawn=str(error))
    picture = version_picture(case.process_key, case.definition_version, shown=found.paper.process, undrawn="")
    return replace(picture, marks={element: state} if element in elements else {})
