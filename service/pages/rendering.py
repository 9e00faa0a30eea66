"""Jinja2 as the pages use it: every value escaped, an unknown name is an error, days and moments in Shanghai."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from service.domain.calendar import SHANGHAI, local_date
from service.domain.people import SYSTEM, Person
from service.domain.texts import say
from service.pages.layout import Layout
from service.pages.page import Page

HERE = Path(__file__).parent
STATIC = HERE / "static"
MANIFEST = STATIC / "dist" / "manifest.json"
SELF = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'"
ROUND = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
STRICT = f"{SELF}; style-src 'self'; {ROUND}"
# The diagram and the form set styles on what they draw; nothing else in the policy is wider for them.
WITH_ISLANDS = f"{SELF}; style-src 'self' 'unsafe-inline'; {ROUND}"
# With no-referrer a browser would send "Origin: null" with our own forms, and the door could not tell them from foreign ones.
REFERRER = "same-origin"
FICTIONAL = "（虚构）"


def render(page: Page, layout: Layout, /, **more: Any) -> HTMLResponse:
    """The page as a response. ``more`` overrides what every template may use: error, faults, typed."""
    values = {"error": "", "faults": {}, "typed": None, "layout": layout, **page.values, **more}
    text = environment().get_template(page.template).render(values)
    policy = WITH_ISLANDS if page.islands else STRICT
    headers = {"Content-Security-Policy": policy, "Referrer-Policy": REFERRER}
    return HTMLResponse(text, page.status, headers=headers)


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "day": day, "moment": moment, "bare_name": bare_name, "json": as_json, "pretty": pretty, "size": size,
    }  # fmt: skip
    made.globals |= {
        "say": say,
        "assets": assets,
        "is_built": is_built,
        "new_key": new_key,
        "address": address,
        "invented": invented,
    }
    return made


def day(value: date | datetime | None) -> str:
    """2026-11-24, in Shanghai; empty for nothing."""
    if value is None:
        return ""
    return (local_date(value) if isinstance(value, datetime) else value).isoformat()


def moment(value: datetime | None) -> str:
    """2026-11-24 17:28, in Shanghai; empty for nothing."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else ""


def invented(person: Any) -> bool:
    """Whether somebody is marked 虚构: by the demo's mark, or because the name itself says so, as in a county's own example."""
    if person is None or person == SYSTEM.person_id:
        return False
    name = person if isinstance(person, str) else getattr(person, "name", "")
    return bool(getattr(person, "fictional", False)) or str(name).endswith(FICTIONAL)


def bare_name(person: Person | str) -> str:
    """The name without （虚构）, which the mark beside it says."""
    return (person if isinstance(person, str) else person.name).removesuffix(FICTIONAL)


def size(value: int) -> str:
    """Bytes as people read them."""
    return f"{max(1, round(value / 1024))} KiB" if value < 1024 * 1024 else f"{value / 1024 / 1024:.1f} MiB"


def as_json(value: Any) -> str:
    """For a data attribute or an element that a script reads; autoescape does the rest."""
    return json.dumps(value, ensure_ascii=False, default=str)


def pretty(value: Any) -> str:
    """Over several lines, for people who read what was sealed."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def new_key() -> str:
    """A key for one showing of a form."""
    return secrets.token_urlsafe(18)


def address(path: str, /, **query: Any) -> str:
    """``path`` with the query's values that are not empty."""
    said = urlencode({k: v for k, v in query.items() if v not in (None, "", False)})
    return f"{path}?{said}" if said else path


def assets(part: str) -> Markup:
    """The tags of one built part of ``web/``: its style sheets and its script. Nothing when it is not built; ``is_built`` tells."""
    entry = manifest().get(f"{part}/main.js")
    if entry is None:
        return Markup()
    sheets = dict.fromkeys(entry.get("css", ()))
    for name in entry.get("imports", ()):
        sheets |= dict.fromkeys(manifest().get(name, {}).get("css", ()))
    tags = [Markup('<link rel="stylesheet" href="/static/dist/{}">').format(sheet) for sheet in sheets]
    tags.append(Markup('<script type="module" src="/static/dist/{}"></script>').format(entry["file"]))
    return Markup("\n").join(tags)


def is_built() -> bool:
    return bool(manifest())


def manifest() -> Mapping[str, Any]:
    """What Vite built, read again when it is built again; empty when it is not there."""
    try:
        return _manifest(MANIFEST.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@cache
def _manifest(_changed: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(MANIFEST.read_text())
    return found
