"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import calendars, deadlines, imports, me, sessions, tasks

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router,
    me.router,
    tasks.router,
    imports.router,
    calendars.router,
    deadlines.router,
)
