"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import definitions, diagrams, history, incidents, jobs, sessions, tasks

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router, tasks.router, definitions.router, diagrams.router, incidents.router, jobs.router,
    history.router,
)  # fmt: skip
