"""For whoever watches over the process."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from service.domain.errors import Unavailable
from service.wiring import House

router = APIRouter(tags=["health"])


@router.get("/healthz", response_class=JSONResponse)
async def alive() -> Response:
    """The process runs and answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", response_class=JSONResponse)
def ready(request: Request) -> Response:
    """The database answers and has this program's schema, and the workers inside live; 503 with the reason otherwise."""
    state = request.app.state
    why = _why_not(state.house) or ("a worker has died" if not all(t.is_alive() for t in state.workers) else "")
    return JSONResponse({"status": "not ready", "why": why}, 503) if why else JSONResponse({"status": "ready"})


def _why_not(house: House) -> str:
    try:
        return house.ready()
    except Unavailable as error:
        return str(error)
