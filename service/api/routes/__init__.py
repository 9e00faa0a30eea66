"""The routes, one file for each noun; all of them under /api/v1 except health."""

from fastapi import APIRouter

from service.api.routes import (
    accounts,
    calendars,
    cases,
    deadlines,
    definitions,
    demo,
    diagrams,
    dictionaries,
    files,
    history,
    imports,
    items,
    jobs,
    library,
    me,
    messages,
    readiness,
    registers,
    repair,
    sessions,
    tasks,
)  # fmt: skip

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router, me.router, accounts.router, cases.router, tasks.router, messages.router, files.router,
    definitions.router, jobs.router, registers.router, history.router, demo.router, calendars.router,
    deadlines.router, imports.router, items.router, library.router, dictionaries.router,
    diagrams.router, readiness.router, repair.router,
)  # fmt: skip
