"""Accounts

Administrators and officers become two kinds of person, and posts and roles refer to the kind: whoever has a role can hold no post.
Posts of administrators gave no right before and are taken away here.
"""

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _kinds()
    _accounts()
    _sessions()
    _new_tables()


def _kinds() -> None:
    with op.batch_alter_table(
        "person",
        table_args=(
            sa.CheckConstraint("kind IN ('officer', 'administrator')", name=op.f("ck_person_known_kind")),
            sa.CheckConstraint("kind = 'officer' OR NOT auditor", name=op.f("ck_person_administrator_audits_no_business")),
        ),
    ) as person:
        person.add_column(sa.Column("kind", sa.String(length=16), server_default="officer", nullable=False))
        person.create_unique_constraint(op.f("uq_person_id_kind"), ["id", "kind"])
    op.execute("DELETE FROM post_holding WHERE person_id IN (SELECT person_id FROM person_role)")
    op.execute(
        "UPDATE person SET kind = 'administrator', auditor = false WHERE id IN (SELECT person_id FROM person_role)"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_check_constraint(op.f("ck_person_known_kind"), "person", "kind IN ('officer', 'administrator')")
        op.create_check_constraint(
            op.f("ck_person_administrator_audits_no_business"), "person", "kind = 'officer' OR NOT auditor"
        )
    _of_kind("person_role", "administrator", "of_administrators")
    _of_kind("post_holding", "officer", "of_officers")


def _of_kind(table: str, kind: str, check: str) -> None:
    """SQLite copies the table with its checks and gets the new one while copying; PostgreSQL adds to it."""
    name = op.f(f"ck_{table}_{check}")
    told = sa.CheckConstraint(f"kind = '{kind}'", name=name)
    with op.batch_alter_table(table, table_args=(told,)) as changed:
        changed.add_column(sa.Column("kind", sa.String(length=16), server_default=kind, nullable=False))
        changed.create_foreign_key(op.f(f"fk_{table}_person_id_kind"), "person", ["person_id", "kind"], ["id", "kind"])
    if op.get_bind().dialect.name == "postgresql":
        op.create_check_constraint(name, table, f"kind = '{kind}'")


def _accounts() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("failures")
        account.drop_column("locked_until")
        account.add_column(sa.Column("password_set_at", MOMENT))
        account.add_column(sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))
        account.add_column(sa.Column("one_time_until", MOMENT))
        account.add_column(sa.Column("created_at", MOMENT))
        account.add_column(sa.Column("created_by", sa.String(length=64)))
        account.add_column(sa.Column("enabled_at", MOMENT))
        account.add_column(sa.Column("enabled_by", sa.String(length=64)))
        account.add_column(sa.Column("last_sign_in_at", MOMENT))
        account.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))


def _sessions() -> None:
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("id", sa.String(length=64)))
        session.add_column(sa.Column("seen_at", MOMENT))
        session.add_column(sa.Column("address", sa.Text(), server_default="", nullable=False))
        session.add_column(sa.Column("agent", sa.Text(), server_default="", nullable=False))
        session.add_column(sa.Column("method", sa.String(length=16), server_default="password", nullable=False))
        session.add_column(sa.Column("second_factor_due", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE session SET id = substr(token_hash, 1, 32), seen_at = created_at")
    with op.batch_alter_table("session") as session:
        session.alter_column("id", existing_type=sa.String(length=64), nullable=False)
        session.alter_column("seen_at", existing_type=MOMENT, nullable=False)
        session.create_unique_constraint(op.f("uq_session_id"), ["id"])
    with op.batch_alter_table("api_token") as token:
        token.add_column(sa.Column("last_used_at", MOMENT))


def _new_tables() -> None:
    op.create_table(
        "password_used",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_password_used_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_used")),
    )
    op.create_index(op.f("ix_password_used_person_id"), "password_used", ["person_id"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    for columns in (["login_hash", "at"], ["address", "at"], ["at"]):
        op.create_index(op.f(f"ix_sign_in_failure_{'_'.join(columns)}"), "sign_in_failure", columns)
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("person_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "oidc_attempt",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_oidc_attempt")),
    )
    op.create_index(op.f("ix_oidc_attempt_begun_at"), "oidc_attempt", ["begun_at"])
