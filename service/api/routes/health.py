"""For whoever watches over the process."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

router = APIRouter(tags=["health"])


@router.get("/healthz", response_class=JSONResponse)
async def alive() -> Response:
    """The process runs and answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", response_class=JSONResponse)
def ready(request: Request) -> Response:
    """The database answers and has this program's schema; 503 with the reason otherwise."""
    why = request.app.state.house.ready()
    return JSONResponse({"status": "not ready", "why": why}, 503) if why else JSONResponse({"status": "ready"})
