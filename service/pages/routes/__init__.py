"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import cases, notices, one_task, registers, sessions, starting, tasks

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router, tasks.router, one_task.router, starting.router, cases.router, registers.router, notices.router,
)  # fmt: skip
