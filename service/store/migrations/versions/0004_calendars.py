"""Calendars"""

from datetime import UTC, date, datetime

from alembic import op
import sqlalchemy as sa


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create()
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_workdays", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_organisation", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("provisional", sa.Boolean(), nullable=False, server_default=sa.false()))
    last = _move_days()
    _mark_provisional(last)
    _remember_suspensions()
    op.drop_table("calendar_day")


def _create() -> None:
    op.create_table(
        "work_calendar",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_work_calendar_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_calendar")),
    )
    op.create_table(
        "work_day",
        sa.Column("calendar_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("notice_year", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["work_calendar.id"], name=op.f("fk_work_day_calendar_id")),
        sa.PrimaryKeyConstraint("calendar_id", "day", name=op.f("pk_work_day")),
    )
    op.create_table(
        "case_pause",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_pause_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_pause")),
    )
    op.create_table(
        "deadline",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("helper_id", sa.String(length=64), nullable=True),
        sa.Column("strength", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("chosen_reason", sa.Text(), nullable=False),
        sa.Column("chosen_by", sa.String(length=64), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_deadline_organisation_id")),
        sa.ForeignKeyConstraint(["helper_id"], ["organisation.id"], name=op.f("fk_deadline_helper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_organisation_id"), ["organisation_id"], unique=False)


def _move_days() -> date | None:
    """The county's known days into its calendar; answers the last one."""
    bind = op.get_bind()
    moment = datetime.now(UTC)
    old = sa.table(
        "calendar_day", sa.column("day", sa.Date), sa.column("working", sa.Boolean), sa.column("source", sa.Text)
    )
    rows = bind.execute(sa.select(old)).all()
    if not rows:
        return None
    when = sa.DateTime(timezone=True)
    calendar = sa.table(
        "work_calendar", sa.column("id", sa.String), sa.column("organisation_id", sa.String),
        sa.column("version", sa.Integer), sa.column("mark", sa.String), sa.column("changed_at", when),
        sa.column("changed_by", sa.String),
    )  # fmt: skip
    bind.execute(
        calendar.insert().values(
            id="county", organisation_id=None, version=1, mark="migrated", changed_at=moment, changed_by="system"
        )
    )
    work_day = sa.table(
        "work_day", sa.column("calendar_id", sa.String), sa.column("day", sa.Date), sa.column("kind", sa.String),
        sa.column("name", sa.Text), sa.column("source", sa.Text), sa.column("origin", sa.String),
        sa.column("notice_year", sa.Integer), sa.column("since", when),
    )  # fmt: skip
    bind.execute(
        work_day.insert(),
        [
            {
                "calendar_id": "county", "day": row.day, "kind": _kind(row.day, bool(row.working)), "name": "",
                "source": row.source, "origin": "seed", "notice_year": row.day.year, "since": moment,
            }
            for row in rows
        ],
    )  # fmt: skip
    return max(row.day for row in rows)


def _kind(day: date, working: bool) -> str:
    if working:
        return "working" if day.weekday() < 5 else "shifted"
    return "holiday" if day.weekday() < 5 else "rest"


def _mark_provisional(last: date | None) -> None:
    """Open tasks whose date lies behind the last known day were counted over days nobody had settled."""
    task = sa.table(
        "task", sa.column("status", sa.String), sa.column("due_at", sa.DateTime(timezone=True)),
        sa.column("provisional", sa.Boolean),
    )  # fmt: skip
    statement = task.update().where(task.c.status == "open", task.c.due_at.is_not(None))
    if last:
        statement = statement.where(task.c.due_at > datetime(last.year, last.month, last.day, 16, tzinfo=UTC))
    op.get_bind().execute(statement.values(provisional=sa.true()))


def _remember_suspensions() -> None:
    """Cases that rest at this moment rest since their last suspension."""
    op.execute(
        "INSERT INTO case_pause (case_id, number, from_at) "
        "SELECT c.id, 1, max(e.at) FROM case_ c JOIN event e ON e.case_id = c.id "
        "WHERE c.status = 'suspended' AND e.type = 'case.suspended' GROUP BY c.id"
    )
