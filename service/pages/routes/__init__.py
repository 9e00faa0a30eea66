"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import (
    account_power,
    accounts,
    calendars,
    cases,
    codebooks,
    deadlines,
    definitions,
    diagrams,
    history,
    imports,
    incidents,
    item_changes,
    items,
    jobs,
    library,
    me,
    notices,
    one_task,
    provider,
    readiness,
    registers,
    repair,
    sessions,
    starting,
    tasks,
)  # fmt: skip

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router, provider.router, me.router, tasks.router, imports.router, calendars.router, deadlines.router,
    one_task.router, starting.router, cases.router, registers.router, notices.router, definitions.router,
    diagrams.router, incidents.router, jobs.router, history.router, items.router, item_changes.router,
    library.router, codebooks.router, accounts.router, account_power.router, readiness.router,
    repair.router,
)  # fmt: skip
