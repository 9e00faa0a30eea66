"""The routes of the pages, one file for each area. An area adds its router here, its entry in ``navigation.py``."""

from fastapi import APIRouter

from service.pages.routes import codebooks, item_changes, items, library, sessions, tasks

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router, tasks.router, items.router, item_changes.router, library.router, codebooks.router,
)  # fmt: skip
