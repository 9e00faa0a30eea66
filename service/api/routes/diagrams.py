"""Diagrams: the XML as it was deployed, and the picture drawn from it, for a case with what is done and what is active."""

import hashlib
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from service.actions.look_at_diagram import look_at_definition, look_at_diagram
from service.actions.parts.pictures import draw
from service.api.door import Door
from service.api.routes.common import new_router

router = new_router("diagrams")
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]
Process = Annotated[
    str, Query(max_length=200, description="Another process of the deployment; the main one when empty.")
]
SVG, XML = "image/svg+xml", "application/xml"
# Opened by itself a picture is a page of our origin: it may do and load nothing.
CAREFUL = "default-src 'none'; frame-ancestors 'none'; sandbox"
AS_SVG: dict[int | str, dict[str, Any]] = {200: {"content": {SVG: {}}, "description": "The picture"}}
AS_XML: dict[int | str, dict[str, Any]] = {200: {"content": {XML: {}}, "description": "BPMN 2.0 XML"}}


@router.get("/definitions/{process}/versions/{version}/diagram.svg", response_class=Response, responses=AS_SVG)
def picture_of_definition(
    door: Door, request: Request, process: str, version: Version, shown: Annotated[Process, Query(alias="process")] = ""
) -> Response:
    """How the work goes. 404 says which element has no place, when the diagram cannot be drawn."""
    found = door.read(lambda frame: look_at_definition(frame, process, version, shown))
    return kept(request, draw(found), SVG)


@router.get("/definitions/{process}/versions/{version}/xml", response_class=Response, responses=AS_XML)
def xml_of_definition(
    door: Door, request: Request, process: str, version: Version, shown: Annotated[Process, Query(alias="process")] = ""
) -> Response:
    """The file of the main process, or of the one named."""
    found = door.read(lambda frame: look_at_definition(frame, process, version, shown))
    return kept(request, found.paper.content, XML)


@router.get("/cases/{case_id}/diagram.svg", response_class=Response, responses=AS_SVG)
def picture_of_case(door: Door, request: Request, case_id: str, process: Process = "") -> Response:
    """How far the case is. Steps of a called process are seen at the call; `process` shows them in their own diagram."""
    found = door.read(lambda frame: look_at_diagram(frame, case_id, process))
    return kept(request, draw(found), SVG)


@router.get("/cases/{case_id}/diagram.xml", response_class=Response, responses=AS_XML)
def xml_of_case(door: Door, request: Request, case_id: str, process: Process = "") -> Response:
    """The diagram the case runs on."""
    found = door.read(lambda frame: look_at_diagram(frame, case_id, process))
    return kept(request, found.paper.content, XML)


def kept(request: Request, content: str | bytes, media: str) -> Response:
    """A browser may keep it, but asks each time whether it is still so: who may see it, and how far a case is, changes."""
    body = content.encode() if isinstance(content, str) else content
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Content-Security-Policy": CAREFUL}
    if etag in _asked(request):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)


def _asked(request: Request) -> set[str]:
    given = request.headers.get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in given.split(",")}
