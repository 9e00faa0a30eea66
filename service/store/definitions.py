"""Deployed versions and the exact files behind them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text

from service.domain.cases import CaseStatus, Definition
from service.store.rows import insert_new, plain
from service.store.session import Transaction
from service.store.tables import bundle, bundle_file, case_, definition

DEPLOY_LOCK = 20221013  # any number, the same in every process


def lock_deployments(tx: Transaction) -> None:
    """One deployment at a time: two administrators deploying the same diagram must not both make version 2."""
    if tx.dialect == "postgresql":
        tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": DEPLOY_LOCK})


def add_bundle(tx: Transaction, digest: str, files: Mapping[str, bytes], *, at: datetime) -> None:
    """Keep the files under their digest; keeping them again changes nothing."""
    if insert_new(tx, bundle, [{"digest": digest, "created_at": at}]):
        rows = [{"digest": digest, "name": name, "content": content} for name, content in files.items()]
        tx.connection.execute(insert(bundle_file), rows)


def bundle_files(tx: Transaction, digest: str) -> dict[str, bytes]:
    statement = select(bundle_file).where(bundle_file.c.digest == digest).order_by(bundle_file.c.name)
    return {row.name: bytes(row.content) for row in tx.connection.execute(statement)}


def add_definition(tx: Transaction, value: Definition) -> None:
    tx.connection.execute(insert(definition).values(**plain(value)))


def latest_definition(tx: Transaction, process_key: str) -> Definition | None:
    statement = select(definition).where(definition.c.process_key == process_key)
    row = tx.connection.execute(statement.order_by(definition.c.version.desc()).limit(1)).first()
    return _value(row) if row else None


def get_definition(tx: Transaction, process_key: str, *, version: int) -> Definition | None:
    statement = select(definition).where(definition.c.process_key == process_key, definition.c.version == version)
    row = tx.connection.execute(statement).first()
    return _value(row) if row else None


def list_definitions(tx: Transaction) -> list[Definition]:
    """Every version, newest of each process first."""
    statement = select(definition).order_by(definition.c.process_key, definition.c.version.desc())
    return [_value(row) for row in tx.connection.execute(statement)]


def running_cases(tx: Transaction) -> dict[tuple[str, int], int]:
    """(process, version) -> how many of its cases have not ended; versions without any are left out."""
    statement = (
        select(case_.c.process_key, case_.c.definition_version, func.count())
        .where(case_.c.status.in_([CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value]))
        .group_by(case_.c.process_key, case_.c.definition_version)
    )
    return {(row[0], row[1]): row[2] for row in tx.connection.execute(statement)}


def _value(row: Any) -> Definition:
    return Definition(**row._mapping)
