"""Deployments, cases and all that a case waits for."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)  # fmt: skip

from service.store.tables.base import JsonText, Moment, metadata

bundle = Table(
    "bundle", metadata, Column("digest", String(64), primary_key=True), Column("created_at", Moment, nullable=False)
)

bundle_file = Table(
    "bundle_file",
    metadata,
    Column("digest", String(64), ForeignKey("bundle.digest"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("process_key", String(200), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("bundle_digest", String(64), ForeignKey("bundle.digest"), nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(64), nullable=False),
)

case_ = Table(
    "case_",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("business_key", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("process_key", String(200), nullable=False),
    Column("definition_version", Integer, nullable=False),
    Column("bundle_digest", String(64), ForeignKey("bundle.digest"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("stage", Text, nullable=False),
    Column("township_id", String(64), ForeignKey("organisation.id")),
    Column("department_id", String(64), ForeignKey("organisation.id")),
    Column("initiator_id", String(64), nullable=False),
    Column("parent_case_id", String(64), ForeignKey("case_.id")),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("version", Integer, nullable=False),
    Column("event_seq", Integer, nullable=False),
    Column("event_hash", String(64), nullable=False),
    Column("state_digest", String(64), nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("business_key"),
    Index(None, "process_key", "status"),
    Index(None, "township_id", "status"),
    Index(None, "parent_case_id"),
    Index(None, "initiator_id"),
)

case_access = Table(
    "case_access",
    metadata,
    Column("case_id", String(64), ForeignKey("case_.id"), primary_key=True),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), primary_key=True),
    Column("reason", String(32), nullable=False),
    Index(None, "organisation_id", "case_id"),
)

case_subject = Table(
    "case_subject",
    metadata,
    Column("case_id", String(64), ForeignKey("case_.id"), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("value", String(200), primary_key=True),
    Index(None, "kind", "value"),
)

task = Table(
    "task",
    metadata,
    Column("case_id", String(64), ForeignKey("case_.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(96), nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("form_key", String(200), nullable=False),
    Column("status", String(16), nullable=False),
    Column("assignee_id", String(64)),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("due_workdays", Integer),
    Column("due_organisation", String(64)),
    Column("provisional", Boolean, nullable=False, server_default=false()),
    Column("ended_at", Moment),
    Column("ended_by", String(64)),
    Column("version", Integer, nullable=False),
    Column("input", JsonText, nullable=False),
    Column("draft", JsonText),
    UniqueConstraint("id"),
    Index(None, "assignee_id", "status"),
    Index(None, "ended_by"),
    Index(None, "status", "due_at"),
)

task_candidate = Table(
    "task_candidate",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("post", String(64), primary_key=True),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), primary_key=True),
    ForeignKeyConstraint(["case_id", "number"], ["task.case_id", "task.number"]),
    Index(None, "post", "organisation_id"),
)

job = Table(
    "job",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_id", String(64), ForeignKey("case_.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("handler", String(100), nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("max_attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("lease_owner", String(200)),
    Column("lease_until", Moment),
    Column("last_error", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "status", "due_at"),
    Index(None, "case_id", "number"),
)

message_wait = Table(
    "message_wait",
    metadata,
    Column("case_id", String(64), ForeignKey("case_.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("element_id", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("key", String(400), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "kind", "name", "key"),
)

message_retained = Table(
    "message_retained",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("key", String(400), primary_key=True),
    Column("content", Text),
    Column("thrown_at", Moment),
)

incident = Table(
    "incident",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_id", String(64), ForeignKey("case_.id"), nullable=False),
    Column("job_id", String(64), ForeignKey("job.id")),
    Column("task_id", String(96)),
    Column("element_id", String(200), nullable=False),
    Column("handler", String(100), nullable=False),
    Column("message", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("kind", String(16), nullable=False, server_default=""),
    Column("cause_element", String(200), nullable=False, server_default=""),
    Column("expression", Text, nullable=False, server_default=""),
    Column("first_at", Moment),
    Column("last_at", Moment),
    Column("times", Integer, nullable=False, server_default="1"),
    Column("resolved_at", Moment),
    Column("resolved_by", String(64)),
    Index(None, "case_id", "status"),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
)

blob_chunk = Table(
    "blob_chunk",
    metadata,
    Column("sha256", String(64), ForeignKey("blob.sha256"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_id", String(64), ForeignKey("case_.id")),
    Column("task_id", String(96)),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("added_by", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Index(None, "case_id"),
)
