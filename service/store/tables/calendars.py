"""Calendars of the county and of organisations, rests of cases, and the register of deadlines."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from service.store.tables.base import JsonText, Moment, metadata

work_calendar = Table(
    "work_calendar",
    metadata,
    Column("id", String(64), primary_key=True),  # "county", or the organisation's id
    Column("organisation_id", String(64), ForeignKey("organisation.id")),
    Column("version", Integer, nullable=False),
    Column("mark", String(64), nullable=False),  # another one with every change, for caches
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(64), nullable=False),
)

work_day = Table(
    "work_day",
    metadata,
    Column("calendar_id", String(64), ForeignKey("work_calendar.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("notice_year", Integer),
    Column("since", Moment, nullable=False),
)

case_pause = Table(
    "case_pause",
    metadata,
    Column("case_id", String(64), ForeignKey("case_.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment),
)

deadline = Table(
    "deadline",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("document", Text, nullable=False),
    Column("document_date", Date, nullable=False),
    Column("subject", Text, nullable=False),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("helper_id", String(64), ForeignKey("organisation.id")),
    Column("strength", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("clauses", JsonText, nullable=False),
    Column("chosen", Integer),
    Column("chosen_reason", Text, nullable=False),
    Column("chosen_by", String(64)),
    Column("chosen_at", Moment),
    Column("done_on", Date),
    Column("done_note", Text, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "organisation_id"),
)
