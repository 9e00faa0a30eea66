"""All tables in one metadata. SQL stays within SQLite 3.40 and PostgreSQL 15."""

from service.store.tables.accounts import (
    oidc_attempt,
    password_used,
    recovery_code,
    second_factor,
    sign_in_failure,
)  # fmt: skip
from service.store.tables.base import metadata
from service.store.tables.calendars import case_pause, deadline, work_calendar, work_day
from service.store.tables.cases import (
    attachment,
    blob,
    blob_chunk,
    bundle,
    bundle_file,
    case_,
    case_access,
    case_subject,
    definition,
    incident,
    job,
    message_retained,
    message_wait,
    task,
    task_candidate,
)  # fmt: skip
from service.store.tables.history import chain, event, event_payload, idempotency
from service.store.tables.imports import import_batch, import_line
from service.store.tables.library import dictionary_entry, item_mark, legal_basis, power_document, station
from service.store.tables.pages import notice_seen
from service.store.tables.people import (
    account,
    api_token,
    clock_setting,
    counter,
    organisation,
    person,
    person_role,
    post_holding,
    session,
)  # fmt: skip
from service.store.tables.registers import (
    authorisation,
    form,
    item,
    notification,
    receipt,
    seal,
    verdict,
)  # fmt: skip

__all__ = [
    "account", "api_token", "attachment", "authorisation", "blob", "blob_chunk", "bundle", "bundle_file", "case_",
    "case_access", "case_pause", "case_subject", "chain", "clock_setting", "counter", "deadline", "definition",
    "dictionary_entry", "event", "event_payload", "form", "idempotency", "import_batch", "import_line", "incident",
    "item", "item_mark", "job", "legal_basis", "message_retained", "message_wait", "metadata", "notice_seen",
    "notification", "oidc_attempt", "organisation", "password_used", "person", "person_role", "post_holding",
    "power_document", "receipt", "recovery_code", "seal", "second_factor", "session", "sign_in_failure", "station",
    "task", "task_candidate", "verdict", "work_calendar", "work_day",
]  # fmt: skip
