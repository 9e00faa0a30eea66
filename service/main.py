"""The front gate: puts the application together. Wiring only."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

import anyio.to_thread
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from service.api.examples import with_examples
from service.api.guard import Guard
from service.api.routes import ROUTERS
from service.api.routes.health import router as health
from service.domain.errors import OneSealError, in_short, way_to
from service.pages import refusals
from service.pages.rendering import STATIC
from service.pages.routes import ROUTERS as PAGES
from service.pages.static_files import Static
from service.wiring import House

STOP_SECONDS = 20.0

log = structlog.get_logger("service")


def create_app(house: House, *, on_start: Callable[[], None] = lambda: None) -> FastAPI:
    """The service of one house. ``on_start`` is called once it is up."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = house.settings.threads
        stop = _start_workers(app, house)
        on_start()
        yield
        await anyio.to_thread.run_sync(stop)

    app = Described(
        title="OneSeal 一章通",
        description="Cases that carry township approvals from the 公章 to the 便民服务中心审核审批专用章.",
        version="1",
        lifespan=life,
        docs_url=None,  # the stock pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.house, app.state.workers = house, []
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(health)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", Static(directory=STATIC, check_dir=False))
    app.add_exception_handler(OneSealError, refusals.on_error)
    app.add_exception_handler(HTTPException, refusals.on_http)
    app.add_exception_handler(RequestValidationError, refusals.on_validation)
    app.add_exception_handler(Exception, _on_surprise)
    app.add_middleware(Guard, tell=refusals.on_error)
    return app


class Described(FastAPI):
    """The application whose OpenAPI document carries an example of everything."""

    def openapi(self) -> dict[str, Any]:
        return with_examples(super().openapi())


def _start_workers(app: FastAPI, house: House) -> Callable[[], None]:
    """Workers inside the service, and how to stop them: each finishes what it is doing."""
    names = [f"service-{n}" for n in range(house.settings.worker_threads)]
    for name in names:
        house.forget_leases(name)
    workers = [house.worker(name) for name in names]
    threads = [Thread(target=worker.run, name=f"worker-{n}", daemon=True) for n, worker in enumerate(workers)]
    app.state.workers = threads  # readiness looks whether they live
    for thread in threads:
        thread.start()

    def stop() -> None:
        for worker in workers:
            worker.stop()
        for thread in threads:
            thread.join(STOP_SECONDS)

    return stop


async def _on_surprise(request: Request, error: Exception) -> Response:
    """A defect of ours: the caller gets no inner story, the log gets all of it."""
    log.error("unexpected error", path=request.url.path, error=in_short(error), at=way_to(error))
    return await refusals.on_surprise(request)
