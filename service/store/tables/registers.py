"""Items, forms, the ledger of authorisations, seals, verdicts, notices."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from service.store.tables.base import JsonText, Moment, metadata

item = Table(
    "item",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("department_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("status_reason", Text, nullable=False),
    Column("power_source", String(4), nullable=False),
    Column("agency", String(16), nullable=False),
    Column("result_kind", String(32), nullable=False),
    Column("seal_by_law", Boolean, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("current_seal", Text, nullable=False),
    Column("form_ids", JsonText, nullable=False),
    Column("catalog_code", String(50), nullable=False),
    Column("task_code", String(50), nullable=False),
    Column("entrusting_department", Text, nullable=False),
    Column("power_document", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("example", Boolean, nullable=False),
    Index(None, "department_id"),
)

form = Table(
    "form",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("owner_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("level", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("checked_until", Date),
    Column("example", Boolean, nullable=False),
)

seal = Table(
    "seal",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("diameter_mm", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("filing_number", Text, nullable=False),
    Column("filing_date", Date),
    Column("seal_code", String(13), nullable=False),
    Column("activated_on", Date),
    Column("keeper_a", String(64), nullable=False),
    Column("keeper_b", String(64), nullable=False),
    Column("specimen_sha256", String(64), nullable=False),
    Index(None, "organisation_id", "kind", "status"),
)

authorisation = Table(
    "authorisation",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("township_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("item_id", String(64), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("item_name", Text, nullable=False),
    Column("item_class", String(4), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("case_id", String(64), ForeignKey("case_.id"), nullable=False),
    Column("document_number", Text, nullable=False),
    Column("document_date", Date),
    Column("notice_number", Text, nullable=False),
    Column("filing_number", Text, nullable=False),
    Column("effective_at", Moment, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("seal_id", String(160), ForeignKey("seal.id")),
    Index(None, "township_id", "item_id"),
    Index(None, "case_id"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("department_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("subject_version", Integer, nullable=False),
    Column("conclusion", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("case_id", String(64), ForeignKey("case_.id"), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("valid_until", Date, nullable=False),
    Index(None, "kind", "department_id", "subject_id"),
)

notification = Table(
    "notification",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("organisation_id", String(64), ForeignKey("organisation.id")),
    Column("post", String(64), nullable=False),
    Column("person_id", String(64)),
    Column("case_id", String(64), ForeignKey("case_.id")),
    Column("task_id", String(96)),
    Column("text", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "organisation_id", "post"),
    Index(None, "person_id"),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("case_id", String(64), ForeignKey("case_.id"), nullable=False),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("document", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("receipted_at", Moment),
    Column("receipted_by", String(64)),
    Index(None, "case_id"),
)
