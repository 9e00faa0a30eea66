"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import (
    calendars,
    deadlines,
    definitions,
    diagrams,
    history,
    imports,
    incidents,
    jobs,
    me,
    sessions,
    tasks,
)

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router,
    me.router,
    tasks.router,
    imports.router,
    calendars.router,
    deadlines.router,
    definitions.router,
    diagrams.router,
    incidents.router,
    jobs.router,
    history.router,
)
